package policy_test

import (
	"testing"

	"holdfast/engine/ar"
	"holdfast/engine/calendar"
	"holdfast/engine/policy"
)

func TestKeyword(t *testing.T) {
	for text, want := range map[string]policy.Word{
		"Stop": policy.Stop, " stop. ": policy.Stop, "STOP!": policy.Stop, "please stop": policy.Stop, "STOPP": policy.Stop,
		"unsubscribe me": policy.Stop, "END": policy.Stop, "weekend": policy.None, "QUIT": policy.Stop, "Cancel.": policy.Stop,
		"STOPALL": policy.Stop, "revoke": policy.Stop, "OPT OUT": policy.Stop, "opt-out": policy.Stop, "OptOut": policy.Stop,
		"ARRET": policy.Stop, "arrêt": policy.Stop, "STOP\n\n": policy.Stop, "s t o p": policy.None, "“Stop”": policy.Stop,
		"stop texting me": policy.Stop, "please end these messages": policy.Stop, "Stop, I paid already": policy.Stop,
		"Stop by tomorrow to pick up the cheque?": policy.Ask, // a person decides
		"pay at end of month":                     policy.Ask,
		"cancel invoice 4711":                     policy.Ask,
		"leave me alone":                          policy.Ask, "Don’t text me again": policy.Ask, "Wrong number!": policy.Ask,
		"Bitte keine SMS mehr": policy.Ask, "Ne plus me contacter": policy.Ask,
		"START": policy.Start, "yes": policy.Start, "Unstop please": policy.Start, "yes I will pay": policy.None, "yes stop": policy.Stop,
		"HELP": policy.Help, "info?": policy.Help, "I need help with invoice 12": policy.None,
		"": policy.None, "   ": policy.None, "👍🏽": policy.None, "🛑 stop 🛑": policy.Stop, "please": policy.None,
		"توقف": policy.None, "سأدفع غدا إن شاء الله": policy.None, "\xff\xfe": policy.None, "will pay Friday": policy.None,
		"bus stop": policy.Stop, // five words or fewer: the stricter reading
	} {
		if got := policy.Keyword(text); got != want {
			t.Errorf("%q asks for %q, want %q", text, got, want)
		}
	}
}

func TestEveryWordOfALawStops(t *testing.T) {
	for _, pack := range shipped(t).List() {
		r := shipped(t).Rules(policy.Question{Day: ar.MustDay("2026-11-21"), Channel: policy.SMS})
		for _, w := range r.Revocation().Words {
			if policy.Keyword(w) != policy.Stop {
				t.Errorf("%s names %q, which does not stop", pack.Name, w)
			}
		}
		if len(r.Revocation().Words) < 7 {
			t.Errorf("the law names %v only", r.Revocation().Words)
		}
	}
}

func FuzzKeyword(f *testing.F) {
	f.Add("stop\x00")
	f.Fuzz(func(_ *testing.T, text string) {
		policy.Keyword(text)
		policy.Claims(text, "de")
	})
}

func TestRevocationLimit(t *testing.T) {
	us := calendar.NewCountries()["US"]
	for day, want := range map[string]string{"2026-01-02": "2026-01-16", "2026-11-20": "2026-12-07"} {
		if got := policy.RevocationLimit(ar.MustDay(day), us); got != ar.MustDay(want) {
			t.Errorf("STOP on %s must work by %s, want %s", day, got, want)
		}
	}
	for day := ar.MustDay("2026-01-01"); day < ar.MustDay("2027-01-01"); day++ {
		counted, last := 0, day
		for counted < 10 {
			if last++; us.IsBusinessDay(last) {
				counted++
			}
		}
		if got := policy.RevocationLimit(day, us); got != last {
			t.Fatalf("STOP on %s must work by %s, counted %s", day, got, last)
		}
	}
}
