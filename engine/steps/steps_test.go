package steps_test

import (
	"os"
	"slices"
	"testing"

	"holdfast/engine/sequence"
	"holdfast/engine/steps"
)

// TestEveryFolderIsAStep compares the list with the folders.
func TestEveryFolderIsAStep(t *testing.T) {
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	var folders, kinds []string
	for _, e := range entries {
		if e.IsDir() {
			folders = append(folders, e.Name())
		}
	}
	for _, s := range steps.All() {
		kinds = append(kinds, s.Kind())
	}
	slices.Sort(kinds)
	if !slices.Equal(folders, kinds) {
		t.Errorf("the folders are %v, the kinds %v", folders, kinds)
	}
}

// TestKeysThatAKindNeeds refuses steps with one of them left out.
func TestKeysThatAKindNeeds(t *testing.T) {
	cases := map[string]string{
		`do = "message"` + "\n" + `channel = ["email"]`:                                                   "template",
		`do = "message"` + "\n" + `template = "past-due-1"`:                                               "channel",
		`do = "message"` + "\n" + `template = "past-due-1"` + "\nchannel = [\"email\"]\nattach = [\"x\"]": "attach",
		`do = "call"` + "\n" + `to = "collector"`:                                                         "script",
		`do = "call"` + "\n" + `script = "call-past-due"`:                                                 "to",
		`do = "hold"` + "\n" + `warned_ago = "5bd"`:                                                       "warned_by",
		`do = "hold"` + "\n" + `warned_by = "a"`:                                                          "warned_ago",
		`do = "statement"` + "\n" + `channel = ["email"]`:                                                 "template",
		`do = "letter"`: "template",
		`do = "letter"` + "\ntemplate = \"a\"\nchannel = [\"email\"]": "channel",
		`do = "task"` + "\n" + `to = "collector"`:                     "text",
		`do = "task"` + "\n" + `text = "Look"`:                        "to",
		`do = "approve"` + "\n" + `to = "head"`:                       "text",
		`do = "approve"` + "\n" + `text = "May we?"`:                  "to",
		`do = "escalate"`: "to",
		`do = "visit"`:    "do",
	}
	const head = "name = \"x\"\nsubject = \"invoice\"\npurpose = \"dunning\"\nenter = 'document.days_past_due >= 1'\n" +
		"[[step]]\nid = \"a\"\nat = \"due\"\ndo = \"release\"\n[[step]]\nid = \"b\"\nat = \"due + 1d\"\n"
	for step, key := range cases {
		_, problems := sequence.Parse("x.toml", []byte(head+step+"\n"), steps.All())
		if len(problems) != 1 || problems[0].Key != "step[2]."+key || problems[0].Line == 0 || problems[0].Cure == "" {
			t.Errorf("%s\ngives %v, want one problem with %s, its line and a cure", step, problems, key)
		}
	}
}
