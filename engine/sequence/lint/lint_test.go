package lint_test

import (
	"testing"

	"holdfast/engine/message"
	"holdfast/engine/sequence"
	"holdfast/engine/sequence/lint"
	"holdfast/engine/steps"
)

// shipped is the library and its templates, with a company that carries mail.
func shipped(t *testing.T) lint.Site {
	t.Helper()
	all, problems := sequence.Load(sequence.Library(), "library", steps.All())
	if err := problems.Err(); err != nil {
		t.Fatal(err)
	}
	texts, err := lint.ReadTexts(message.Defaults(), nil, "templates", "")
	if err != nil {
		t.Fatal(err)
	}
	return lint.Site{Sequences: all, Texts: texts, Companies: []lint.Company{{Key: "1", Media: []string{"email"}}}}
}

func TestTheShippedLibraryHasNothingWrong(t *testing.T) {
	for _, f := range lint.Check(shipped(t)) {
		t.Errorf("%v (warning %v)", f.Problem, f.Warning)
	}
}
