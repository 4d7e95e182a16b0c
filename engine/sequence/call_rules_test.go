package sequence_test

import (
	"testing"
	"testing/fstest"
	"time"

	"holdfast/engine/intake"
	rules "holdfast/engine/policy"
	"holdfast/engine/sequence"
	"holdfast/engine/steps"
)

// An automatic call that somebody answered is a conversation: where the rules
// keep quiet after one, nobody is asked to call. One that reached a machine is an
// attempt and no more.
func TestAnAnsweredAutomaticCallIsAConversation(t *testing.T) {
	const rings = `
name    = "rings"
title   = "Rings"
subject = "invoice"
rank    = 30
purpose = "dunning"
enter   = 'document.days_past_due >= 1'
[[step]]
id     = "call"
at     = "due + 1d"
do     = "call"
script = "call-past-due"
to     = "collector"
within = "2bd"
`
	sequences, problems := sequence.Load(fstest.MapFS{"rings.toml": {Data: []byte(rings)}}, "test", steps.All())
	packs, more := rules.Load(nil)
	if len(problems)+len(more) > 0 {
		t.Fatal(problems, more)
	}
	p := policyOf(packs)
	b, problems := sequence.NewBook(sequences, nil, p, steps.All())
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for code, free := range map[string]bool{intake.Reached: false, intake.Promised: false, intake.Voicemail: true, intake.NoAnswer: true, "": true} {
		c := caseOn("2026-09-16", invoice("a", "2026-09-10"))
		c.Touches = []sequence.Touch{{Channel: "dial", Medium: sequence.MediumVoice, Address: "+12125550100", Purpose: sequence.Dunning, On: c.Today - 2, Party: c.Party}}
		if code != "" {
			c.Facts = []intake.Fact{{ID: 1, Kind: intake.Outcome, Account: c.Accounts[0].Customer.Account, Code: code, Channel: "voice_artificial", Address: "+12125550100", On: c.Today - 2}}
		}
		if code == intake.Promised { // heard of today only
			c.Facts[0].On, c.Facts[0].At = c.Today, (c.Today - 2).Time(time.UTC).Add(20*time.Hour)
		}
		d := b.Decide(c)
		if free {
			only(t, d, sequence.Task)
			continue
		}
		none(t, d, sequence.Task)
		if got := verdicts(d)["a"]; got != sequence.ReasonCap {
			t.Errorf("after %q nobody calls for the reason %q, want the cap", code, got)
		}
	}
}

// policyOf is a collector of consumers' debts under the shipped rules.
func policyOf(packs *rules.Packs) sequence.Policy {
	p := policy()
	p.Packs, p.Relationship, p.DebtorKind, p.DebtKind = packs, "third_party", "consumer", "medical"
	return p
}
