package lint_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"holdfast/engine/ar"
	"holdfast/engine/policy"
	"holdfast/engine/sequence"
	"holdfast/engine/sequence/lint"
)

// texting is a step that goes by text message.
func texting(id string, keys ...string) string {
	return strings.Replace(step(id, "due", "message", keys...), `channel = ["email"]`, `channel = ["sms", "email"]`, 1)
}

func TestTextMessagesHaveSomethingToSay(t *testing.T) {
	texts, err := lint.ReadTexts(fstest.MapFS{
		"a.en.txt": {}, "a.de.txt": {}, "own.en.txt": {}, "own.de.txt": {}, "short/own.en.txt": {}, "threat.en.txt": {}, "threat.de.txt": {},
		"short/threat.en.txt": {Data: []byte("Or our lawyer will write.")}, "short/threat.de.txt": {},
	}, nil, "shipped", "site")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ text, want string }{
		{texting("a"), ""},
		{step("own", "due", "message"), ""},
		{texting("own"), `short text "own" is not there in de: it goes out in English; write templates/short/own.de.txt`},
		{texting("threat"), `shipped/short/threat.en.txt:1: "lawyer": names the law, and no later step goes there`},
	} {
		s := seq(t, "x", "document.days_past_due >= 1", c.text)
		if got := say(lint.Check(lint.Site{Sequences: []*sequence.Sequence{s}, Texts: texts})); !strings.Contains(got, c.want) || c.want == "" && got != "" {
			t.Errorf("found  %s\nwanted %s", got, c.want)
		}
	}
}

// A text message carries less than a mail: what rules want of it beyond that is
// said.
func TestTextMessagesCarryLess(t *testing.T) {
	packs, problems := policy.Load(nil)
	if err := problems.Err(); err != nil {
		t.Fatal(err)
	}
	site := lint.Site{
		Sequences: []*sequence.Sequence{seq(t, "x", "document.days_past_due >= 1", texting("a"))},
		Texts:     new(lint.Texts), Provides: policy.TextIDs, Today: ar.MustDay("2026-11-21"),
		Companies: []lint.Company{{Key: "1", Media: []string{"sms", "email"}, Packs: packs, Relationship: "third_party", DebtorKind: "consumer", DebtKind: "consumer_credit"}},
	}
	if got := say(lint.Check(site)); !strings.Contains(got, "want the part opt_out in dunning messages by sms, and nothing provides it") {
		t.Error(got)
	}
	site.Short = policy.TextIDs
	if got := say(lint.Check(site)); strings.Contains(got, "nothing provides it") {
		t.Error(got)
	}
}
