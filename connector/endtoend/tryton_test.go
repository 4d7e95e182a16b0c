package endtoend_test

import (
	"bytes"
	"database/sql"
	"encoding/csv"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jhillyerd/enmime/v2"
)

// tryton restores the dump of a real Tryton into a scratch database.
func tryton(t *testing.T) (dsn string, db *sql.DB, fixtures string) {
	t.Helper()
	fixtures = os.Getenv("HOLDFAST_TEST_TRYTON_FIXTURES")
	if fixtures == "" {
		t.Skip("SKIPPED: no Tryton dump; set HOLDFAST_TEST_TRYTON_FIXTURES to its folder")
	}
	dsn, db = scratch(t)
	restore := "pg_restore"
	if found, err := filepath.Glob("/usr/lib/postgresql/*/bin/pg_restore"); err == nil && len(found) > 0 {
		restore = found[len(found)-1]
	}
	out, err := exec.Command(restore, "--no-owner", "--no-acl", "--exit-on-error", "-d", dsn, filepath.Join(fixtures, "tryton-dev.dump")).CombinedOutput()
	if err != nil {
		t.Fatalf("restore: %v\n%s", err, out)
	}
	return dsn, db, fixtures
}

const rehearsalDay = "2026-11-23"

func rehearse(s *site, day string) {
	s.t.Helper()
	s.ok("run", "--once", "--rehearsal", "--as-of", day)
}

func TestTrytonFirstDayToARealMailServer(t *testing.T) {
	dsn, db, fixtures := tryton(t)
	s := newSite(t, "tryton", dsn, db)
	s.live()
	s.ok("check")
	s.ok("pull")
	before := list[planRow](s, "plan", "--as-of", rehearsalDay)
	if again := list[planRow](s, "plan", "--as-of", rehearsalDay); !cmp.Equal(before, again) {
		t.Error("two plans of one day differ")
	}

	paid := firstMessage(before)
	payEverything(s, paid.Company, paid.CustomerID)
	rehearse(s, rehearsalDay)
	want := map[string][]string{}
	for _, r := range before {
		if r.Kind == "message" && (r.Company != paid.Company || r.CustomerID != paid.CustomerID) {
			want[r.To] = append(want[r.To], r.Amount+" "+r.Currency)
		}
	}
	got := asked(t, s)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("what arrived differs from the plan less the customer who paid in between (-want +got):\n%s", diff)
	}
	compareWithFixture(t, fixtures, before)

	sent := s.sink.Count()
	rehearse(s, rehearsalDay)
	if s.sink.Count() != sent {
		t.Errorf("a second run of the day sent %d mails", s.sink.Count()-sent)
	}
}

// firstMessage returns the first message row that names one customer alone.
func firstMessage(rows []planRow) planRow {
	i := slices.IndexFunc(rows, func(r planRow) bool { return r.Kind == "message" })
	return rows[i]
}

// askedLine is what a mail's text says under its documents.
var askedLine = regexp.MustCompile(`(?m)^(?:Please pay|Bitte zahlen Sie|Importe a pagar|Montant à régler) +(\d[\d.,\x{a0}\x{202f} ]*) ([A-Z]{3})\r?$`)

// asked parses every mail at the sink and returns the sums that it asks for.
func asked(t *testing.T, s *site) map[string][]string {
	t.Helper()
	got := map[string][]string{}
	for _, mail := range s.sink.Mails() {
		e, err := enmime.ReadEnvelope(bytes.NewReader(mail.Data))
		must(t, err)
		if len(e.Errors) > 0 {
			t.Errorf("mail to %v: %v", mail.To, e.Errors)
		}
		if len(e.Attachments) == 0 || !strings.HasSuffix(e.Attachments[0].FileName, ".xlsx") {
			t.Errorf("mail to %v has no statement attached", mail.To)
		}
		for _, m := range askedLine.FindAllStringSubmatch(e.Text, -1) {
			to := strings.ToLower(mail.To[0])
			got[to] = append(got[to], decimal(minor(t, m[1]))+" "+m[2])
		}
	}
	return got
}

