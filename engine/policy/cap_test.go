package policy_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"holdfast/engine/ar"
	"holdfast/engine/policy"
)

// contacts are attempts by one channel about debt A of account 1.
func contacts(channel policy.Channel, days ...string) []policy.Contact {
	var all []policy.Contact
	for _, day := range days {
		all = append(all, policy.Contact{On: ar.MustDay(day), Channel: channel, Address: "a", Debt: "A", Account: "1", Purpose: "dunning"})
	}
	return all
}

// spoke marks contacts as conversations.
func spoke(all []policy.Contact) []policy.Contact {
	for i := range all {
		all[i].Conversation = true
	}
	return all
}

func TestCapVectors(t *testing.T) {
	p := shipped(t)
	texas := consumer("US", "TX", policy.VoiceLive)
	week := []string{"2026-03-01", "2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05", "2026-03-06", "2026-03-07"}
	bronx := with(consumer("US", "NY", policy.Letter), func(q *policy.Question) { q.City, q.Relationship = "Bronx", "first_party" })
	boston := with(consumer("US", "MA", policy.VoiceLive), func(q *policy.Question) { q.Relationship = "first_party" })
	atWork := with(boston, func(q *policy.Question) { q.Workplace = true })
	sydney := consumer("AU", "NSW", policy.VoiceLive)
	robot := with(consumer("US", "TX", policy.VoiceArtificial), func(q *policy.Question) { q.Relationship = "first_party" })
	mail := supplier("FR", policy.Email)
	ten := []string{"2026-03-01", "2026-03-04", "2026-03-07", "2026-03-10", "2026-03-13", "2026-03-16", "2026-03-19", "2026-03-22", "2026-03-25", "2026-03-28"}
	for _, c := range []struct {
		name    string
		q       policy.Question
		earlier []policy.Contact
		next    policy.Contact
		free    string // empty: not capped
		why     string
	}{
		{"eighth call in seven days", texas, contacts("voice_live", week...), contacts("voice_live", "2026-03-07")[0], "2026-03-08", "us-reg-f: 12 CFR 1006.14(b)(2)"},
		{"call on the eighth day", texas, contacts("voice_live", week...), contacts("voice_live", "2026-03-08")[0], "", ""},
		{"two debts are counted apart", texas, contacts("voice_live", week...), policy.Contact{On: ar.MustDay("2026-03-07"), Channel: "voice_live", Debt: "B"}, "", ""},
		{"a debt that is not known counts for each", texas, contacts("voice_live", week...), policy.Contact{On: ar.MustDay("2026-03-07"), Channel: "voice_live"}, "2026-03-08", ""},
		{"e-mails are no calls", texas, contacts("email", week...), contacts("voice_live", "2026-03-07")[0], "", ""},
		{"the day after a conversation", texas, spoke(contacts("voice_live", "2026-03-02")), contacts("voice_live", "2026-03-03")[0], "2026-03-09", "within 7 days of a conversation"},
		{"six days after", texas, spoke(contacts("voice_live", "2026-03-02")), contacts("voice_live", "2026-03-08")[0], "2026-03-09", ""},
		{"seven days after", texas, spoke(contacts("voice_live", "2026-03-02")), contacts("voice_live", "2026-03-09")[0], "", ""},
		{"a conversation about another debt", texas, spoke(contacts("voice_live", "2026-03-02")), policy.Contact{On: ar.MustDay("2026-03-03"), Channel: "voice_live", Debt: "B"}, "", ""},
		{"New York City, the fourth by any channel", bronx, slices.Concat(contacts("email", "2026-10-01"), contacts("voice_live", "2026-10-02"), contacts("letter", "2026-10-03")), contacts("letter", "2026-10-07")[0], "2026-10-08", "us-nyc: 6 RCNY 5-77"},
		{"New York City, another account", bronx, contacts("email", "2026-10-01", "2026-10-02", "2026-10-03"), policy.Contact{On: ar.MustDay("2026-10-07"), Channel: "letter", Account: "2"}, "", ""},
		{"Massachusetts, the third call", boston, contacts("voice_live", "2026-03-01", "2026-03-03"), contacts("voice_live", "2026-03-07")[0], "2026-03-08", "us-massachusetts: 940 CMR 7.04"},
		{"Massachusetts, a week later", boston, contacts("voice_live", "2026-03-01", "2026-03-03"), contacts("voice_live", "2026-03-08")[0], "", ""},
		{"Massachusetts, at work", atWork, contacts("voice_live", "2026-03-01", "2026-03-03"), contacts("voice_live", "2026-03-20")[0], "2026-03-31", ""},
		{"residential line, the fourth recording", robot, contacts("voice_artificial", "2026-03-01", "2026-03-08", "2026-03-18"), policy.Contact{On: ar.MustDay("2026-03-30"), Channel: "voice_artificial", Address: "a", Purpose: "courtesy"}, "2026-03-31", "64.1200"},
		{"Australia, the fourth in a week", sydney, spoke(contacts("voice_live", "2026-03-02", "2026-03-03", "2026-03-04")), contacts("voice_live", "2026-03-08")[0], "2026-03-09", "australia"},
		{"Australia, nobody answered", sydney, contacts("voice_live", "2026-03-02", "2026-03-03", "2026-03-04"), contacts("voice_live", "2026-03-08")[0], "", ""},
		{"Australia, letters count", sydney, contacts("letter", "2026-03-02", "2026-03-03", "2026-03-04"), contacts("voice_live", "2026-03-08")[0], "2026-03-09", ""},
		{"Australia, the eleventh in a month", sydney, spoke(contacts("voice_live", ten...)), contacts("voice_live", "2026-03-30")[0], "2026-03-31", "10 contacts in 30 days per account"},
		{"courtesy, the third e-mail in a week", mail, contacts("email", "2026-03-01", "2026-03-03"), contacts("email", "2026-03-07")[0], "2026-03-08", "b2b-courtesy: our own"},
		{"courtesy, to another address", mail, contacts("email", "2026-03-01", "2026-03-03"), policy.Contact{On: ar.MustDay("2026-03-07"), Channel: "email", Address: "b"}, "", ""},
		{"courtesy, the sixth in a month", mail, contacts("email", "2026-03-01", "2026-03-08", "2026-03-15", "2026-03-22", "2026-03-29"), contacts("email", "2026-03-30")[0], "2026-03-31", "at most 5 contacts in 30 days"},
	} {
		why, free, capped := p.Rules(c.q).Capped(c.earlier, c.next)
		want := c.free
		if want == "" {
			want = c.next.On.String()
		}
		if capped != (c.free != "") || free.String() != want || !strings.Contains(why, c.why) || (why == "") == capped {
			t.Errorf("%s: capped %t until %s (%s), want until %q", c.name, capped, free, why, c.free)
		}
	}
}

