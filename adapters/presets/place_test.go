package presets_test

import (
	"strings"
	"testing"

	"holdfast/adapters/presets"
	"holdfast/engine/fault"
)

func TestPlacesAreFilled(t *testing.T) {
	p := &presets.Preset{Name: "p", Places: map[string]presets.Place{
		"co": {Of: "company", Replace: `./\"'%[]`}, "app": {Default: "$guid"},
	}}
	for company, want := range map[string]string{"CRONUS UK Ltd.": "CRONUS UK Ltd_$guid", "A/B [x]": "A_B _x_$guid", "Müller & Söhne": "Müller & Söhne$guid"} {
		places, err := p.Fill(company, nil)
		if got, e := presets.Put("{{co}}{{app}}", places); err != nil || e != nil || got != want {
			t.Errorf("%q becomes %q, want %q: %v %v", company, got, want, err, e)
		}
	}
	places, err := p.Fill("", map[string]string{"app": ""})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := presets.Put("{{co}}", places); !fault.Is(err, fault.Invalid) {
		t.Errorf("a place of the company before there is one: %v", err)
	}
	for _, text := range []string{`x]; DROP TABLE t`, `a"b`, "a'b", "a;b", "a--b", "a/*b", "a\nb", "a`b", `a\b`, "a[b"} {
		if _, err := p.Fill("1", map[string]string{"app": text}); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q was taken: %v", text, err)
		}
	}
	if _, err := p.Fill("1", map[string]string{"nosuch": "x"}); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "app, co") {
		t.Errorf("an unknown place: %v", err)
	}
	p.Places["currency"] = presets.Place{Needed: true, Doc: "the currency"}
	if _, err := p.Fill("1", nil); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "the currency") {
		t.Errorf("a place that must be said: %v", err)
	}
}

// What a preset.toml says of marks and places is checked where it is loaded.
func TestMarksAndPlacesAreChecked(t *testing.T) {
	generic := read(t, "generic/preset.toml")
	for words, more := range map[string]string{
		`kind is "sundial"`:                "[mark.documents]\nkind = \"sundial\"\n",
		`overlap is "soon"`:                "[mark.all]\noverlap = \"soon\"\n",
		"--? since_no":                     "[mark.documents]\nkind = \"xmin\"\n",
		"there is no gone.sql":             "[mark.gone]\nkind = \"xmin\"\n",
		`place.x: of is "moon"`:            "[place.x]\nof = \"moon\"\n",
		"the place {{y}} is not explained": "session_marker",
	} {
		text := generic + more
		if more == "session_marker" {
			text = strings.Replace(generic, "\n[hold]", "\nsession = [\"SET x = {{y}}\"]\n[hold]", 1)
		}
		_, err := presets.Load("generic", override(t, map[string]string{"preset.toml": text}))
		if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), words) {
			t.Errorf("%v, want %q", err, words)
		}
	}
}
