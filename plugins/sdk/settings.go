package sdk

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
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
			Key: wrong.Field, Text: fmt.Sprintf("is a %s, must be a %s", wrong.Value, wrong.Type),
			Cure: "write a value of that type",
		}}
	}
	if _, key, found := strings.Cut(err.Error(), "unknown field "); found {
		return []Problem{{Key: strings.Trim(key, `"`), Text: "is not a setting of this channel", Cure: "remove it or mend its name"}}
	}
	return []Problem{{Text: "the settings are no JSON object: " + err.Error(), Cure: "pass one JSON object"}}
}
