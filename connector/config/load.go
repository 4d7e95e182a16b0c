package config

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"

	"holdfast/engine/fault"
	"holdfast/engine/tomlfile"
)

// Load reads and checks the config at path. The error is of kind
// fault.Invalid and holds Problems where the content is wrong; all of them are
// found at once. No database is asked and no secret is read.
func Load(path string) (*Config, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, fault.New(fault.Invalid, "%s: %w", path, err)
	}
	data, err := os.ReadFile(abs)
	if errors.Is(err, os.ErrNotExist) {
		return nil, fault.New(fault.NotFound, "there is no config at %s", path).
			WithCure(`run "holdfast init" to write one, or name yours with --config`)
	}
	if err != nil {
		return nil, fault.New(fault.Denied, "the config cannot be read: %w", err).
			WithCure("let the user who runs holdfast read it")
	}
	return parse(abs, path, data)
}

// parse makes a Config of data; shown is how the file is called in problems.
func parse(abs, shown string, data []byte) (*Config, error) {
	data = []byte(strings.TrimPrefix(string(data), "\ufeff"))
	var tree map[string]any
	file := tomlfile.Read(shown, data, &tree)
	c := &Config{Path: abs, Dir: filepath.Dir(abs), file: file}
	for i := range file.Problems {
		explain(&file.Problems[i], data)
	}
	if len(file.Problems) == 0 {
		b := binder{file: file, dir: c.Dir}
		b.table(reflect.ValueOf(c).Elem(), tree, "")
		v := validator{Config: c, bound: &b}
		v.all()
	}
	if err := file.Problems.Err(); err != nil {
		return nil, &fault.Error{Kind: fault.Invalid, Err: err}
	}
	return c, nil
}

// ProblemsOf returns what Load found wrong, nil where err is of another sort.
func ProblemsOf(err error) Problems {
	var ps Problems
	errors.As(err, &ps)
	return ps
}

// Find returns the config to use: flag where it is given, else ./config.toml,
// else the system's place.
func Find(flag string) (string, error) {
	if flag != "" {
		return flag, nil
	}
	for _, path := range []string{"config.toml", SystemPath()} {
		if _, err := os.Stat(path); err == nil {
			return path, nil
		}
	}
	return "", fault.New(fault.NotFound, "there is no config, neither ./config.toml nor %s", SystemPath()).
		WithCure(`run "holdfast init" to write one, or name yours with --config`)
}

// SystemPath is where a service's config lies on this system.
func SystemPath() string {
	if runtime.GOOS == "windows" {
		return filepath.Join(os.Getenv("ProgramData"), "Holdfast", "config.toml")
	}
	return "/etc/holdfast/config.toml"
}

// line returns the line of a key, or that of the nearest table around it: what
// is nearer stands further down.
func line(f *tomlfile.File, key string) int {
	n := 0
	for key != "" {
		n = max(n, f.Line(key))
		key = key[:max(0, strings.LastIndexAny(key, ".["))]
	}
	return n
}

// explain names the key of a line that is no TOML, and the usual cures. The
// value is left out: it may be a secret.
func explain(p *Problem, data []byte) {
	lines := strings.Split(string(data), "\n")
	if p.Line == 0 || p.Line > len(lines) {
		return
	}
	if key, _, ok := strings.Cut(lines[p.Line-1], "="); ok && p.Key == "" {
		p.Key = strings.TrimSpace(key)
	}
	if !strings.Contains(p.What, "already defined") {
		p.Cure = `write text "in quotes", a Windows path 'in single quotes', a list in [ ], numbers as they are`
	} else {
		p.Cure = "leave one of the two"
	}
}