// room says by counting each day of each stretch whether a call fits on a day.
func room(q policy.Question, earlier []policy.Contact, day ar.Day, debt, account string) bool {
	count := func(days int, counts func(policy.Contact) bool) int {
		n := 0
		for d := range ar.Day(days) {
			for _, c := range earlier {
				if c.On == day-d && counts(c) {
					n++
				}
			}
		}
		return n
	}
	about := func(c policy.Contact) bool { return c.Debt == "" || debt == "" || c.Debt == debt }
	call := func(c policy.Contact) bool {
		return about(c) && (c.Channel == policy.VoiceLive || c.Channel == policy.VoiceArtificial)
	}
	of := func(c policy.Contact) bool { return c.Account == "" || account == "" || c.Account == account }
	talk := func(c policy.Contact) bool { return about(c) && c.Conversation }
	switch q.Region {
	case "TX":
		return count(7, call) < 7 && count(7, talk) == 0
	case "MA":
		return count(7, call) < 2
	case "NY":
		return count(7, of) < 3
	}
	made := func(c policy.Contact) bool {
		return of(c) && (c.Conversation || c.Channel == policy.Email || c.Channel == policy.Letter)
	}
	return count(7, made) < 3 && count(30, made) < 10
}

func TestCappedAgainstACount(t *testing.T) {
	p := shipped(t)
	creditor := func(q *policy.Question) { q.Relationship, q.City = "first_party", "Queens" }
	questions := []policy.Question{
		consumer("US", "TX", policy.VoiceLive), with(consumer("US", "MA", policy.VoiceLive), creditor),
		with(consumer("US", "NY", policy.VoiceLive), creditor), consumer("AU", "VIC", policy.VoiceLive),
	}
	dice := rand.New(rand.NewPCG(7, 30))
	pick := func(from ...string) string { return from[dice.IntN(len(from))] }
	start := ar.MustDay("2026-10-20") // over the end of a month
	for range 4000 {
		var earlier []policy.Contact
		for range dice.IntN(20) {
			earlier = append(earlier, policy.Contact{
				On: start + ar.Day(dice.IntN(32)), Channel: policy.Channel(pick("voice_live", "voice_live", "voice_artificial", "email", "letter")),
				Debt: pick("A", "A", "B", ""), Account: pick("1", "1", "2", ""), Conversation: dice.IntN(6) == 0,
			})
		}
		q := questions[dice.IntN(len(questions))]
		next := policy.Contact{On: start + ar.Day(dice.IntN(32)), Channel: policy.VoiceLive, Debt: pick("A", "B", ""), Account: pick("1", "2", "")}
		want := next.On
		for !room(q, earlier, want, next.Debt, next.Account) {
			want++
		}
		if _, free, capped := p.Rules(q).Capped(earlier, next); free != want || capped != (want > next.On) {
			t.Fatalf("%s: a call on %s is free on %s, counted %s\n%v", q.Region, next.On, free, want, earlier)
		}
	}
}
