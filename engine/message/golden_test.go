package message

import (
	"slices"
	"strings"
	"testing"

	"holdfast/engine/ar"
	"holdfast/engine/intake"
	"holdfast/engine/policy"
	"holdfast/engine/sequence"
)

// reminders are the templates that ask for money that is owed.
var reminders = []string{
	"due-soon", "due-today", "final-notice", "hold-warning", "invoice-new", "past-due-1", "past-due-2", "past-due-3", "past-due-4", "past-due-cadence",
}

var languages = []string{"de", "en", "es", "fr"}

// sampleOf is the sample as a template gets it: its purpose, and what it is
// about.
func sampleOf(name string) Input {
	in := sample(name, sequence.Response)
	limit := int64(2500000)
	in.Accounts[0].Customer.CreditLimit, in.Accounts[0].Customer.TermsCode, in.Base = &limit, "N30", "USD"
	in.Accounts[0].Customer.Address = ar.Address{Line1: "Havnegata 3", Postcode: "1601", City: "Fredrikstad", Country: "NO"}
	in.Company.Portal, in.Company.LateFee, in.Company.Country = "https://my.harbour.example", "1 % a month, as agreed in our terms of delivery.", "US"
	in.Company.Place = "Portland"
	in.Hold.Ended, in.Intent.Month = ar.MustDay("2026-11-01"), "2026-08"
	switch {
	case name == "promise-confirm" || name == "promise-reminder":
		in.about(sequence.SubjectPromise, &intake.Fact{Kind: intake.Promise, Day: day + 10, Amount: ar.Balance{{Minor: 120000, Currency: "USD"}}})
	case name == "plan-confirm":
		in.about(sequence.SubjectPromise, &intake.Fact{Kind: intake.Plan, Parts: []intake.Part{
			{Day: day + 10, Amount: ar.Money{Minor: 600000, Currency: "USD"}}, {Day: day + 40, Amount: ar.Money{Minor: 650000, Currency: "USD"}},
		}})
	case strings.HasPrefix(name, "dispute-"):
		in.about(sequence.SubjectDispute, &intake.Fact{Kind: intake.Dispute, Code: "damaged", Owner: "sales", Documents: []intake.Covered{
			{Document: "INV-1001", Number: "INV-1001", Currency: "USD", Open: 1250000, Amount: 40000},
		}})
	case slices.Contains(reminders, name) || name == "bare":
		in.Intent.Purpose = sequence.Dunning
	default:
		in.Intent.Asked = nil
	}
	if name == "final-notice" || name == "locate-letter" {
		in.Intent.Medium, in.Intent.To[0].Email = sequence.MediumLetter, ""
	}
	return in
}

// about makes the sample's intent one about a promise or dispute of its first
// document.
func (in *Input) about(kind sequence.SubjectKind, f *intake.Fact) {
	doc := in.Intent.Lines[0].Document
	h := &sequence.Heard{Subject: sequence.Subject{Kind: kind}, Fact: f, Day: f.Day, Items: []*sequence.Item{{Doc: &doc}}}
	in.Intent.Asked = nil
	if kind == sequence.SubjectPromise {
		h.Left = ar.Balance{{Minor: 120000, Currency: "USD"}}
		in.Intent.Asked = h.Left
	}
	if f.Kind == intake.Plan {
		h.Day = f.Parts[0].Day
	}
	in.Intent.About, in.Intent.Lines = h, in.Intent.Lines[:1]
}

// Every shipped template is kept as it reads in every language, and three of
// them in HTML.
func TestGolden(t *testing.T) {
	templates := shipped(t)
	for _, name := range templates.Names() {
		for _, language := range languages {
			t.Run(name+"."+language, func(t *testing.T) {
				in := sampleOf(name)
				in.Stated = language
				m, notes, err := templates.Render(in)
				if err != nil || len(notes) != 0 || m.Language != language {
					t.Fatal(err, notes, m.Language)
				}
				golden(t, name+"."+language+".txt", "Subject: "+m.Subject+"\n\n"+m.Text)
				if slices.Contains([]string{"past-due-3.en", "plan-confirm.fr", "welcome.de"}, name+"."+language) {
					golden(t, name+"."+language+".html", m.HTML)
				}
			})
		}
	}
}

// A reminder carries all that a policy may require, whatever it is that the
// template leaves to the footer.
func TestRemindersAreComplete(t *testing.T) {
	site, err := over(t, siteOf("bare.en.txt", "Subject: x\n\nPay.\n\n[[footer]]\n"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range append(slices.Clone(reminders), "bare") {
		in := sampleOf(name)
		m, _, err := site.Render(in)
		if err != nil {
			t.Fatal(err)
		}
		for id, want := range map[string][]string{
			"identity": {"Harbour & Sons Chandlery, Inc.", "+1 207 555 0100"}, "postal_address": {"14 Quay Street"}, "documents": {"INV-1001"},
			"amount": {" USD"}, "as_of": {"as of 20 November 2026", "If you have paid meanwhile, thank you"}, "dispute": {"disputes@harbour.example"},
			"opt_out": {"To stop reminders"}, "payment_options": {"https://pay.example.com/C-0077?ref=20261121-", "IBAN XX00", "https://my.harbour.example"},
		} {
			if !slices.Contains(Provides(), id) || !slices.Contains(policy.TextIDs, id) {
				t.Errorf("%s is not promised", id)
			}
			for _, w := range want {
				if !strings.Contains(m.Text, w) {
					t.Errorf("%s lacks %s, %q", name, id, w)
				}
			}
		}
	}
}

// An answer and a statement ask for nothing, yet say who writes and how to stop
// or to object.
func TestAnswersAreSigned(t *testing.T) {
	templates := shipped(t)
	for _, name := range templates.Names() {
		m, _, err := templates.Render(sampleOf(name))
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"Harbour & Sons Chandlery, Inc. · 14 Quay Street", "disputes@harbour.example", "To stop reminders"} {
			if !strings.Contains(m.Text, want) {
				t.Errorf("%s lacks %q", name, want)
			}
		}
	}
}

// Only the last letter speaks of what comes after it, and no template sets a
// deadline or names what no step carries out.
func TestTemplatesClaimNothing(t *testing.T) {
	templates := shipped(t)
	for _, name := range templates.Names() {
		for _, language := range languages {
			in := sampleOf(name)
			in.Stated, in.Company.LateFee = language, ""
			m, _, err := templates.Render(in)
			if err != nil {
				t.Fatal(err)
			}
			var kinds []string
			for _, c := range policy.Claims(m.Subject+"\n"+m.Text, language) {
				kinds = append(kinds, c.Kind)
			}
			slices.Sort(kinds)
			var want []string
			if name == "final-notice" {
				want = []string{"agency"} // where past-due hands it
			}
			if !slices.Equal(slices.Compact(kinds), want) {
				t.Errorf("%s in %s claims %v: %v", name, language, kinds, policy.Claims(m.Text, language))
			}
		}
	}
}

// A last letter names what it is about and nothing else.
func TestFinalNoticeNamesOnlyItsStep(t *testing.T) {
	m, _, err := shipped(t).Render(sampleOf("final-notice"))
	if err != nil || !strings.Contains(m.Text, "INV-1001") || strings.Contains(m.Text, "INV-1007") || strings.Contains(m.Text, "E/2001") {
		t.Errorf("%v: it names %s", err, m.Text)
	}
	if !strings.Contains(m.Text, "pay 12,100.00 USD") || !strings.Contains(m.Text, "amount=12100.00") || strings.Contains(m.Text, "14294") {
		t.Error("it does not ask for what is undisputed at its step")
	}
}
