package conform

import (
	"bytes"
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// schema is what the kit reads of a JSON Schema of settings.
type schema struct {
	Draft      string              `json:"$schema"`
	Type       string              `json:"type"`
	Additional *bool               `json:"additionalProperties"`
	Required   []string            `json:"required"`
	Properties map[string]property `json:"properties"`
}

// property is one setting.
type property struct {
	Type        any             `json:"type"` // a word or a list of words
	Enum        []any           `json:"enum"`
	Const       any             `json:"const"`
	Ref         string          `json:"$ref"`
	AnyOf       []any           `json:"anyOf"`
	OneOf       []any           `json:"oneOf"`
	Secret      bool            `json:"writeOnly"`
	Description string          `json:"description"`
	Default     json.RawMessage `json:"default"`
}

// compiled reads a schema as the host does: nothing is fetched.
func compiled(text []byte) (*jsonschema.Schema, error) {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		return nil, err
	}
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	c.UseLoader(jsonschema.SchemeURLLoader{})
	if err := c.AddResource("settings.json", doc); err != nil {
		return nil, err
	}
	return c.Compile("settings.json")
}

// secretName fits the names of settings that hold secrets.
var secretName = regexp.MustCompile(`(?i)(^|[_-])(password|passwd|passphrase|secret|token|api_?key|private_?key|auth_?key|signing_?key|credentials?)$`)

// names lists the settings in order.
func (s schema) names() []string {
	var list []string
	for name := range s.Properties {
		list = append(list, name)
	}
	slices.Sort(list)
	return list
}

// namesSecret reports whether a key is only the name of a secret that stands
// beside it: api_key beside api_secret.
func (s schema) namesSecret(name string) bool {
	before, ok := strings.CutSuffix(name, "key")
	return ok && s.Properties[before+"secret"].Secret
}

// typed reports whether a setting says what its values are.
func (p property) typed() bool {
	return p.Type != nil || len(p.Enum) > 0 || p.Const != nil || p.Ref != "" || len(p.AnyOf) > 0 || len(p.OneOf) > 0
}

// wrong returns a value that a setting cannot take, and whether there is one.
func (p property) wrong() (any, bool) {
	switch p.Type {
	case "string":
		return map[string]any{"no": "text"}, true
	case "integer", "number", "boolean", "array", "object":
		return "no such value", true
	case nil:
		return map[string]any{"no": "such value"}, len(p.Enum) > 0
	}
	return nil, false
}

// secrets returns the values of the settings that the schema marks as secret,
// if they are long enough to be found.
func (s schema) secrets(settings []byte) []string {
	const shortest = 5
	var given map[string]any
	if json.Unmarshal(settings, &given) != nil {
		return nil // such settings are refused; there is nothing to keep
	}
	var list []string
	for name, value := range given {
		if text, ok := value.(string); ok && s.Properties[name].Secret && len(text) >= shortest {
			list = append(list, text)
		}
	}
	return list
}

// with returns settings with one changed. Settings that are no object are left
// out.
func with(settings []byte, name string, value any) []byte {
	given := map[string]any{}
	if json.Unmarshal(settings, &given) != nil {
		given = map[string]any{}
	}
	given[name] = value
	text, err := json.Marshal(given)
	if err != nil {
		return []byte("{}")
	}
	return text
}
