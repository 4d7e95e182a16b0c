package sdk

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
)

// Decode reads settings into the struct that into points to. Unknown keys and
// values of the wrong type come back as problems. Set defaults before.
func Decode(settings []byte, into any) []Problem {
	if len(bytes.TrimSpace(settings)) == 0 {
		return nil
	}
	d := json.NewDecoder(bytes.NewReader(settings))
	d.DisallowUnknownFields()
	err := d.Decode(into)
	var wrong *json.UnmarshalTypeError
	switch {
	case err == nil && d.Decode(new(any)) != io.EOF:
		return []Problem{{Text: "the settings are followed by something else", Cure: "pass one JSON object"}}
	case err == nil:
		return nil
	case errors.As(err, &wrong):
		return []Problem{{
			Key: keyIn(into, wrong.Field), Text: fmt.Sprintf("is a %s, must be a %s", wrong.Value, wrong.Type),
			Cure: "write a value of that type",
		}}
	}
	if _, key, found := strings.Cut(err.Error(), "unknown field "); found {
		return []Problem{{Key: strings.Trim(key, `"`), Text: "is not a setting of this channel", Cure: "remove it or mend its name"}}
	}
	return []Problem{{Text: "the settings are no JSON object: " + err.Error(), Cure: "pass one JSON object"}}
}

// keyIn turns the path of a field into the key of a setting: encoding/json names
// embedded structs in it, which the settings do not know.
func keyIn(into any, path string) string {
	for t := reflect.TypeOf(into); ; {
		for t.Kind() == reflect.Pointer {
			t = t.Elem()
		}
		first, rest, more := strings.Cut(path, ".")
		if !more || t.Kind() != reflect.Struct {
			return path
		}
		field, ok := t.FieldByName(first)
		if !ok || !field.Anonymous {
			return path
		}
		t, path = field.Type, rest
	}
}
