package cli

import (
	"testing"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/intake"
	"holdfast/engine/store"
)

// A task with a script is a call, which the contact rules count; any other task
// is none, and neither is a question.
func TestAnsweredCallsCount(t *testing.T) {
	anna := intake.Teller{By: "anna", On: ar.MustDay("2026-10-30"), At: time.Date(2026, 10, 30, 9, 0, 0, 0, time.UTC)}
	for name, c := range map[string]struct {
		task    store.Task
		code    string
		channel string
	}{
		"a call":     {store.Task{Key: "k", Script: "call-past-due"}, intake.Promised, intake.LiveVoice},
		"a task":     {store.Task{Key: "k"}, intake.Done, ""},
		"a question": {store.Task{Key: "k", Script: "call-credit-review", Yes: true, Outcomes: []string{"yes", "no"}}, intake.Yes, ""},
	} {
		f, err := answered(anna, &c.task, outcomesOf(&c.task), c.code, "+1 207 555 0142", "said so")
		if err != nil || f.Channel != c.channel || f.Code != c.code || f.Task != "k" || (f.Address != "") != (c.channel != "") {
			t.Errorf("%s: %+v, %v", name, f, err)
		}
	}
}
