package intake_test

import (
	"testing"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/intake"
)

type telling = func(a *intake.Account) (intake.Fact, error)

// What is taken becomes a fact of the account with just these fields.
func TestTell(t *testing.T) {
	a1 := intake.Covered{Document: "a", Number: "INV-1", Currency: "USD", Open: 10000}
	tests := []struct {
		name string
		tell telling
		want intake.Fact
	}{
		{"pause", func(a *intake.Account) (intake.Fact, error) { return a.Pause(kim, nil, today+366, " flood ") },
			intake.Fact{Kind: intake.Pause, Day: today + 366, Code: "flood"}},
		{"pause of one", func(a *intake.Account) (intake.Fact, error) { return a.Pause(kim, []string{"INV-1"}, today, "flood") },
			intake.Fact{Kind: intake.Pause, Day: today, Code: "flood", Documents: []intake.Covered{a1}}},
		{"note", func(a *intake.Account) (intake.Fact, error) { return a.Note(kim, "nice people", []string{"a"}) },
			intake.Fact{Kind: intake.Note, Text: "nice people", Documents: []intake.Covered{a1}}},
		{"reply", func(a *intake.Account) (intake.Fact, error) { return a.Reply(kim, "will look", nil) }, intake.Fact{Kind: intake.Reply, Text: "will look"}},
		{"event", func(a *intake.Account) (intake.Fact, error) { return a.Event(kim, "Copy_Requested", "", nil) },
			intake.Fact{Kind: intake.Event, Code: intake.CopyRequested}},
		{"call", func(a *intake.Account) (intake.Fact, error) { return a.Called(kim, "reached", "+1 212 ", "friendly") },
			intake.Fact{Kind: intake.Outcome, Code: "reached", Channel: intake.LiveVoice, Address: "+1 212", Text: "friendly"}},
		{"accepted", func(a *intake.Account) (intake.Fact, error) { return a.Accepted(kim, []string{"INV-1"}) },
			intake.Fact{Kind: intake.Accepted, Documents: []intake.Covered{a1}}},
		{"returned", func(a *intake.Account) (intake.Fact, error) { return a.Returned(kim, nil) }, intake.Fact{Kind: intake.Returned}},
		{"end", func(a *intake.Account) (intake.Fact, error) { return a.End(kim, 15, "answered", "rang") },
			intake.Fact{Kind: intake.End, Ref: 15, Code: intake.Answered, Text: "rang"}},
		{"consent", func(a *intake.Account) (intake.Fact, error) { return a.Consent(kim, "SMS", "+1 212", true) },
			intake.Fact{Kind: intake.Consent, Channel: "sms", Address: "+1 212", Value: intake.Given}},
		{"consent taken back", func(a *intake.Account) (intake.Fact, error) { return a.Consent(kim, "", "", false) },
			intake.Fact{Kind: intake.Consent, Value: intake.Revoked}},
		{"do not contact", func(a *intake.Account) (intake.Fact, error) { return a.DoNotContact(kim, "", " AP@Acme.example") },
			intake.Fact{Kind: intake.DoNotContact, Address: "ap@acme.example"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.want.Account, tt.want.By, tt.want.On, tt.want.At = acme, "kim", today, noon
			want(t, "fact", must(t)(tt.tell(account())), tt.want)
		})
	}
}