// decimal writes minor units of a currency with two decimals.
func decimal(minor int64) string { return fmt.Sprintf("%d.%02d", minor/100, minor%100) }

// compareWithFixture checks each planned sum against the fixture's own open
// items: all that is overdue on the day, with what falls due within two days
// and is spoken of, less unapplied credit.
func compareWithFixture(t *testing.T, fixtures string, plan []planRow) {
	t.Helper()
	spoken := map[string]bool{} // due soon or today
	for _, r := range plan {
		for _, number := range r.Documents {
			spoken[r.Company+r.Number+number] = true
		}
	}
	deduction := map[string]bool{} // given to a person instead
	for _, r := range plan {
		for _, number := range r.Documents {
			deduction[r.Company+r.Number+number] = deduction[r.Company+r.Number+number] || r.Kind == "task" && r.Reason == "suspected_deduction"
		}
	}
	sums := map[string]int64{}
	for _, row := range readCSV(t, filepath.Join(fixtures, "expected/open_items.csv")) {
		key := row["company"] + row["customer_code"] + row["currency"]
		if deduction[row["company"]+row["customer_code"]+row["invoice_number"]] {
			continue
		}
		late := row["due_date"] < rehearsalDay
		if row["kind"] != "invoice" || late || spoken[row["company"]+row["customer_code"]+row["invoice_number"]] && row["due_date"] <= "2026-11-25" {
			sums[key] += cents(t, row["open"])
		}
	}
	for _, row := range readCSV(t, filepath.Join(fixtures, "expected/unapplied_payments.csv")) {
		sums[row["company"]+row["customer_code"]+row["currency"]] += cents(t, row["amount"])
	}
	for _, row := range readCSV(t, filepath.Join(fixtures, "expected/other_debits.csv")) {
		if row["maturity_date"] != "" && row["maturity_date"] < rehearsalDay {
			sums[row["company"]+row["customer_code"]+row["currency"]] += cents(t, row["amount"])
		}
	}
	differ := 0
	for _, r := range plan {
		if r.Kind == "message" && cents(t, r.Amount) != sums[r.Company+r.Number+r.Currency] {
			differ++
			t.Logf("%s %s: asked for %s %s, the fixture says %d", r.Company, r.Number, r.Amount, r.Currency, sums[r.Company+r.Number+r.Currency])
		}
	}
	if differ > 0 {
		t.Errorf("%d sums differ from the fixture's", differ)
	}
}

func readCSV(t *testing.T, path string) []map[string]string {
	t.Helper()
	f, err := os.Open(path)
	must(t, err)
	defer f.Close()
	records, err := csv.NewReader(f).ReadAll()
	must(t, err)
	var rows []map[string]string
	for _, record := range records[1:] {
		row := map[string]string{}
		for i, name := range records[0] {
			row[name] = record[i]
		}
		rows = append(rows, row)
	}
	return rows
}

func cents(t *testing.T, text string) int64 {
	t.Helper()
	var units, rest int64
	sign := int64(1)
	if strings.HasPrefix(text, "-") {
		sign, text = -1, text[1:]
	}
	if _, err := fmt.Sscanf(text, "%d.%02d", &units, &rest); err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return sign * (units*100 + rest)
}

// payEverything books, as the ERP would show it, that a customer settled all
// its open receivable lines today.
func payEverything(s *site, company, customer string) {
	s.t.Helper()
	s.exec(`WITH r AS (INSERT INTO account_move_reconciliation (id, create_uid, create_date, date, company, name)
			VALUES (nextval('account_move_reconciliation_id_seq'), 1, now() AT TIME ZONE 'UTC', current_date, $1::int, 'e2e') RETURNING id)
		UPDATE account_move_line l SET reconciliation = r.id, write_date = now() AT TIME ZONE 'UTC', write_uid = 1
		FROM r, account_account a, account_move m
		WHERE a.id = l.account AND m.id = l.move AND m.company = $1::int AND l.party = $2::int AND l.reconciliation IS NULL
			AND a.type IN (SELECT id FROM account_account_type WHERE receivable)`, company, customer)
	s.exec(`UPDATE account_invoice SET state = 'paid', write_date = now() AT TIME ZONE 'UTC'
		WHERE company = $1::int AND party = $2::int AND state = 'posted' AND type = 'out'`, company, customer)
}

