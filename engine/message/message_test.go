package message

import (
	"flag"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/sequence"
)

var update = flag.Bool("update", false, "write the golden files anew")

var (
	day     = ar.MustDay("2026-11-21")
	west    = ar.AccountID{Source: "erp", Company: "1", Customer: "77"}
	east    = ar.AccountID{Source: "erp", Company: "1", Customer: "78"}
	party   = ar.PartyID{Source: "erp", Company: "1", Payer: "77"}
	signing = []byte("a key of the company, never shown")
)

func invoice(id ar.AccountID, number string, due string, cur ar.Currency, open int64) ar.Document {
	d := ar.MustDay(due)
	return ar.Document{ID: ar.DocumentID(number), Account: id, Number: number, Kind: ar.Invoice, IssuedOn: d - 30, DueOn: d, Currency: cur, Amount: open, Open: open}
}

// sample is a party of two branches that owes in two currencies, with a
// dispute, a credit memo and names that try to be more than names.
func sample(template string, purpose sequence.Purpose) Input {
	docs := []ar.Document{
		invoice(west, "INV-1001", "2026-10-20", "USD", 1250000),
		invoice(west, "INV-1007", "2026-11-02", "USD", 231950),
		invoice(east, "E/2001", "2026-11-05", "EUR", 88000),
	}
	docs[0].PONumber = "PO <b>88</b>"
	credit := ar.Document{ID: "CM-1", Account: west, Number: "CM-1", Kind: ar.CreditMemo, Currency: "USD", Amount: -12500, Open: -12500}
	return Input{
		Intent: sequence.Intent{
			Kind: sequence.Message, Account: west, Purpose: purpose, Template: template, Medium: "email",
			To: []ar.Contact{{Name: "Ada <Accounts>\r\nBcc: x@example.net", Email: "ap@customer.example"}},
			Lines: []sequence.Line{
				{Document: docs[0], Label: "3rd reminder", AtStep: true, Asked: 1210000, Disputed: 40000},
				{Document: docs[1], Label: "1st reminder", Asked: 231950},
				{Document: docs[2], Label: "1st reminder", Asked: 88000},
			},
			Asked: ar.Balance{{Minor: 88000, Currency: "EUR"}, {Minor: 1210000 + 231950 - 12500, Currency: "USD"}},
		},
		Company: Company{
			Key: "acme", Name: "Harbour & Sons Chandlery, Inc.", Address: []string{"14 Quay Street", "Portland, ME 04101"},
			Phone: "+1 207 555 0100", From: "receivables@harbour.example", ReplyTo: "ar-replies@harbour.example", Dispute: "disputes@harbour.example",
			PayText: "Or by bank transfer to IBAN XX00 0000 0000, with the document's number.",
		},
		Party: party,
		Accounts: []sequence.Account{
			{Customer: ar.Customer{Account: west, Number: "C-0077", Name: "Østfold Marine & Co [[pay]]"}, Documents: []ar.Document{docs[0], docs[1], credit}},
			{Customer: ar.Customer{Account: east, Number: "C-0078", Name: "Østfold East"}, Documents: docs[2:]},
		},
		DataDay: day - 1, Today: day, Date: time.Date(2026, 11, 21, 14, 0, 0, 0, time.UTC),
		Hold:       Hold{Stops: "new sales orders are not confirmed", From: ar.MustDay("2026-12-01")},
		PayURL:     map[ar.Currency]string{"USD": "https://pay.example.com/{customer}?ref={reference}&amount={amount}&currency={currency}"},
		SigningKey: signing,
	}
}

var loaded = sync.OnceValues(func() (*Templates, error) { return New(nil) })

func shipped(t *testing.T) *Templates {
	t.Helper()
	templates, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	return templates
}

// over is what New gives with a site's folder, with the shipped templates read
// once for all tests.
func over(t *testing.T, site fs.FS) (*Templates, error) {
	t.Helper()
	base := shipped(t)
	both := &Templates{sources: maps.Clone(base.sources), scripts: maps.Clone(base.scripts), spoken: maps.Clone(base.spoken), short: maps.Clone(base.short), words: maps.Clone(base.words), layout: base.layout}
	return both, both.load(site)
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	path := filepath.Join("testdata", file)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if strings.ReplaceAll(string(want), "\r\n", "\n") != got {
		t.Errorf("%s has changed; look at it and run with -update\n%s", file, got)
	}
}