func TestTellRefused(t *testing.T) {
	none := []string{"nix"}
	checkRefusals(t, []refusal{
		{"pause without end", func(a *intake.Account) (intake.Fact, error) { return a.Pause(kim, nil, 0, "flood") }, fault.Invalid, "there is no last day of the pause"},
		{"pause in the past", func(a *intake.Account) (intake.Fact, error) { return a.Pause(kim, nil, today-1, "flood") }, fault.Invalid, "in the past"},
		{"pause too long", func(a *intake.Account) (intake.Fact, error) { return a.Pause(kim, nil, today+367, "flood") }, fault.Invalid, "367 days"},
		{"pause without reason", func(a *intake.Account) (intake.Fact, error) { return a.Pause(kim, nil, today, " ") }, fault.Invalid, "reason of the pause is empty"},
		{"pause of unknown", func(a *intake.Account) (intake.Fact, error) { return a.Pause(kim, none, today, "x") }, fault.NotFound, "nix"},
		{"empty note", func(a *intake.Account) (intake.Fact, error) { return a.Note(kim, "", nil) }, fault.Invalid, "text of the note is empty"},
		{"empty reply", func(a *intake.Account) (intake.Fact, error) { return a.Reply(kim, "", nil) }, fault.Invalid, "text of the reply is empty"},
		{"event without code", func(a *intake.Account) (intake.Fact, error) { return a.Event(kim, "", "x", nil) }, fault.Invalid, "no code of an event"},
		{"event in words", func(a *intake.Account) (intake.Fact, error) { return a.Event(kim, "they rang", "x", nil) }, fault.Invalid, "write it as copy_requested"},
		{"unknown outcome", func(a *intake.Account) (intake.Fact, error) { return a.Called(kim, "fine", "", "") }, fault.Invalid, "choose from: reached, no_answer"},
		{"accepted nothing", func(a *intake.Account) (intake.Fact, error) { return a.Accepted(kim, nil) }, fault.Invalid, "no document is named"},
		{"returned unknown", func(a *intake.Account) (intake.Fact, error) { return a.Returned(kim, none) }, fault.NotFound, "nix"},
		{"end of nothing", func(a *intake.Account) (intake.Fact, error) { return a.End(kim, 99, "withdrawn", "") }, fault.NotFound,
			"has no standing fact 99; what stands: 11 (promise of 2026-11-18), 12 (plan"},
		{"promise rejected", func(a *intake.Account) (intake.Fact, error) { return a.End(kim, 11, "rejected", "") }, fault.Invalid, `"rejected" is no end of a promise; choose from: withdrawn`},
		{"dispute answered", func(a *intake.Account) (intake.Fact, error) { return a.End(kim, 13, "answered", "") }, fault.Invalid, "withdrawn, rejected, granted"},
		{"unknown channel", func(a *intake.Account) (intake.Fact, error) { return a.Consent(kim, "fax", "", true) }, fault.Invalid, "email, sms, voice, letter"},
		{"two addresses", func(a *intake.Account) (intake.Fact, error) { return a.DoNotContact(kim, "", "a@b.c d@e.f") }, fault.Invalid, "is not one address"},
		{"no mail address", func(a *intake.Account) (intake.Fact, error) { return a.DoNotContact(kim, "email", "acme") }, fault.Invalid, "no e-mail address"},
	})
}

func TestPreference(t *testing.T) {
	tests := []struct{ code, value, want, says string }{
		{"channel", "SMS", "sms", ""},
		{"channel", "pigeon", "", "email, sms, voice, letter"},
		{"hour", "9:05", "09:05", ""},
		{"hour", "24:00", "", "write it as 10:00"},
		{"language", "DE", "de", ""},
		{"language", "german", "", "two letters"},
		{"pays_on", "15,last", "15,last", ""},
		{"pays_on", "someday", "", "is no pay day"},
		{"pays_on", "", "", "no pay day is named"},
		{"white_glove", "Yes", "yes", ""},
		{"needs_po", "maybe", "", "choose from: yes, no"},
		{"colour", "red", "", "choose from: channel, hour, language, pays_on"},
	}
	for _, tt := range tests {
		f, err := account().Preference(kim, tt.code, tt.value)
		if tt.says == "" {
			want(t, tt.code, must(t)(f, err), intake.Fact{Kind: intake.Preference, Account: acme, By: "kim", On: today, At: noon, Code: tt.code, Value: tt.want})
			continue
		}
		checkRefusals(t, []refusal{{tt.code + "=" + tt.value, func(*intake.Account) (intake.Fact, error) { return f, err }, fault.Invalid, tt.says}})
	}
}

func TestAnswer(t *testing.T) {
	want(t, "a call", must(t)(intake.Answer(kim, "k", nil, "Reached", " kind ")),
		intake.Fact{Kind: intake.Outcome, By: "kim", On: today, At: noon, Task: "k", Code: "reached", Text: "kind"})
	want(t, "a call to a number", must(t)(intake.AnswerCall(kim, "k", nil, "promised", " +1 207 555 0142 ", "")),
		intake.Fact{Kind: intake.Outcome, By: "kim", On: today, At: noon, Task: "k", Code: "promised", Channel: "voice_live", Address: "+12075550142"})
	if f, err := intake.AnswerCall(kim, "", nil, "done", "", ""); !fault.Is(err, fault.Invalid) || f.Channel != "" {
		t.Errorf("a call for no task: %+v, %v", f, err)
	}
	want(t, "a question", must(t)(intake.Answer(kim, "k", []string{"yes", "no"}, "no", "")).Code, intake.No)
	answer := func(task, code string, allowed ...string) telling {
		return func(*intake.Account) (intake.Fact, error) { return intake.Answer(kim, task, allowed, code, "") }
	}
	checkRefusals(t, []refusal{
		{"no task", answer("", "done"), fault.Invalid, "no task is named"},
		{"not allowed", answer("k", "done", "yes", "no"), fault.Invalid, `"done" is no outcome of this task; choose from: yes, no`},
		{"unknown", answer("k", "fine"), fault.Invalid, "choose from: reached"},
	})
	_, err := intake.Answer(intake.Teller{On: ar.Day(1)}, "k", nil, "done", "")
	if !fault.Is(err, fault.Invalid) {
		t.Fatalf("no teller: %v", err)
	}
}
