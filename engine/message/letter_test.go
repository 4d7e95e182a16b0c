package message

import (
	"slices"
	"strings"
	"testing"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/sequence"
)

// A letter is text alone: sender, receiver, place and date, subject, body.
func TestLetter(t *testing.T) {
	in := sampleOf("final-notice")
	in.Intent.To = []ar.Contact{{Name: "Ada Berg", Address: ar.Address{Line1: "Postboks 9", Postcode: "1602", City: "Fredrikstad", Country: "NO"}}}
	m, _, err := shipped(t).Render(in)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"Østfold Marine & Co [ [pay]]", "Ada Berg", "Postboks 9", "1602 Fredrikstad", "NORWAY"}
	if !slices.Equal(m.Postal, want) || len(m.To) != 0 || m.HTML != "" {
		t.Errorf("to %v and %q, HTML %q", m.To, m.Postal, m.HTML)
	}
	parts := strings.SplitN(m.Text, "\n\n", 5)
	for i, p := range []string{
		"Harbour & Sons Chandlery, Inc.\n14 Quay Street\nPortland, ME 04101", strings.Join(want, "\n"), "Portland, 21 November 2026", m.Subject, "Dear Ada Berg,",
	} {
		if !strings.HasPrefix(parts[i], p) {
			t.Errorf("paragraph %d is %q, want %q", i, parts[i], p)
		}
	}
	if strings.Contains(m.Text, "\n--\n") || !strings.Contains(m.Text, "by letter") {
		t.Errorf("it ends like a mail:\n%s", m.Text)
	}
}

func TestLetterToTheCustomerItself(t *testing.T) {
	for _, c := range []struct {
		address ar.Address
		want    []string
	}{
		{ar.Address{Line1: "1 Elm St", City: "Salem", Region: "MA", Postcode: "01970", Country: "US"}, []string{"1 Elm St", "Salem, MA 01970"}},
		{ar.Address{Line1: "1 Elm St", Line2: "Unit 2", City: "Toronto", Region: "ON", Postcode: "M5V 1A1", Country: "CA"}, []string{"1 Elm St", "Unit 2", "Toronto ON M5V 1A1", "CANADA"}},
		{ar.Address{Line1: "1 High St", City: "Poole", Postcode: "BH15 1AB", Country: "GB"}, []string{"1 High St", "Poole", "BH15 1AB", "UNITED KINGDOM"}},
		{ar.Address{Line1: "Deichstr. 1", City: "Hamburg", Postcode: "20459"}, []string{"Deichstr. 1", "20459 Hamburg"}},
	} {
		in := sampleOf("locate-letter")
		customer := &in.Accounts[0].Customer
		customer.LegalName, customer.Name, customer.Address = "Østfold Marine AS", "Østfold", c.address
		in.Intent.To = []ar.Contact{{Name: "Østfold", Address: c.address}}
		m, _, err := shipped(t).Render(in)
		if err != nil || !slices.Equal(m.Postal, append([]string{"Østfold Marine AS"}, c.want...)) {
			t.Errorf("%v: %q", err, m.Postal)
		}
	}
}

func TestLetterNeedsAnAddress(t *testing.T) {
	in := sampleOf("locate-letter")
	in.Accounts[0].Customer.Address = ar.Address{}
	if _, _, err := shipped(t).Render(in); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "postal address") {
		t.Errorf("a letter to nowhere: %v", err)
	}
}

func TestPlaceAndDate(t *testing.T) {
	for language, want := range map[string][2]string{
		"fr": {"Lyon, le 21 novembre 2026", "Le 21 novembre 2026"}, "de": {"Lyon, 21. November 2026", "21. November 2026"},
	} {
		in := sampleOf("locate-letter")
		in.Stated = language
		for i, place := range []string{"Lyon", ""} {
			in.Company.Place = place
			m, _, err := shipped(t).Render(in)
			if err != nil || !strings.Contains(m.Text, "\n\n"+want[i]+"\n\n") {
				t.Errorf("%s: %v\n%s", language, err, m.Text)
			}
		}
	}
}

// The parts say what the text says: every paragraph, cell and sum.
func TestLetterParts(t *testing.T) {
	in := sampleOf("past-due-3")
	in.Intent.Medium, in.Company.PayText = sequence.MediumLetter, "IBAN XX00 0000 0000, with the number of your document"
	m, _, err := shipped(t).Render(in)
	if err != nil || m.Letter == nil {
		t.Fatal(m.Letter, err)
	}
	said := append(slices.Clone(m.Letter.Sender), m.Letter.Dated)
	tables, asked := 0, []string{}
	for _, b := range m.Letter.Body {
		said = append(said, b.Lines...)
		if b.Table == nil {
			continue
		}
		tables++
		said = append(said, b.Table.Head...)
		for _, r := range b.Table.Rows {
			said = append(append(said, r.Cells...), r.Note)
			if r.Strong {
				asked = append(asked, r.Cells[1])
			}
		}
	}
	for _, text := range said {
		if !strings.Contains(m.Text, text) {
			t.Errorf("%q is not in the text", text)
		}
	}
	slip := strings.Join(m.Letter.Slip, "\n")
	for _, text := range append(asked, in.Company.PayText) {
		if !strings.Contains(slip, text) || tables < 2 || len(asked) == 0 {
			t.Errorf("%d tables, asked %q, slip without %q:\n%s", tables, asked, text, slip)
		}
	}
	if !strings.HasPrefix(m.Letter.Body[0].Lines[0], "Dear ") || !strings.Contains(m.Letter.Body[len(m.Letter.Body)-1].Lines[0], "as of") {
		t.Errorf("body: %+v", m.Letter.Body)
	}
	in.Company.PayText = ""
	if m, _, err = shipped(t).Render(in); err != nil || m.Letter.Slip != nil {
		t.Errorf("no way to pay is known, and the slip says %q, %v", m.Letter.Slip, err)
	}
}
