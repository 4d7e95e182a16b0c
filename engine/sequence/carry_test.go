package sequence_test

import (
	"testing"

	"holdfast/engine/intake"
	"holdfast/engine/sequence"
)

// What a telephone cannot say is not said by it.
func TestCarries(t *testing.T) {
	s := &sequence.Sequence{Subject: sequence.SubjectInvoice, Steps: []sequence.Rung{{ID: "remind"}, {ID: "warn"}, {ID: "hold", WarnedBy: "warn"}, {ID: "new", Attach: []string{"invoice"}}}}
	account := &sequence.Sequence{Subject: sequence.SubjectAccount, Steps: s.Steps}
	for _, c := range []struct {
		s       *sequence.Sequence
		step    int
		medium  string
		purpose sequence.Purpose
		carries bool
	}{
		{s, 0, sequence.MediumVoice, sequence.Dunning, true}, {s, 0, sequence.MediumVoice, sequence.Courtesy, true},
		{s, 3, sequence.MediumVoice, sequence.Dunning, true}, {s, 3, sequence.MediumVoice, sequence.Courtesy, false},
		{s, 1, sequence.MediumVoice, sequence.Dunning, false}, {s, 1, sequence.MediumSMS, sequence.Dunning, false}, {s, 0, sequence.MediumVoice, sequence.Response, false},
		{s, 0, sequence.MediumVoice, sequence.Legal, false}, {s, 0, sequence.MediumVoice, sequence.Statement, false},
		{account, 0, sequence.MediumVoice, sequence.Courtesy, false}, {account, 0, sequence.MediumVoice, sequence.Dunning, true},
		{s, 0, sequence.MediumSMS, sequence.Dunning, true}, {s, 0, sequence.MediumSMS, sequence.Response, true},
		{s, 0, sequence.MediumSMS, sequence.Legal, false}, {s, 0, sequence.MediumSMS, sequence.Statement, false},
		{s, 1, sequence.MediumEmail, sequence.Dunning, true}, {s, 0, sequence.MediumEmail, sequence.Legal, true},
		{s, 0, sequence.MediumLetter, sequence.Statement, true},
	} {
		if why := c.s.Carries(&c.s.Steps[c.step], c.medium, c.purpose); (why == "") != c.carries {
			t.Errorf("%s by %s, step %s: %q", c.purpose, c.medium, c.s.Steps[c.step].ID, why)
		}
	}
}

// A customer that wants to be called is called, by a machine that can dial the
// number, and is written to where a call would not do: before a hold above all.
func TestPreferredCallsCarryRemindersOnly(t *testing.T) {
	p := policy()
	p.Channels = map[string]string{"email": "file", "voice": "calls"}
	for number, by := range map[string]string{"+1 207 555 0142": "voice", "Reception": "email"} {
		c := caseOn("2026-09-01", invoice("old", "2026-03-01"))
		c.Accounts[0].Contacts[0].Phone = number
		c.Facts = []intake.Fact{{
			ID: 1, Kind: intake.Preference, Account: c.Accounts[0].Customer.Account, Code: intake.PrefersChannel, Value: "voice", On: c.Today,
		}}
		want := map[string]string{"past-due-1": by, "past-due-2": by, "past-due-3": by, "hold-warning": "email"}
		for template, medium := range mediaOf(book(t, p), c, 40) {
			if want[template] != "" && medium != want[template] {
				t.Errorf("%s: %s goes by %s, want %s", number, template, medium, want[template])
			}
			delete(want, template)
		}
		if len(want) > 0 {
			t.Errorf("%s: never sent: %v", number, want)
		}
	}
}

// mediaOf lives days and returns by which medium each template went.
func mediaOf(b *sequence.Book, c sequence.Case, days int) map[string]string {
	media := map[string]string{}
	for range days {
		d := b.Decide(c)
		var outcomes []sequence.Outcome
		for _, in := range d.Intents {
			if in.Kind == sequence.Message {
				media[in.Template] = in.Medium
			}
			outcomes = append(outcomes, sequence.Outcome{Intent: in, Done: !in.Approve, On: c.Today})
		}
		c = c.After(d, outcomes)
		c.Today++
	}
	return media
}
