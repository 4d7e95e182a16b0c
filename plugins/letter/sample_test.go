package letter

import (
	"fmt"
	"os/exec"
	"testing"
	"time"

	"holdfast/plugins/sdk"
)

// sampleLetter is a letter with an invoice table of some rows.
func sampleLetter(rows int) sdk.Message {
	table := &sdk.Table{Head: []string{"Beleg", "Datum", "Fällig", "Tage", "Offen, EUR"}, Right: 3}
	for i := range rows {
		r := sdk.Row{Cells: []string{fmt.Sprintf("INV-%04d", 1001+i), "2026-09-01", "2026-10-01", "53", fmt.Sprintf("%d.200,00", i+1)}}
		if i%3 == 2 {
			r.Note = "Ihre Bestellung PO-7781 · zweite Mahnung"
		}
		table.Rows = append(table.Rows, r)
	}
	sums := &sdk.Table{Right: 1, Rows: []sdk.Row{
		{Cells: []string{"Oben aufgeführte Belege", "4.800,00 EUR"}}, {Cells: []string{"Noch nicht zugeordnete Zahlungen", "-300,00 EUR"}},
		{Cells: []string{"Bitte zahlen Sie", "4.500,00 EUR"}, Strong: true},
	}}
	return sdk.Message{
		Key: fmt.Sprintf("%032x", rows), Subject: "Letzte Mahnung vor gerichtlichen Schritten", Language: "de", Reference: "C-1001", Purpose: "legal",
		Date:   time.Date(2026, 11, 23, 9, 30, 0, 0, time.UTC),
		Postal: []string{"Østfold Marine AS", "Frau Ada Berg", "Postboks 9", "1602 Fredrikstad", "NORWAY"},
		From:   sdk.Mailbox{Name: "Hafenkontor Łódź & Söhne GmbH"},
		Letter: &sdk.Letter{
			Sender: []string{"Hafenkontor Łódź & Söhne GmbH", "Deichstraße 14", "20459 Hamburg"}, Dated: "Hamburg, 23. November 2026",
			Body: []sdk.Block{
				{Lines: []string{"Sehr geehrte Frau Berg,"}},
				{Lines: []string{"trotz unserer Erinnerungen sind die unten genannten Rechnungen noch offen. Wir bitten Sie, den Betrag bis zum 7. Dezember 2026 " +
					"zu überweisen; danach geben wir die Sache an unsere Anwälte. Уважаемый клиент, Ελλάδα, 100 €."}},
				{Table: table}, {Table: sums},
				{Lines: []string{"Bitte überweisen Sie auf das Konto DE00 1234 bei der Hafenbank."}},
				{Lines: []string{"Mit freundlichen Grüßen", "Hafenkontor Łódź & Söhne GmbH"}},
			},
			Slip: []string{"Empfänger: Hafenkontor", "DE00 1234 bei der Hafenbank", "Verwendungszweck: C-1001"},
		},
	}
}

func plainLayout(t testing.TB, paper, envelope string) *layout {
	t.Helper()
	l, problems := layoutOf(Settings{Paper: paper, Window: envelope})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return l
}

// poppler finds one of Debian's tools that read PDF.
func poppler(t testing.TB, tool string) string {
	t.Helper()
	path, err := exec.LookPath(tool)
	if err != nil {
		t.Skipf("there is no %s (Debian package poppler-utils)", tool)
	}
	return path
}
