package casefile

import (
	"fmt"
	"reflect"
	"strings"

	"holdfast/engine/ar"
)

// day is a day as a case writes it, with quotes or without. What is no day is
// kept, so that the parser can say where it stands.
type day struct {
	ar.Day
	wrong string
}

// UnmarshalTOML reads a day as it is written.
func (d *day) UnmarshalTOML(data []byte) error {
	text := strings.TrimSpace(string(data))
	var err error
	if d.Day, err = ar.ParseDay(strings.Trim(text, `"'`)); err != nil || d.Day == 0 {
		d.wrong = text
	}
	return nil
}

// wrongDays notes every value below v that should be a day and is none.
func (p *parser) wrongDays(v reflect.Value, key string) {
	switch v.Kind() {
	case reflect.Slice:
		for i := range v.Len() {
			p.wrongDays(v.Index(i), fmt.Sprintf("%s[%d]", key, i+1))
		}
	case reflect.Struct:
		if d, ok := v.Interface().(day); ok {
			if d.wrong != "" {
				p.Add(key, fmt.Sprintf("%s is not a day", d.wrong), "write it as 2026-03-02")
			}
			return
		}
		for i := range v.NumField() {
			name := v.Type().Field(i).Tag.Get("toml")
			if key != "" {
				name = key + "." + name
			}
			if v.Type().Field(i).IsExported() {
				p.wrongDays(v.Field(i), name)
			}
		}
	}
}
