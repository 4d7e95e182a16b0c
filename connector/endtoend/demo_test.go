package endtoend_test

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/jhillyerd/enmime/v2"
	"github.com/xuri/excelize/v2"
	_ "modernc.org/sqlite" // the tests look into the demo ERP
)

// demoReport is what demo --json tells.
type demoReport struct {
	Warehouse []struct {
		Customer  string   `json:"customer"`
		RefusedOn []string `json:"refused_on"`
		LiftedOn  string   `json:"lifted_on"`
		ShippedOn string   `json:"shipped_on"`
	} `json:"warehouse"`
	Months []struct {
		Month  string `json:"month"`
		All    string `json:"all"`
		Ties   bool   `json:"ties"`
		Totals []struct {
			Currency string `json:"currency"`
			Closing  string `json:"closing"`
		} `json:"totals"`
	} `json:"months"`
}

func demo(t *testing.T, days string) (*site, demoReport) {
	t.Helper()
	s := &site{t: t, dir: filepath.Join(t.TempDir(), "demo")}
	stdout, stderr, code := s.run("demo", "--dir", s.dir, "--days", days, "--json")
	if code != 0 {
		t.Fatalf("demo: exit %d\n%s%s", code, stdout, stderr)
	}
	var r demoReport
	must(t, json.Unmarshal([]byte(stdout), &r))
	return s, r
}

func TestDemoDoesTheMainJob(t *testing.T) {
	s, r := demo(t, "45")
	erp, err := sql.Open("sqlite", filepath.Join(s.dir, "erp.db"))
	must(t, err)
	defer erp.Close()
	checkMails(t, s, erp)
	refused, shipped := 0, 0
	for _, w := range r.Warehouse {
		if len(w.RefusedOn) > 0 {
			refused++
		}
		if w.LiftedOn != "" && w.ShippedOn >= w.LiftedOn {
			shipped++
		}
	}
	if refused == 0 || shipped == 0 {
		t.Errorf("the warehouse was refused %d times and shipped after release %d times", refused, shipped)
	}
	if len(r.Months) == 0 {
		t.Fatal("no month was closed")
	}
	for _, month := range r.Months {
		checkMonth(t, month.All, month.Month)
		for _, total := range month.Totals {
			if want := balanceAt(t, erp, month.Month+"-31", total.Currency); cents(t, total.Closing) != want || !month.Ties {
				t.Errorf("%s closes at %s %s, the ERP says %d; ties: %t", month.Month, total.Closing, total.Currency, want, month.Ties)
			}
		}
	}
}

// The lines of a mail's text: a document, and the sums below a currency's table.
var (
	tableHead = regexp.MustCompile(`(?:Open|Offen|Restant dû|Pendiente), ([A-Z]{3})$`)
	tableRow  = regexp.MustCompile(`^(INV-\d+)(?: \(\d+\))?\s+(\d{4}-\d\d-\d\d)\s+(\d{4}-\d\d-\d\d)\s+(?:\d+\s\s+)?(\d[\d.,\x{a0}\x{202f} ]*[.,]\d\d)$`)
	listed    = regexp.MustCompile(`^(?:Documents listed above|Summe der genannten Belege|Total des pièces ci-dessus|Total de los documentos indicados)\s+(\d[\d.,\x{a0}\x{202f} ]*[.,]\d\d) ([A-Z]{3})$`)
	marks     = regexp.MustCompile(`\D`) // of an amount with two decimals, in any language
)

// minor reads an amount with two decimals as minor units.
func minor(t *testing.T, text string) int64 {
	t.Helper()
	n, err := strconv.ParseInt(marks.ReplaceAllString(text, ""), 10, 64)
	must(t, err)
	return n
}