// limitOf reads a customer's credit limit: "no row", "NULL" or the value.
func limitOf(s *site, company, customer string) string {
	s.t.Helper()
	var limit sql.NullString
	err := s.db.QueryRow(`SELECT credit_limit_amount::text FROM party_party_credit_limit_amount WHERE company = $1::int AND party = $2::int`,
		company, customer).Scan(&limit)
	switch {
	case err == sql.ErrNoRows:
		return "no row"
	case err != nil:
		s.t.Fatal(err)
	case !limit.Valid:
		return "NULL"
	}
	return limit.String
}

// holdRow is a row of hold list --json.
type holdRow struct {
	Company    string `json:"company"`
	CustomerID string `json:"customer_id"`
	State      string `json:"state"`
}

func TestTrytonHoldsAreWarnedWrittenAndRestored(t *testing.T) {
	dsn, db, _ := tryton(t)
	s := newSite(t, "tryton", dsn, db)
	s.live()
	s.ok("hold", "enable", "--company", "1", "--yes")
	s.exec(`UPDATE party_party_credit_limit_amount SET credit_limit_amount = NULL WHERE company = 1 AND party % 3 = 0`)
	s.exec(`DELETE FROM party_party_credit_limit_amount WHERE company = 1 AND party % 3 = 1`)
	s.ok("pull", "--full")
	s.ok("adopt", "--quota", "1000", "--yes")
	before := map[string]string{}
	found := map[string]string{} // kind of limit → customer that was held
	day, err := time.Parse(time.DateOnly, rehearsalDay)
	must(t, err)
	for range 75 {
		if day.Weekday() != time.Saturday && day.Weekday() != time.Sunday {
			remember(s, before)
			rehearse(s, day.Format(time.DateOnly))
			held(t, s, before, found)
		}
		if len(found) == 3 {
			break
		}
		day = day.AddDate(0, 0, 1)
	}
	if len(found) != 3 {
		t.Fatalf("holds were placed over %v only; all three kinds of limit should come up", slices.Collect(maps.Keys(found)))
	}
	for _, customer := range found {
		payEverything(s, "1", customer)
	}
	rehearse(s, day.AddDate(0, 0, 1).Format(time.DateOnly))
	for kind, customer := range found {
		if now := limitOf(s, "1", customer); now != before[customer] {
			t.Errorf("%s: after the release the limit of %s is %s, before the hold it was %s", kind, customer, now, before[customer])
		}
	}
}

// remember notes the limits of customers that are not held yet.
func remember(s *site, before map[string]string) {
	s.t.Helper()
	for _, r := range list[planRow](s, "plan", "--as-of", "2026-12-01") {
		if _, known := before[r.CustomerID]; !known && r.Company == "1" {
			before[r.CustomerID] = limitOf(s, "1", r.CustomerID)
		}
	}
}

// held notes one held customer per kind of limit that stood before.
func held(t *testing.T, s *site, before, found map[string]string) {
	t.Helper()
	for _, h := range list[holdRow](s, "hold", "list", "--company", "1") {
		if h.State != "placed" {
			continue
		}
		if now := limitOf(s, "1", h.CustomerID); now != "-999999999" {
			t.Fatalf("the journal says that %s is held, and its limit is %s", h.CustomerID, now)
		}
		kind := before[h.CustomerID]
		if kind != "no row" && kind != "NULL" {
			kind = "a limit"
		}
		if kind != "" {
			found[kind] = h.CustomerID
		}
	}
}
