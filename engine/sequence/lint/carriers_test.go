package lint_test

import (
	"testing"

	"holdfast/engine/sequence"
	"holdfast/engine/sequence/lint"
)

// A way that cannot say what a step is about is found before anybody waits for
// the message.
func TestMuteMediaAreFound(t *testing.T) {
	by := func(channels string, keys ...string) string {
		text := "\n[[step]]\nid = \"first\"\nat = \"due + 3d\"\ndo = \"message\"\ntemplate = \"first\"\nchannel = [" + channels + "]\n"
		for _, key := range keys {
			text += key + "\n"
		}
		return text
	}
	hold := step("hold", "due + 30d", "hold", `warned_by = "first"`, `warned_ago = "5bd"`)
	for name, c := range map[string]struct{ steps, want string }{
		"a reminder by telephone":    {by(`"voice"`), ""},
		"a reminder by text":         {by(`"sms"`), ""},
		"as the customer prefers":    {by(`"preferred", "email"`, `purpose = "legal"`), ""},
		"a legal step by telephone":  {by(`"voice"`, `purpose = "legal"`), "no voice carries a message of purpose legal: step first never goes"},
		"a legal step by text":       {by(`"preferred", "sms"`, `purpose = "legal"`), "no sms carries a message of purpose legal: step first never goes"},
		"an answer by telephone":     {by(`"voice", "email"`, `purpose = "response"`), "warning a.toml:12: step[1].channel: no automatic call gives an answer: step first goes by another way"},
		"a warning by telephone":     {by(`"voice"`) + hold, "no voice warns of a hold: step first never goes"},
		"documents by telephone":     {by(`"voice"`, `purpose = "courtesy"`, `attach = ["invoice"]`), "an automatic call says nothing of what this message is about"},
		"a first word, by telephone": {by(`"voice"`, `purpose = "courtesy"`), ""},
	} {
		t.Run(name, func(t *testing.T) {
			s := seq(t, "a", "document.days_past_due >= 1", c.steps)
			expect(t, lint.Check(lint.Site{Sequences: []*sequence.Sequence{s}}), c.want)
		})
	}
}