// checkMails parses every mail and compares each document's open amount, on the
// day of the mail, with the ERP's applications; and the sums with the rows.
func checkMails(t *testing.T, s *site, erp *sql.DB) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(s.dir, "outbox", "*", "*.eml"))
	must(t, err)
	if len(files) < 100 {
		t.Fatalf("the outbox holds %d mails", len(files))
	}
	documents, added := 0, 0
	for _, file := range files {
		data, err := os.ReadFile(file)
		must(t, err)
		e, err := enmime.ReadEnvelope(bytes.NewReader(data))
		must(t, err)
		if len(e.Errors) > 0 || e.HTML == "" {
			t.Errorf("%s: %v", file, e.Errors)
		}
		rows := map[string]int64{}
		sums := map[string]int64{}
		currency := ""
		for _, line := range strings.Split(strings.ReplaceAll(e.Text, "\r", ""), "\n") {
			line = strings.TrimRight(line, " ")
			if m := tableHead.FindStringSubmatch(line); m != nil {
				currency = m[1]
			}
			if m := tableRow.FindStringSubmatch(line); m != nil {
				open := minor(t, m[4])
				rows[currency] += open
				documents++
				if want := openAt(t, erp, m[1], m[3], filepath.Base(filepath.Dir(file))); want != open {
					t.Errorf("%s says %s is open with %d, the ERP with %d", file, m[1], open, want)
				}
			}
			if m := listed.FindStringSubmatch(line); m != nil {
				sums[m[2]] += minor(t, m[1])
			}
		}
		if len(sums) > 0 {
			added++
		}
		if len(sums) > 0 && fmt.Sprint(rows) != fmt.Sprint(sums) { // an answer has no sums, and thanks not even a table
			t.Errorf("%s: its rows add up to %v, it says %v", file, rows, sums)
		}
	}
	if documents < 1000 || added < len(files)/2 {
		t.Errorf("only %d documents were found in all mails, and sums in %d of %d", documents, added, len(files))
	}
	t.Logf("%d mails with %d documents", len(files), documents)
}

// openAt works out from the ERP's own rows what was open of an instalment at the
// end of a day.
func openAt(t *testing.T, erp *sql.DB, number, due, day string) int64 {
	t.Helper()
	var open int64
	err := erp.QueryRow(`SELECT i.amount - COALESCE((SELECT SUM(a.amount) FROM receipt_application a
			WHERE a.instalment_id = i.instalment_id AND a.applied_on <= ? AND (a.reversed = 0 OR (SELECT r.closed_on FROM receipt r WHERE r.receipt_no = a.receipt_no) > ?)), 0)
		FROM invoice_instalment i WHERE i.invoice_no = ? AND i.due_on = ?`, day, day, number, due).Scan(&open)
	if err != nil {
		t.Fatalf("%s due %s: %v", number, due, err)
	}
	return open
}

// balanceAt works out from the ERP's own rows what all customers owe at the end
// of a day, in minor units: invoices less memos and receipts.
func balanceAt(t *testing.T, erp *sql.DB, day, currency string) int64 {
	t.Helper()
	var sum int64
	err := erp.QueryRow(`SELECT (SELECT COALESCE(SUM(amount), 0) FROM invoice WHERE issued_on <= ?1 AND currency = ?2)
		- (SELECT COALESCE(SUM(amount), 0) FROM credit_memo WHERE issued_on <= ?1 AND currency = ?2)
		- (SELECT COALESCE(SUM(amount), 0) FROM receipt WHERE received_on <= ?1 AND currency = ?2 AND (returned = 0 OR closed_on > ?1))`,
		day, currency).Scan(&sum)
	must(t, err)
	return sum
}

// checkMonth opens the workbook of all customers in LibreOffice and reads its
// tie-out.
func checkMonth(t *testing.T, path, month string) {
	t.Helper()
	f, err := excelize.OpenFile(path)
	must(t, err)
	defer f.Close()
	rows, err := f.GetRows("Tie-out")
	must(t, err)
	if len(rows) < 3 {
		t.Errorf("%s: the tie-out has %d rows", month, len(rows))
	}
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Log("SKIPPED: LibreOffice is not installed, the workbook was not opened in it (apt-get install libreoffice-calc)")
		return
	}
	dir := t.TempDir()
	out, err := exec.Command(office, "--headless", "-env:UserInstallation=file://"+filepath.Join(dir, "profile"),
		"--convert-to", "pdf", "--outdir", dir, path).CombinedOutput()
	pdf := filepath.Join(dir, strings.TrimSuffix(filepath.Base(path), ".xlsx")+".pdf")
	if info, statErr := os.Stat(pdf); err != nil || statErr != nil || info.Size() == 0 {
		t.Errorf("LibreOffice: %v %v\n%s", err, statErr, out)
	}
}

func TestDemoIsTheSameForOneSeed(t *testing.T) {
	first, _ := demo(t, "6")
	second, _ := demo(t, "6")
	a, b := first.ok("plan", "--as-of", "2026-09-09", "--days", "5", "--json"), second.ok("plan", "--as-of", "2026-09-09", "--days", "5", "--json")
	if a != b || len(a) < 1000 {
		t.Errorf("two demos of one seed give plans of %d and %d bytes that differ", len(a), len(b))
	}
}
