package message

import (
	"strings"
	"testing"
	"testing/fstest"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/sequence"
	"holdfast/engine/steps"
)

func siteOf(files ...string) fstest.MapFS {
	site := fstest.MapFS{}
	for i := 0; i < len(files); i += 2 {
		site[files[i]] = &fstest.MapFile{Data: []byte(files[i+1])}
	}
	return site
}

func TestLanguageIsChosen(t *testing.T) {
	templates := shipped(t)
	for _, c := range []struct{ stated, contact, customer, company, want string }{
		{"es", "de", "fr", "en", "es"}, {"", "de_AT", "fr", "es", "de"}, {"", "", "FR", "de", "fr"}, {"", "", "", "de", "de"}, {"", "", "", "", "en"},
	} {
		in := sample("past-due-1", sequence.Dunning)
		in.Stated, in.Language, in.Intent.To[0].Language, in.Accounts[0].Customer.Language = c.stated, c.company, c.contact, c.customer
		m, notes, err := templates.Render(in)
		if err != nil || m.Language != c.want || len(notes) != 0 {
			t.Errorf("%+v: %s, %v, %v", c, m.Language, notes, err)
		}
	}
}

func TestFallingBackIsNoted(t *testing.T) {
	templates, err := over(t, siteOf("ours.en.txt", "Subject: Ours\n\nOur own words.\n\n[[footer]]\n", "words.it.json", `{"and":"e"}`))
	if err != nil {
		t.Fatal(err)
	}
	in := sample("ours", sequence.Dunning)
	in.Intent.To[0].Language, in.Language = "it", "de"
	m, notes, err := templates.Render(in)
	if err != nil || m.Language != "en" || len(notes) != 1 || notes[0] != "customer C-0077 wants it, template ours is not there in it: used en" {
		t.Errorf("%v, %s, %v", err, m.Language, notes)
	}
	missing := map[Gap]bool{}
	for _, gap := range templates.Missing() {
		missing[gap] = true
	}
	if !missing[Gap{"ours", "de"}] || !missing[Gap{"past-due-1", "it"}] || missing[Gap{"past-due-1", "de"}] || missing[Gap{"ours", "en"}] {
		t.Errorf("missing %v", templates.Missing())
	}
	if gaps := shipped(t).Missing(); len(gaps) > 0 {
		t.Errorf("the shipped templates lack %v", gaps)
	}
}

func TestSiteWordsStandOverShipped(t *testing.T) {
	templates, err := New(siteOf(
		"past-due-1.de.txt", "Subject: Erinnerung {{.customer.number}}\n\nBitte zahlen Sie {{.asked_text}}.\n\n[[documents]]\n\n[[footer]]\n",
		"words.de.json", `{"day_layout":"02.01.2006","label:3rd reminder":"dritte Mahnung","terms:N30":"30 Tage netto"}`,
	))
	if err != nil {
		t.Fatal(err)
	}
	in := sample("past-due-1", sequence.Dunning)
	in.Intent.To[0].Language = "de_AT"
	m, _, err := templates.Render(in)
	if err != nil || m.Subject != "Erinnerung C-0077" {
		t.Fatal(err, m.Subject)
	}
	for _, want := range []string{"880,00 EUR und 14.294,50 USD", "20.11.2026", "dritte Mahnung", "1. Mahnung"} {
		if !strings.Contains(m.Text, want) {
			t.Errorf("lacks %q:\n%s", want, m.Text)
		}
	}
	if !templates.Has("past-due-1", "de") || templates.Has("no-such", "de") || !templates.Has("past-due-3", "en-GB") {
		t.Error("Has looks at one language")
	}
	in.Intent.Template = "no-such"
	if _, _, err = templates.Render(in); !fault.Is(err, fault.NotFound) {
		t.Errorf("unknown template: %v", err)
	}
}

// The labels of the shipped steps stand in the table of documents.
func TestShippedLabelsAreTranslated(t *testing.T) {
	templates := shipped(t)
	all, problems := sequence.Load(sequence.Library(), "shipped", steps.All())
	if err := problems.Err(); err != nil {
		t.Fatal(err)
	}
	for _, s := range all {
		for _, step := range s.Steps {
			for _, language := range languages {
				if _, ok := templates.wordsOf(language)["label:"+step.Label]; !ok && language != fallback && step.Label != step.ID {
					t.Errorf("%s: %s of %s has no word for %q", language, step.ID, s.Name, step.Label)
				}
			}
		}
	}
}

// Days and amounts read as in the language's own country.
func TestDaysAndAmounts(t *testing.T) {
	templates := shipped(t)
	first, other := ar.MustDay("2026-08-01"), ar.MustDay("2026-12-24")
	for language, want := range map[string][4]string{
		"de": {"1. August 2026", "24. Dezember 2026", "August 2026", "1.234,50 USD"}, "en": {"1 August 2026", "24 December 2026", "August 2026", "1,234.50 USD"},
		"es": {"1 de agosto de 2026", "24 de diciembre de 2026", "agosto de 2026", "1.234,50 USD"},
		"fr": {"1er août 2026", "24 décembre 2026", "août 2026", "1\u00a0234,50 USD"},
	} {
		w := templates.wordsOf(language)
		if got := [4]string{w.day(first), w.day(other), w.month("2026-08"), w.money(123450, "USD")}; got != want {
			t.Errorf("%s: %q, want %q", language, got, want)
		}
		for key := range templates.wordsOf("en") {
			if _, ok := w[key]; !ok {
				t.Errorf("%s has no word %q", language, key)
			}
		}
	}
}
