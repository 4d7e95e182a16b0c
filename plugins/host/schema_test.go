package host

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"holdfast/engine/fault"
	"holdfast/engine/outbox"
)

const shop2020 = `{"$schema": "https://json-schema.org/draft/2020-12/schema",
	"type": "object", "additionalProperties": false, "required": ["host"],
	"properties": {
		"host":  {"type": "string", "description": "The provider's machine."},
		"port":  {"type": "integer", "minimum": 1, "maximum": 65535},
		"mode":  {"enum": ["fast", "slow"]},
		"kind":  {"const": "a"},
		"pins":  {"type": "array", "items": {"$ref": "#/$defs/pin"}},
		"login": {"type": "object", "required": ["user"], "properties": {"user": {"type": "string"}, "key": {"type": "string", "writeOnly": true}}},
		"who":   {"oneOf": [{"type": "string"}, {"type": "integer"}]}},
	"$defs": {"pin": {"type": "string", "writeOnly": true, "pattern": "^[0-9]+$"}}}`

func TestSettingsAgainstTheSchema(t *testing.T) {
	for settings, want := range map[string]string{
		`{"host": "a", "port": 25, "mode": "slow", "pins": ["1234"], "login": {"user": "u"}, "who": 1}`: ``,
		`{}`:                                     `host is missing; add host: The provider's machine.`,
		`{"host": 5}`:                            `host is a number, must be a text; write a text: The provider's machine.`,
		`{"host": "a", "hots": "b"}`:             `hots is not a setting of this channel; remove it or mend its name; known are host, kind, login, mode, pins, port, who`,
		`{"host": "a", "port": 0}`:               `port minimum: got 0, want 1; mend its value`,
		`{"host": "a", "port": 1.5}`:             `port is a number, must be a whole number; write a whole number`,
		`{"host": "a", "mode": "mid"}`:           `mode "mid" is not possible here; write one of "fast", "slow"`,
		`{"host": "a", "kind": "b"}`:             `kind "b" is not possible here; write "a"`,
		`{"host": "a", "login": {}}`:             `login.user is missing; add user`,
		`{"host": "a", "who": true}`:             `who fits none of the forms that it may have, or more than one; mend its value`,
		`{"host": "a", "pins": ["1", "s3cret"]}`: `pins[2] '[secret]' does not match pattern '^[0-9]+$'; mend its value`,
		`{"port": "x", "mode": 1}`: `host is missing; add host: The provider's machine. · mode 1 is not possible here; write one of "fast", "slow" · ` +
			`port is a text, must be a whole number; write a whole number`,
	} {
		schema, err := schemaOf("shop", []byte(shop2020))
		must(t, err)
		_, err = settled(Config{Name: "shop", Settings: []byte(settings)}, schema)
		var wrong *SettingsError
		if want == "" && err != nil || want != "" && (!errors.As(err, &wrong) || !fault.Is(err, fault.Invalid)) {
			t.Errorf("%s: %v", settings, err)
		}
		if got, _ := strings.CutPrefix(fmt.Sprint(err), "settings of channel shop: "); want != "" && got != want {
			t.Errorf("%s:\n%s\nwant\n%s", settings, got, want)
		}
	}
}

func TestSchemasThatAreWrong(t *testing.T) {
	there := filepath.Join(t.TempDir(), "there.json")
	must(t, os.WriteFile(there, []byte(`{"type": "object"}`), 0o600))
	for schema, says := range map[string]string{
		`{"type": "objekt"}`: "type",
		`{"type": `:          "EOF",
		`{"properties": 5}`:  "properties",
		`{"pattern": "(["}`:  "pattern",
		`{"$ref": "https://example.org/schema.json"}`:        "example.org",
		`{"$ref": "file://` + filepath.ToSlash(there) + `"}`: "there.json",
		`{"$ref": "other.json"}`:                             "other.json",
		`{"$ref": "#/$defs/none"}`:                           "none",
		`{"$schema": "https://example.org/own-schema"}`:      "own-schema",
	} {
		_, err := schemaOf("shop", []byte(schema))
		if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), says) || !strings.Contains(err.Error(), "tell its maker") {
			t.Errorf("%s: %v", schema, err)
		}
	}
	for _, none := range []string{"", " \n"} {
		if schema, err := schemaOf("shop", []byte(none)); schema != nil || err != nil {
			t.Errorf("%q: %v, %v", none, schema, err)
		}
	}
}

