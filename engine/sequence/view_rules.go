package sequence

import (
	"slices"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/intake"
	"holdfast/engine/policy"
)

// channelOf names a medium as contact rules do.
var channelOf = map[string]policy.Channel{
	MediumEmail: policy.Email, MediumSMS: policy.SMS, MediumVoice: policy.VoiceArtificial, MediumLetter: policy.Letter,
}

// stageOf is how far along a message of each purpose is, as contact rules see
// it.
var stageOf = map[Purpose]string{
	Response: "courtesy", Statement: "courtesy", Courtesy: "courtesy", Dunning: "reminder", Legal: "collection",
}

// rules returns the contact rules for speaking to the party in a way today; the
// zero Rules where the company has no packs.
func (v *View) rules(channel policy.Channel, purpose Purpose) policy.Rules {
	p := &v.Book.Policy
	if p.Packs == nil {
		return policy.Rules{}
	}
	c := &v.Lead().Customer
	return p.Packs.Rules(policy.Question{
		Day: v.Case.Today, Channel: channel, Purpose: string(purpose), Stage: stageOf[purpose],
		Relationship: p.Relationship, DebtorKind: first(c.DebtorKind, p.DebtorKind), DebtKind: p.DebtKind,
		Country: c.Address.Country, Region: c.Address.Region, City: c.Address.City,
		Zones: []*time.Location{v.Book.zone(c.TimeZone)}, Total: v.sums.Open.Base,
	})
}

func (v *View) needsConsent(medium string, purpose Purpose) bool {
	return v.rules(channelOf[medium], purpose).NeedsConsent()
}

// HoldNeedsYes reports whether the contact rules want a person's yes before a
// hold, as for a natural person in the EU.
func (v *View) HoldNeedsYes() bool { return v.rules(policy.Email, Dunning).NeedsApproval("hold") }

// Rules names the packs that apply to writing to the party, for explain.
func (v *View) Rules() []string { return v.rules(policy.Email, Dunning).Applied }

// capped says whether the contact rules keep a message or a call back today, and
// until when. Every earlier contact counts, whichever sequence or person made
// it.
func (v *View) capped(channel policy.Channel, purpose Purpose, address string) (Reason, string, ar.Day) {
	rules := v.rules(channel, purpose)
	next := policy.Contact{On: v.Case.Today, Channel: channel, Address: address, Account: v.Case.Party.String(), Purpose: string(purpose)}
	if why, free, capped := rules.Capped(v.contacts(), next); capped {
		return ReasonCap, why, free
	}
	return "", "", 0
}

// contacts lists what the party heard from us: messages, and calls as people
// told of them.
func (v *View) contacts() []policy.Contact {
	var list []policy.Contact
	for _, t := range v.Case.Touches {
		account := t.Party.String()
		list = append(list, policy.Contact{
			On: t.On, Channel: channelOf[first(t.Medium, MediumEmail)], Address: t.Address, Account: account, Purpose: string(t.Purpose), Conversation: v.talked(&t),
		})
	}
	for i := range v.Case.Facts {
		f := &v.Case.Facts[i]
		if f.Kind == intake.Outcome && f.Channel == string(policy.VoiceLive) {
			list = append(list, policy.Contact{
				On: f.On, Channel: policy.VoiceLive, Address: f.Address, Account: v.Case.Party.String(),
				Conversation: f.Code != intake.NoAnswer && f.Code != intake.Voicemail, Purpose: string(Dunning),
			})
		}
	}
	return list
}

// talked reports whether somebody answered an automatic call, as its channel told
// of that day or the next, whenever it was heard. The call itself counts by its
// touch, whoever answered.
func (v *View) talked(t *Touch) bool {
	return t.Medium == MediumVoice && slices.ContainsFunc(v.Case.Facts, func(f intake.Fact) bool {
		on := v.happenedOn(&f)
		return f.Kind == intake.Outcome && f.Channel == string(policy.VoiceArtificial) && f.Address == t.Address &&
			(on == t.On || on == t.On+1) && f.Code != intake.NoAnswer && f.Code != intake.Voicemail
	})
}

// happenedOn is the day of what a fact tells: a channel may be heard days later.
func (v *View) happenedOn(f *intake.Fact) ar.Day {
	if f.At.IsZero() || v.Book.Policy.Zone == nil {
		return f.On
	}
	return min(f.On, ar.DayOf(f.At.In(v.Book.Policy.Zone)))
}

// CallAllowed says whether a call may be asked for today, else why not and until
// when.
func (v *View) CallAllowed(purpose Purpose) (Reason, string, ar.Day) {
	return v.capped(policy.VoiceLive, purpose, "")
}
