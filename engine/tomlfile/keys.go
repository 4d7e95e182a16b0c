package tomlfile

import (
	"reflect"
	"slices"
	"strings"
)

// knownKeys lists every toml key below a pointer to a struct, for suggestions.
func knownKeys(v any) []string {
	var keys []string
	collectKeys(reflect.TypeOf(v), &keys)
	slices.Sort(keys)
	return slices.Compact(keys)
}

func collectKeys(t reflect.Type, keys *[]string) {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice || t.Kind() == reflect.Map {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct {
		return
	}
	for i := range t.NumField() {
		name, _, _ := strings.Cut(t.Field(i).Tag.Get("toml"), ",")
		if name == "" || name == "-" {
			continue
		}
		*keys = append(*keys, name)
		collectKeys(t.Field(i).Type, keys)
	}
}
