package config

import (
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"holdfast/engine/fault"
)

// Settings is what a channel is told: strings, whole numbers, fractions,
// booleans, lists and tables as TOML has them, secrets as Secret, and paths
// made absolute.
type Settings map[string]any

// Resolve returns the settings with every secret read, as plain Go values.
func (s Settings) Resolve() (map[string]any, error) {
	out := make(map[string]any, len(s))
	for key, v := range s {
		r, err := resolve(v)
		if err != nil {
			return nil, fault.Wrap("settings."+key, err)
		}
		out[key] = r
	}
	return out, nil
}

func resolve(v any) (any, error) {
	switch v := v.(type) {
	case Secret:
		return v.Resolve()
	case Settings:
		return v.Resolve()
	case []any:
		out := make([]any, len(v))
		for i := range v {
			r, err := resolve(v[i])
			if err != nil {
				return nil, err
			}
			out[i] = r
		}
		return out, nil
	}
	return v, nil
}

// isSecretKey reports whether a setting of this name holds a secret. The name of
// a file that holds one, and the address where one is fetched, are none.
func isSecretKey(key string) bool {
	k := strings.ToLower(key)
	if isPathKey(k) || strings.HasSuffix(k, "_url") {
		return false
	}
	return slices.ContainsFunc([]string{"password", "passwd", "secret", "token", "api_key", "private_key", "signing_key"},
		func(part string) bool { return strings.Contains(k, part) })
}

// isPathKey reports whether a setting of this name is a path, relative to the
// folder of the config.
func isPathKey(key string) bool {
	k := strings.ToLower(key)
	return k == "dir" || k == "file" || k == "path" ||
		strings.HasSuffix(k, "_dir") || strings.HasSuffix(k, "_file") || strings.HasSuffix(k, "_path")
}

// absolute returns path below dir; absolute and empty paths stay.
func absolute(dir, path string) string {
	if path == "" || filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(dir, path)
}

// Kept reports whether the value at a place is kept elsewhere, by env: or
// file:. The place is the keys that lead there; items of lists count from 0.
func (s Settings) Kept(place []string) bool {
	var v any = s
	for _, part := range place {
		switch at := v.(type) {
		case Settings:
			v = at[part]
		case []any:
			i, err := strconv.Atoi(part)
			if err != nil || i < 0 || i >= len(at) {
				return false
			}
			v = at[i]
		}
	}
	_, kept := v.(Secret)
	return kept
}
