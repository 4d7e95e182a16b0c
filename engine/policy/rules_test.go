package policy_test

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"holdfast/engine/ar"
	"holdfast/engine/policy"
)

// consumer is a question about a consumer's debt that a third party collects.
func consumer(country, region string, channel policy.Channel) policy.Question {
	return policy.Question{
		Day: ar.MustDay("2026-10-01"), Channel: channel, Purpose: "dunning", Stage: "collection", Relationship: "third_party",
		DebtorKind: "consumer", DebtKind: "medical", Country: country, Region: region, Line: "landline",
	}
}

// supplier is a question about a company's invoice.
func supplier(country string, channel policy.Channel) policy.Question {
	return policy.Question{
		Day: ar.MustDay("2026-10-01"), Channel: channel, Purpose: "dunning", Stage: "reminder", Relationship: "first_party",
		DebtorKind: "company", DebtKind: "trade_credit", Country: country,
	}
}

// with returns a question with one thing changed.
func with(q policy.Question, change func(*policy.Question)) policy.Question {
	change(&q)
	return q
}

func TestWhichPacksApply(t *testing.T) {
	p := shipped(t)
	firstParty := func(q *policy.Question) { q.Relationship = "first_party" }
	for _, c := range []struct {
		name string
		q    policy.Question
		want string
	}{
		{"e-mail to a company", supplier("US", policy.Email), "b2b-courtesy"},
		{"e-mail to a company in Canada", supplier("CA", policy.Email), "b2b-courtesy canada"},
		{"e-mail to a company in Germany", supplier("DE", policy.Email), "b2b-courtesy eu"},
		{"text to a company's mobile", supplier("US", policy.SMS), "b2b-courtesy us-tcpa"},
		{"call by a collector", consumer("US", "TX", policy.VoiceLive), "b2b-courtesy us-reg-f us-tcpa"},
		{"call by the creditor", with(consumer("US", "TX", policy.VoiceLive), firstParty), "b2b-courtesy us-tcpa"},
		{"call by the creditor in California", with(consumer("US", "CA", policy.VoiceLive), firstParty), "b2b-courtesy us-california us-tcpa"},
		{"the same, region written out", with(consumer("US", "california", policy.VoiceLive), firstParty), "b2b-courtesy us-california us-tcpa"},
		{"the same, ISO 3166-2", with(consumer("US", "US-CA", policy.VoiceLive), firstParty), "b2b-courtesy us-california us-tcpa"},
		{"call in Massachusetts", with(consumer("US", "MA", policy.VoiceLive), firstParty), "b2b-courtesy us-massachusetts us-tcpa"},
		{"call in Florida", with(consumer("US", "FL", policy.VoiceLive), firstParty), "b2b-courtesy us-florida us-tcpa"},
		{"e-mail in Florida", with(consumer("US", "FL", policy.Email), firstParty), "b2b-courtesy"},
		{"e-mail in Florida before it was let out", with(consumer("US", "FL", policy.Email), func(q *policy.Question) { firstParty(q); q.Day = ar.MustDay("2025-05-15") }), "b2b-courtesy us-florida"},
		{"e-mail in Florida, let out", with(consumer("US", "FL", policy.Email), func(q *policy.Question) { firstParty(q); q.Day = ar.MustDay("2025-05-16") }), "b2b-courtesy"},
		{"call in Florida that day", with(consumer("US", "FL", policy.VoiceLive), func(q *policy.Question) { firstParty(q); q.Day = ar.MustDay("2025-05-16") }), "b2b-courtesy us-florida us-tcpa"},
		{"letter in Brooklyn", with(consumer("US", "NY", policy.Letter), func(q *policy.Question) { firstParty(q); q.City = "Brooklyn" }), "b2b-courtesy us-nyc"},
		{"letter in St Albans, Queens", with(consumer("US", "N.Y.", policy.Letter), func(q *policy.Question) { firstParty(q); q.City = "St. Albans" }), "b2b-courtesy us-nyc"},
		{"letter in Albany", with(consumer("US", "NY", policy.Letter), func(q *policy.Question) { firstParty(q); q.City = "Albany" }), "b2b-courtesy"},
		{"letter in a town of New York that is not known", with(consumer("US", "NY", policy.Letter), firstParty), "b2b-courtesy us-nyc"},
		{"letter in Brooklyn before the rule", with(consumer("US", "NY", policy.Letter), func(q *policy.Question) { firstParty(q); q.City = "Brooklyn"; q.Day = ar.MustDay("2026-08-31") }), "b2b-courtesy"},
		{"reminder in Brooklyn before collection", with(consumer("US", "NY", policy.Letter), func(q *policy.Question) { firstParty(q); q.City = "Brooklyn"; q.Stage = "reminder" }), "b2b-courtesy"},
		{"call in Australia", consumer("AU", "NSW", policy.VoiceLive), "australia b2b-courtesy"},
		{"call to a company in Australia", supplier("AU", policy.VoiceLive), "b2b-courtesy"},
		{"consumer credit in Britain", with(consumer("GB", "", policy.VoiceLive), func(q *policy.Question) { q.DebtKind = "consumer_credit" }), "b2b-courtesy uk"},
	} {
		if got := strings.Join(p.Rules(c.q).Applied, " "); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestCaliforniaCommercialDebt(t *testing.T) {
	p := shipped(t)
	sole := with(supplier("US", policy.VoiceLive), func(q *policy.Question) {
		q.Region, q.DebtorKind, q.DebtKind = "CA", "sole_trader", "other"
		q.Total = ar.Money{Minor: 500_000_00, Currency: "USD"}
	})
	for _, c := range []struct {
		name   string
		change func(*policy.Question)
		want   bool
	}{
		{"at the sum", func(*policy.Question) {}, true},
		{"a cent over", func(q *policy.Question) { q.Total.Minor++ }, false},
		{"sum not known", func(q *policy.Question) { q.Total = ar.Money{} }, true},
		{"sum in another currency", func(q *policy.Question) { q.Total = ar.Money{Minor: 900_000_00, Currency: "EUR"} }, true},
		{"before it began", func(q *policy.Question) { q.Day = ar.MustDay("2025-06-30") }, false},
		{"a company", func(q *policy.Question) { q.DebtorKind = "company" }, false},
		{"a company with a guarantor", func(q *policy.Question) { q.DebtorKind, q.Guarantor = "company", true }, true},
		{"trade credit", func(q *policy.Question) { q.DebtKind = "trade_credit" }, false},
		{"trade credit while it was covered", func(q *policy.Question) { q.DebtKind, q.Day = "trade_credit", ar.MustDay("2025-12-31") }, true},
		{"trade credit before", func(q *policy.Question) { q.DebtKind, q.Day = "trade_credit", ar.MustDay("2025-06-30") }, false},
	} {
		if got := slices.Contains(p.Rules(with(sole, c.change)).Applied, "us-california"); got != c.want {
			t.Errorf("%s: covered %t, want %t", c.name, got, c.want)
		}
	}
}

// A first-party reminder to a business by e-mail is never kept back by rules for
// consumers, whatever else is not known.
func TestBusinessRemindersGoFreely(t *testing.T) {
	p := shipped(t)
	countries := []string{"", "US", "GB", "DE", "FR", "CA", "AU", "JP", "United States"}
	day := ar.MustDay("2026-10-03") // a Saturday
	from, to := hour(day, 6), hour(day, 23)
	for _, country := range countries {
		for _, debtor := range []string{"company", "public_body", "", "sole_trader"} {
			for _, stage := range []string{"", "reminder", "collection", "final"} {
				q := with(supplier(country, policy.Email), func(q *policy.Question) { q.DebtorKind, q.Stage = debtor, stage })
				r := p.Rules(q)
				f, u, ok := r.Window(day, from, to, true)
				_, _, capped := r.Capped(contacts("email", "2026-10-01", "2026-10-02", "2026-10-02"), policy.Contact{On: day, Channel: policy.Email, Address: "other", Purpose: "dunning"})
				if r.NeedsConsent() || !ok || f != from || u != to || capped {
					t.Errorf("%q %q %q: %v keep it back", country, debtor, stage, r.Applied)
				}
			}
		}
	}
}

// An unknown fact gives rules at least as strict as each that it may be.
func TestUnknownFactsTakeTheStricterRule(t *testing.T) {
	p := shipped(t)
	sets := map[string]func(q *policy.Question, v string){
		"first_party third_party debt_buyer": func(q *policy.Question, v string) { q.Relationship = v },
		"consumer company sole_trader":       func(q *policy.Question, v string) { q.DebtorKind = v },
		"trade_credit medical":               func(q *policy.Question, v string) { q.DebtKind = v },
		"reminder collection final":          func(q *policy.Question, v string) { q.Stage = v },
		"US AU GB CA JP":                     func(q *policy.Question, v string) { q.Country = v },
		"CA NY MA FL TX":                     func(q *policy.Question, v string) { q.Region = v },
		"mobile landline":                    func(q *policy.Question, v string) { q.Line = v },
		"courtesy dunning":                   func(q *policy.Question, v string) { q.Purpose = v },
	}
	for values, put := range sets {
		for _, channel := range []policy.Channel{policy.Email, policy.SMS, policy.VoiceLive, policy.VoiceArtificial, policy.Letter} {
			q := consumer("US", "CA", channel)
			put(&q, "")
			unknown := p.Rules(q).Because()
			put(&q, "no such word")
			if got := p.Rules(q).Because(); !slices.Equal(got, unknown) && !strings.Contains(values, "CA") {
				t.Errorf("a word that is not known gives %d rules, none %d", len(got), len(unknown))
			}
			for v := range strings.FieldsSeq(values) {
				put(&q, v)
				for _, rule := range p.Rules(q).Because() {
					if !slices.Contains(unknown, rule) {
						t.Errorf("%s by %s: %s of %s holds, but not where it is unknown", v, channel, rule.ID, rule.Pack)
					}
				}
			}
		}
	}
}

func TestConsentWordsRetentionApproval(t *testing.T) {
	p := shipped(t)
	mobile := func(q *policy.Question) { q.Line = "mobile" }
	for _, c := range []struct {
		name string
		q    policy.Question
		want bool
	}{
		{"text to a mobile", with(supplier("US", policy.SMS), mobile), true},
		{"made voice to a mobile", with(supplier("US", policy.VoiceArtificial), mobile), true},
		{"a person calls", with(supplier("US", policy.VoiceLive), mobile), false},
		{"text to we know not what", supplier("US", policy.SMS), true},
		{"text in Germany", supplier("DE", policy.SMS), false},
		{"e-mail to a consumer in New York", with(consumer("US", "NY", policy.Email), func(q *policy.Question) { q.City = "Bronx" }), true},
		{"letter to one", with(consumer("US", "NY", policy.Letter), func(q *policy.Question) { q.City = "Bronx" }), false},
		{"call at work", with(consumer("US", "TX", policy.VoiceLive), func(q *policy.Question) { q.Workplace = true }), true},
	} {
		if got := p.Rules(c.q).NeedsConsent(); got != c.want {
			t.Errorf("%s: consent %t, want %t", c.name, got, c.want)
		}
	}
	first := p.Rules(with(consumer("US", "TX", policy.Email), func(q *policy.Question) { q.First = true }))
	want := "amount as_of collector_notice dispute documents identity opt_out payment_options postal_address validation_notice"
	if got := strings.Join(first.Required(), " "); got != want {
		t.Errorf("a first e-mail needs %s, want %s", got, want)
	}
	if got := p.Rules(consumer("US", "TX", policy.Email)).Required(); slices.Contains(got, "validation_notice") {
		t.Error("each later e-mail needs the validation notice")
	}
	if got := strings.Join(p.Rules(consumer("US", "TX", policy.Letter)).Forbidden(), " "); got != "debt_on_envelope official police postcard" {
		t.Errorf("a letter must not have %s", got)
	}
	if days, from := first.Retention(); days != 2557 || from != "b2b-courtesy: our own" {
		t.Errorf("kept for %d days by %s", days, from)
	}
	hold := with(supplier("DE", ""), func(q *policy.Question) { q.DebtorKind = "sole_trader" })
	if !p.Rules(hold).NeedsApproval("hold") || p.Rules(supplier("DE", "")).NeedsApproval("hold") {
		t.Error("a hold on a sole trader needs a person's yes, one on a company none")
	}
	var none policy.Rules
	if none.NeedsConsent() || len(none.Required()) > 0 {
		t.Error("no rules ask something")
	}
}

func TestRulesFromSeveralGoroutines(t *testing.T) {
	p := shipped(t)
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for _, channel := range []policy.Channel{policy.Email, policy.SMS, policy.VoiceLive, policy.Letter} {
				for _, region := range []string{"CA", "NY", "MA", "FL", "TX", ""} {
					if r := p.Rules(consumer("US", region, channel)); len(r.Applied) == 0 {
						t.Errorf("%d: nothing applies", i)
					}
				}
			}
		})
	}
	wg.Wait()
}
