package host

import (
	"bytes"
	"encoding/json"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"holdfast/engine/fault"
)

// maxSchema bounds a schema: one that is larger describes no settings.
const maxSchema = 1 << 20

// schemaPlace is what a schema is called while it is read; nothing is there.
const schemaPlace = "settings.json"

// schemaOf reads the JSON Schema of a channel's settings; nil where the channel
// has none. Whatever it refers to must stand in it: nothing is fetched.
func schemaOf(name string, text []byte) (*jsonschema.Schema, error) {
	if len(bytes.TrimSpace(text)) == 0 {
		return nil, nil
	}
	wrong := func(err error) error {
		return fault.New(fault.Invalid, "channel %s: the schema of its settings is wrong: %s", name, tidy(err.Error(), nil)).
			WithCure("this is a fault of the channel: tell its maker, or go back to an earlier build")
	}
	if len(text) > maxSchema {
		return nil, wrong(fault.New(fault.Invalid, "it has %d bytes", len(text)))
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		return nil, wrong(err)
	}
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	c.UseLoader(jsonschema.SchemeURLLoader{})
	if err := c.AddResource(schemaPlace, doc); err != nil {
		return nil, wrong(err)
	}
	schema, err := c.Compile(schemaPlace)
	if err != nil {
		return nil, wrong(err)
	}
	return schema, nil
}

// settled checks settings by a channel's own schema, which may be nil, and
// returns the values in them that the schema marks as secrets. What is wrong is
// a *SettingsError inside a fault.Invalid.
func settled(cfg Config, schema *jsonschema.Schema) (secrets []secret, err error) {
	if schema == nil {
		return nil, nil
	}
	settings, err := jsonschema.UnmarshalJSON(bytes.NewReader(cfg.Settings))
	if err != nil {
		return nil, fault.New(fault.Invalid, "channel %s: its settings are no JSON: %w", cfg.Name, err)
	}
	secrets = secretsIn(schema, settings)
	problems := problemsOf(schema, schema.Validate(settings))
	if len(problems) == 0 {
		return secrets, nil
	}
	hidden := append(texts(secrets), cfg.Secrets...)
	list := &SettingsError{Channel: cfg.Name}
	for _, p := range problems {
		list.Problems = append(list.Problems, Problem{Key: tidy(p.Key, hidden), Text: tidy(p.Text, hidden), Cure: tidy(p.Cure, hidden)})
	}
	return secrets, fault.New(fault.Invalid, "%w", list)
}

// quoted writes a value of the settings as JSON does.
func quoted(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return "a value that cannot be shown"
	}
	return string(b)
}