func TestHoldWarningNamesOnlyItsStep(t *testing.T) {
	m, _, err := shipped(t).Render(sample("hold-warning", sequence.Dunning))
	if err != nil {
		t.Fatal(err)
	}
	words, _, _ := strings.Cut(m.Text, "All that is overdue")
	if !strings.Contains(words, "INV-1001") || strings.Contains(words, "INV-1007") || strings.Contains(words, "E/2001") {
		t.Errorf("the warning names %q", words)
	}
	in := sample("hold-warning", sequence.Dunning)
	in.Hold = Hold{}
	if m, _, err = shipped(t).Render(in); err != nil || strings.Contains(m.Text, "What a hold means") || strings.Contains(m.Text, "earliest day") {
		t.Errorf("nothing is known of the hold, yet it says %q, %v", m.Text, err)
	}
}

func TestNamesStayNames(t *testing.T) {
	m, _, err := shipped(t).Render(sample("past-due-1", sequence.Dunning))
	if err != nil {
		t.Fatal(err)
	}
	if strings.ContainsAny(m.To[0].Name+m.Subject, "\r\n") {
		t.Errorf("a line break went into a head line: %q, %q", m.To[0].Name, m.Subject)
	}
	if strings.Contains(m.HTML, "<b>88</b>") || strings.Contains(m.HTML, "<Accounts>") {
		t.Error("a name became HTML")
	}
	if strings.Contains(m.Text, "[[") {
		t.Error("a name or a marker is left in the text")
	}
}

func TestRendersTheSameBytes(t *testing.T) {
	templates := shipped(t)
	first, _, err := templates.Render(sample("past-due-2", sequence.Dunning))
	if err != nil {
		t.Fatal(err)
	}
	_, want, _ := first.Encode()
	for range 5 {
		m, _, _ := templates.Render(sample("past-due-2", sequence.Dunning))
		if _, got, _ := m.Encode(); got != want {
			t.Fatal("the same input gave another message")
		}
	}
}

func TestNothingAsked(t *testing.T) {
	in := sample("past-due-1", sequence.Dunning)
	in.Intent.Asked = ar.Balance{{Minor: 0, Currency: "USD"}, {Minor: -5, Currency: "EUR"}}
	if _, _, err := shipped(t).Render(in); !fault.Is(err, fault.Invalid) {
		t.Errorf("a reminder for nothing: %v", err)
	}
}

func TestPrivatePersonsSubject(t *testing.T) {
	in := sample("past-due-4", sequence.Dunning)
	in.Accounts[0].Customer.DebtorKind = "consumer"
	m, _, err := shipped(t).Render(in)
	if err != nil || m.Subject != "Harbour & Sons Chandlery, Inc.: about your account" {
		t.Errorf("subject %q, %v", m.Subject, err)
	}
}

func TestBadTemplatesAreFoundAtLoad(t *testing.T) {
	for content, want := range map[string]string{
		"Hello\n\n[[footer]]\n":                                                    "does not begin with its subject",
		"Subject: x\n\nno footer\n":                                                "lacks [[footer]]",
		"Subject: x\n\n[[documens]]\n\n[[footer]]\n":                               "mine.en.txt:3: [[documens]] is no marker",
		"Subject: x\n\n\nsee [[pay]] below\n\n[[footer]]\n":                        "mine.en.txt:4:",
		"Subject: x\n\n{{.custmer.name}}\n\n[[footer]]\n":                          `mine.en.txt:3:10: executing`,
		"Subject: x\n\n{{if .contact.name}}\n\n[[footer]]\n":                       "unexpected EOF",
		"Subject: {{.asked.0}}\n\n[[footer]]\n":                                    "mine.en.txt",
		"Subject: x\n\n{{range 99999999}}spam, spam and spam{{end}}\n\n[[footer]]": "larger than 1 MiB",
		"Subject: {{if .hold_from}}y{{end}}\n\n[[footer]]\n":                       "the subject is empty",
		"Subject: x\n\n{{(index .documents 0).number}}\n[[footer]]\n":              "index out of range",
	} {
		_, err := over(t, fstest.MapFS{"mine.en.txt": {Data: []byte(content)}})
		if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", content, err, want)
		}
	}
	if _, err := over(t, fstest.MapFS{"words.de.json": {Data: []byte(`{"total_asekd":"x"}`)}}); !fault.Is(err, fault.Invalid) {
		t.Errorf("a mistyped word: %v", err)
	}
	if _, err := over(t, fstest.MapFS{"words.de.json": {Data: []byte(`{"pay_now":"%s, %d"}`)}}); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "pay_now") {
		t.Errorf("a word with two blanks: %v", err)
	}
	if _, err := over(t, fstest.MapFS{"mine.txt": {Data: []byte("Subject: x\n\n[[footer]]")}}); !fault.Is(err, fault.Invalid) {
		t.Errorf("a file without a language: %v", err)
	}
}