func TestSecretsBySchema(t *testing.T) {
	const circle = `{"properties": {"next": {"$ref": "#"}, "word": {"type": "string", "writeOnly": true}},
		"patternProperties": {"^x_": {"writeOnly": true}}, "additionalProperties": {"anyOf": [{"type": "string", "writeOnly": true}]}}`
	for _, c := range []struct {
		schema, settings string
		want             []string
		at               [][]string
	}{
		{shop2020, `{"host": "open", "pins": ["12345", "1"], "login": {"user": "u", "key": "hidden"}}`,
			[]string{"12345", "hidden"}, [][]string{{"login", "key"}, {"pins", "0"}, {"pins", "1"}}},
		{circle, `{"word": "one1", "next": {"word": "two2", "next": {"word": ""}}, "x_all": {"a": ["three", 44444, true]}, "rest": "four"}`,
			[]string{"44444", "four", "one1", "three", "two2"},
			[][]string{{"next", "word"}, {"rest"}, {"word"}, {"x_all", "a", "0"}, {"x_all", "a", "1"}}},
		{`{"allOf": [{"$ref": "#"}], "writeOnly": true}`, `{"a": "whole"}`, []string{"whole"}, [][]string{{"a"}}},
	} {
		schema, err := schemaOf("shop", []byte(c.schema))
		must(t, err)
		secrets, _ := settled(Config{Settings: []byte(c.settings)}, schema)
		if got := texts(secrets); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.settings, got, c.want)
		}
		if got := places(secrets); !reflect.DeepEqual(got, c.at) {
			t.Errorf("%s: at %v, want %v", c.settings, got, c.at)
		}
	}
}

// Settings that the schema refuses never reach the channel; right ones do, and
// what the schema calls a secret is shown nowhere.
func TestSchemaStandsBeforeConfigure(t *testing.T) {
	cfg := config(t, "strict")
	cfg.Settings = []byte(`{"host": "a", "prot": 25}`)
	_, err := Launch(t.Context(), cfg)
	var wrong *SettingsError
	if !errors.As(err, &wrong) || len(wrong.Problems) != 1 || wrong.Problems[0].Key != "prot" {
		t.Errorf("%v", err)
	}
	if _, err := os.Stat(filepath.Join(cfg.Dir, "configured")); !os.IsNotExist(err) {
		t.Errorf("the channel was configured: %v", err)
	}
	log := new(records)
	cfg.Settings, cfg.Logger = []byte(`{"host": "a", "pin": "p1n0f34"}`), slog.New(log)
	c := launch(t, cfg)
	send(t, c, "hello", outbox.Accepted)
	if !slices.Contains(c.Secrets(), "p1n0f34") || !slices.EqualFunc(c.SecretPlaces(), [][]string{{"pin"}}, slices.Equal) {
		t.Errorf("secrets %v at %v", c.Secrets(), c.SecretPlaces())
	}
	log.says(t, `"pin": "[secret]"`)
	must(t, c.Close())
	if text := log.text(); strings.Contains(text, "p1n0f34") {
		t.Errorf("log: %.300s", text)
	}
}

func TestChannelWithoutSchemaTakesAnything(t *testing.T) {
	cfg := config(t, "no-schema")
	cfg.Settings = []byte(`{"what": ["ever"]}`)
	send(t, launch(t, cfg), "hello", outbox.Accepted)
}

// Our own channels have schemas that this host takes.
func TestOurOwnSchemas(t *testing.T) {
	files, err := filepath.Glob("../*/schema.json")
	if err != nil || len(files) < 2 {
		t.Fatalf("%v, %v", files, err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		must(t, err)
		if schema, err := schemaOf(file, text); schema == nil || err != nil {
			t.Errorf("%s: %v", file, err)
		}
	}
}
