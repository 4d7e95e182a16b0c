package tomlfile_test

import (
	"strings"
	"testing"

	"holdfast/engine/tomlfile"
)

type sample struct {
	Name string `toml:"name"`
	Step []struct {
		ID string `toml:"id"`
		At string `toml:"at"`
	} `toml:"step"`
}

func TestReadNamesLineKeyAndCure(t *testing.T) {
	cases := []struct{ name, text, want string }{
		{"unknown key", "name = \"a\"\n\n[[step]]\nid = \"x\"\natt = \"due\"\n", `f.toml:5: step.att: unknown key; did you mean "at"?`},
		{"wrong type", "name = 5\n", "f.toml:1: name: an integer stands where a text belongs; write a text in quotes"},
		{"no list", "step = \"x\"\n", "f.toml:1: step: a string stands where a list of tables belongs"},
		{"no TOML", "name = \n", "f.toml:1:"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var v sample
			err := tomlfile.Read("f.toml", []byte(c.text), &v).Problems.Err()
			if err == nil || !strings.HasPrefix(err.Error(), c.want) {
				t.Errorf("got %v\nwant it to begin with %s", err, c.want)
			}
		})
	}
}

func TestLineFindsKeysInArraysOfTables(t *testing.T) {
	var v sample
	f := tomlfile.Read("f.toml", []byte("name = \"a\"\n[[step]]\nid = \"x\"\n[[step]]\nid = \"y\"\nat = \"due\"\n"), &v)
	for key, want := range map[string]int{"name": 1, "step[1].id": 3, "step[2].at": 6, "step[2].missing": 4} {
		if got := f.Line(key); got != want {
			t.Errorf("line of %s is %d, want %d", key, got, want)
		}
	}
}

func TestLineFindsKeysInInlineTables(t *testing.T) {
	var v sample
	f := tomlfile.Read("f.toml", []byte("name = \"a\"\nstep = [\n  { id = \"x\" },\n\n  { id = \"y\",\n    at = \"due\" },\n]\n"), &v)
	for key, want := range map[string]int{"step": 2, "step[1].id": 3, "step[2]": 5, "step[2].at": 6, "step[2].missing": 5} {
		if got := f.Line(key); got != want {
			t.Errorf("line of %s is %d, want %d", key, got, want)
		}
	}
}
