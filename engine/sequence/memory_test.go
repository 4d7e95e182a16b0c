package sequence_test

import (
	"testing"

	"holdfast/engine/ar"
	"holdfast/engine/sequence"
	"holdfast/engine/steps"
)

// greeting gives one task an account, ever.
const greeting = `
name    = "greeting"
subject = "account"
rank    = 1
purpose = "response"
enter   = 'true'

[[step]]
id     = "hello"
at     = "entered"
do     = "task"
to     = "sales"
text   = "say hello"
within = "2bd"
`

// Nothing of a sequence may begin anew because it was forgotten that it ended:
// its occasions have happened.
func TestWhatMayReturnIsNotForgotten(t *testing.T) {
	s, problems := sequence.Parse("greeting.toml", []byte(greeting), steps.All())
	if err := problems.Err(); err != nil {
		t.Fatal(err)
	}
	b, problems := sequence.NewBook([]*sequence.Sequence{s}, nil, policy(), steps.All())
	if err := problems.Err(); err != nil {
		t.Fatal(err)
	}
	c := caseOn("2026-01-05", invoice("d1", "2026-01-01"))
	var days []ar.Day
	for n := range 400 {
		c.Today = ar.MustDay("2026-01-05") + ar.Day(n)
		d := b.Decide(c)
		var outcomes []sequence.Outcome
		for _, in := range d.Intents {
			days = append(days, c.Today)
			outcomes = append(outcomes, sequence.Outcome{Intent: in, Done: true, On: c.Today})
		}
		c = c.After(d, outcomes)
	}
	if len(days) != 1 {
		t.Errorf("the one task of the account was given on %v", days)
	}
}
