package config

import (
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"holdfast/engine/fault"
)

// hidden stands where a secret would be printed.
const hidden = "•••"

// Secret is a value that is never printed: it names an environment variable
// (env:NAME) or a file (file:PATH) and is read only when Resolve is called. A
// connection without a password may also stand as it is. The zero Secret is
// not set.
type Secret struct {
	text string
	dir  string // of the config file, for file:
}

// PlainSecret returns a Secret that resolves to value itself, for programs
// that make their own config.
func PlainSecret(value string) Secret { return Secret{text: value} }

// IsZero reports whether nothing was set.
func (s Secret) IsZero() bool { return s.text == "" }

// IsRef reports whether the secret is kept elsewhere, by env: or file:.
func (s Secret) IsRef() bool { return isRef(s.text) }

func isRef(text string) bool {
	return strings.HasPrefix(text, "env:") || strings.HasPrefix(text, "file:")
}

// UnmarshalText keeps the text; nothing is read yet.
func (s *Secret) UnmarshalText(text []byte) error {
	s.text = string(text)
	return nil
}

// Resolve reads the value. A variable that is not set, a file that cannot be
// read and an empty value are errors; a not-set Secret gives the empty string.
// One line end at the end of a file is not part of its value.
func (s Secret) Resolve() (string, error) {
	if name, ok := strings.CutPrefix(s.text, "env:"); ok {
		v := os.Getenv(name)
		if v == "" {
			return "", fault.New(fault.Invalid, "the environment variable %s is not set", name).
				WithCure("set %s for the user who runs holdfast", name)
		}
		return v, nil
	}
	path, ok := strings.CutPrefix(s.text, "file:")
	if !ok {
		return s.text, nil
	}
	if !filepath.IsAbs(path) {
		path = filepath.Join(s.dir, path)
	}
	return readSecret(path)
}

func readSecret(path string) (string, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return "", fault.New(fault.Invalid, "the secret's file cannot be read: %w", err).
			WithCure("write the value into %s and let only the user who runs holdfast read it", path)
	}
	v := strings.TrimSuffix(strings.TrimSuffix(string(b), "\n"), "\r")
	if v == "" {
		return "", fault.New(fault.Invalid, "the secret's file %s is empty", path).WithCure("write the value into it")
	}
	return v, nil
}

// String writes where the secret is kept, never what it is.
func (s Secret) String() string {
	if s.text == "" || s.IsRef() {
		return s.text
	}
	return hidden
}

// GoString writes the same as String.
func (s Secret) GoString() string { return fmt.Sprintf("config.Secret(%q)", s.String()) }

// Format keeps every verb of fmt from the value.
func (s Secret) Format(f fmt.State, verb rune) {
	if verb == 'v' && f.Flag('#') {
		fmt.Fprint(f, s.GoString())
		return
	}
	fmt.Fprint(f, s.String())
}

// MarshalText writes the same as String.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// LogValue logs the same as String.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }
