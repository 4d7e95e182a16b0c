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
// found at once. Nothing outside the file is asked, no secret is read.
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

// line returns the line of a key, or that of the nearest table around it.
func line(f *tomlfile.File, key string) int {
	for key != "" {
		if n := f.Line(key); n > 0 {
			return n
		}
		key = key[:max(0, strings.LastIndexAny(key, ".["))]
	}
	return 0
}
