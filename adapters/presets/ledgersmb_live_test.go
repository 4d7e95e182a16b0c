package presets_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"holdfast/adapters"
	"holdfast/adapters/adaptertest"
	"holdfast/adapters/postgres"
	"holdfast/adapters/presets"
	"holdfast/engine/ar"
)

// ledgersmbPackage names the folder that the Debian package ledgersmb was
// unpacked to.
const ledgersmbPackage = "HOLDFAST_TEST_LEDGERSMB"

// ledgersmbModules are the package's procedures that the drawn life needs. Those
// that make roles, which are of the whole cluster, are left out.
var ledgersmbModules = []string{"Settings", "Util", "Account", "Session", "Date", "Voucher", "Payment", "Report"}

// The open items of a drawn life equal, per document and per customer and
// currency, what the life itself knows, what LedgerSMB's own aging report says
// and what its view of overpayments says.
func TestLedgerSMBEqualsItsBooks(t *testing.T) {
	dsn := loadLedgerSMB(t)
	l := &lsmbLife{life: newLife(t, dsn, 20261121), doubtful: map[string]bool{}}
	l.found()
	got := l.live(openPreset(t, "ledgersmb", "Harbor Pumps", dsn), l.step)
	l.equals(got)
	l.equalsReport(got)
	l.equalsOverpayments(got)
	explained(t, got)
}

// loadLedgerSMB makes an empty company with the package's own schema and
// procedures, and returns its DSN.
func loadLedgerSMB(t *testing.T) string {
	t.Helper()
	folder := packageFolder(t, ledgersmbPackage, "ledgersmb", "usr/share/ledgersmb/sql")
	dsn := adaptertest.Postgres(t)
	psql(t, dsn, filepath.Join(folder, "Pg-database.sql"), true)
	for _, change := range changesOf(t, filepath.Join(folder, "changes", "LOADORDER")) {
		name, mayFail := strings.CutPrefix(change, "!")
		psql(t, dsn, filepath.Join(folder, "changes", name), !mayFail)
	}
	for _, module := range ledgersmbModules {
		psql(t, dsn, filepath.Join(folder, "modules", module+".sql"), true)
	}
	return dsn
}

// packageFolder returns a folder inside an unpacked package, or skips the test
// and says how to get it.
func packageFolder(t *testing.T, variable, name, inside string) string {
	t.Helper()
	root := os.Getenv(variable)
	if root == "" {
		t.Skipf("SKIPPED: needs the Debian package %s; run apt-get download %s && dpkg-deb -x %s_*.deb FOLDER, and set %s to FOLDER",
			name, name, name, variable)
	}
	return filepath.Join(root, inside)
}

// changesOf reads LedgerSMB's list of changes: one a line, those that may fail
// begin with an exclamation mark.
func changesOf(t *testing.T, path string) (changes []string) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		if line := strings.TrimSpace(lines.Text()); line != "" && !strings.HasPrefix(line, "#") {
			changes = append(changes, line)
		}
	}
	if err := lines.Err(); err != nil || len(changes) == 0 {
		t.Fatalf("%s: %d changes, %v", path, len(changes), err)
	}
	return changes
}

// psql runs a file of a package; COPY with its rows in the file needs psql.
func psql(t *testing.T, dsn, file string, mustWork bool) {
	t.Helper()
	program := "psql"
	if _, err := exec.LookPath(program); err != nil {
		program = "/usr/lib/postgresql/15/bin/psql"
	}
	out, err := exec.Command(program, "-X", "-q", "-1", "-v", "ON_ERROR_STOP=1", "-d", dsn, "-f", file).CombinedOutput()
	if err != nil && mustWork {
		t.Fatalf("%s: %v\n%s", file, err, out)
	}
}

// life is a drawn year of an ERP and what it knows of its own open items.
type life struct {
	t     *testing.T
	conn  *pgx.Conn
	rng   *rand.Rand
	items []*item
	day   ar.Day
	count int
}

// item is a document, or a payment with something on account.
type item struct {
	id       string
	customer int
	currency ar.Currency
	amount   int64 // minor units
	open     int64
	day      ar.Day
	typed    bool // a payment was typed into it
}

func newLife(t *testing.T, dsn string, seed uint64) *life {
	t.Helper()
	conn, err := pgx.Connect(context.Background(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(context.Background()) })
	return &life{t: t, conn: conn, rng: rand.New(rand.NewPCG(seed, 1)), day: ar.MustDay("2026-01-05")}
}

func (l *life) exec(query string, args ...any) {
	l.t.Helper()
	if _, err := l.conn.Exec(context.Background(), query, args...); err != nil {
		l.t.Fatalf("%v\nin: %s\n%v", err, query, args)
	}
}

func (l *life) number(query string, args ...any) (n int) {
	l.t.Helper()
	if err := l.conn.QueryRow(context.Background(), query, args...).Scan(&n); err != nil {
		l.t.Fatalf("%v\nin: %s\n%v", err, query, args)
	}
	return n
}

// next counts up, for numbers of documents.
func (l *life) next() int { l.count++; return l.count }

// draw makes an item of a drawn customer, currency and amount.
func (l *life) draw() *item {
	cur := []ar.Currency{"USD", "USD", "USD", "EUR", "JPY"}[l.rng.IntN(5)]
	return &item{customer: 1 + l.rng.IntN(12), currency: cur, amount: 100 + l.rng.Int64N(900_000), day: l.day}
}

// pick returns a drawn item that fits, or nil.
func (l *life) pick(fits func(*item) bool) *item {
	var fit []*item
	for _, i := range l.items {
		if fits(i) {
			fit = append(fit, i)
		}
	}
	if len(fit) == 0 {
		return nil
	}
	return fit[l.rng.IntN(len(fit))]
}

// part draws a part of what is open, or all of it.
func (l *life) part(open int64) int64 {
	if open < 2 || l.rng.IntN(2) == 0 {
		return open
	}
	return 1 + l.rng.Int64N(open-1)
}

// sums adds what is open by customer and currency.
func (l *life) sums() map[string]int64 {
	sums := map[string]int64{}
	for _, i := range l.items {
		add(sums, fmt.Sprint(i.customer), i.currency, i.open)
	}
	return sums
}

func add(sums map[string]int64, customer string, currency ar.Currency, open int64) {
	if open != 0 {
		sums[customer+" "+string(currency)] += open
	}
}

// equals compares a pull with what the life knows.
func (l *life) equals(got *ledger) {
	l.t.Helper()
	wantEach, gotEach, gotSums := map[string]int64{}, map[string]int64{}, map[string]int64{}
	for _, i := range l.items {
		wantEach[i.id] = i.open
	}
	for _, d := range got.documents {
		if _, known := wantEach[string(d.ID)]; known || d.Open != 0 {
			gotEach[string(d.ID)] = d.Open
		}
		add(gotSums, string(d.Account.Customer), d.Currency, d.Open)
	}
	if diff := cmp.Diff(wantEach, gotEach); diff != "" {
		l.t.Errorf("open, by document (-life +pull):\n%s", diff)
	}
	if diff := cmp.Diff(l.sums(), gotSums); diff != "" {
		l.t.Errorf("open, by customer and currency (-life +pull):\n%s", diff)
	}
	if len(l.items) < 200 {
		l.t.Errorf("the life has only %d items", len(l.items))
	}
}

// live lives a year and returns the books at its end. A pull of what changed
// since the summer, laid over the books of the summer, must give the same.
func (l *life) live(erp *adapters.ERP, step func()) *ledger {
	l.t.Helper()
	for range 300 {
		step()
	}
	l.busyElsewhere()
	summer, mark := pulled(l.t, erp)
	for range 200 {
		step()
	}
	changed := &ledger{customers: map[ar.CustomerID]*ar.Customer{}}
	if _, err := erp.Pull(context.Background(), mark, changed.take); err != nil {
		l.t.Fatal(err)
	}
	end, _ := pulled(l.t, erp)
	laid, want := map[string]string{}, map[string]string{}
	lay(l.t, laid, summer)
	lay(l.t, laid, changed)
	lay(l.t, want, end)
	if diff := cmp.Diff(want, laid); diff != "" {
		l.t.Errorf("what changed since the summer (-whole +laid over):\n%s", diff)
	}
	switch {
	case len(changed.documents) == 0:
		l.t.Errorf("no document changed since the summer")
	case len(changed.documents) >= len(end.documents):
		l.t.Logf("%d of %d documents came: a transaction elsewhere on the server held the mark back", len(changed.documents), len(end.documents))
	}
	return end
}

// busyElsewhere uses up more transaction numbers than a read by xmin goes back
// behind its mark.
func (l *life) busyElsewhere() {
	l.t.Helper()
	l.exec(`CREATE TABLE elsewhere (n int)`)
	l.exec(`DO $$ BEGIN FOR i IN 1..12000 LOOP BEGIN INSERT INTO elsewhere VALUES (i); EXCEPTION WHEN division_by_zero THEN NULL; END; END LOOP; END $$`)
}

// lay writes each document and application under its id.
func lay(t *testing.T, over map[string]string, l *ledger) {
	t.Helper()
	for _, d := range l.documents {
		over[string(d.ID)] = line(t, d)
	}
	for _, a := range l.applications {
		over["application "+a.ID] = fmt.Sprint(*a)
	}
}

// openPreset opens a company by a preset; check must find nothing bad.
func openPreset(t *testing.T, preset, company, dsn string) *adapters.ERP {
	t.Helper()
	p, err := presets.Load(preset, "")
	if err != nil {
		t.Fatal(err)
	}
	erp, err := adapters.Open(adapters.Config{
		Source: "erp", Company: ar.CompanyID(company), Preset: p, Driver: postgres.Driver{}, DSN: dsn, HistoryDays: 36500,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { erp.Close() })
	if findings, err := erp.Probe(context.Background()); err != nil || !findings.OK() {
		t.Errorf("probe: %+v, %v", findings, err)
	}
	return erp
}

// explained: the amount of a document less its applications is open.
func explained(t *testing.T, l *ledger) {
	t.Helper()
	applied := map[ar.DocumentID]int64{}
	for _, a := range l.applications {
		applied[a.Document] += a.Amount
		applied[a.Receipt] -= a.Amount
	}
	for _, d := range l.documents {
		if d.Amount-applied[d.ID] != d.Open {
			t.Errorf("%s: %d less %d is not %d", d.ID, d.Amount, applied[d.ID], d.Open)
		}
	}
	if len(l.applications) < 50 {
		t.Errorf("only %d applications", len(l.applications))
	}
}

// lsmbLife is a life in LedgerSMB: documents as its screens write them, payments
// through its own procedures.
type lsmbLife struct {
	*life
	payments []*payment
	doubtful map[string]bool // by item: something on it is not approved, which the ERP's report counts
}

// payment is one that can be reversed.
type payment struct {
	source   string
	day      ar.Day
	currency ar.Currency
	parts    map[*item]int64
	reversed bool
}

// found sets the company up: accounts 1 receivable, 2 cash, 3 sales, 4
// overpayments, 5 and 6 exchange gain and loss; a rate for each day of the year.
func (l *lsmbLife) found() {
	l.exec(`INSERT INTO account_heading (id, accno, description) VALUES (1, '0000', 'All')`)
	for id, a := range []string{"A AR", "A AR_paid", "I AR_amount", "L AR_overpayment", "I -", "E -"} {
		category, link, _ := strings.Cut(a, " ")
		l.exec(`INSERT INTO account (id, accno, description, category, heading) VALUES ($1, $2, $3, $4, 1)`, id+1, fmt.Sprint(1000+id), link, category)
		if link != "-" {
			l.exec(`INSERT INTO account_link VALUES ($1, $2)`, id+1, link)
		}
	}
	l.exec(`INSERT INTO account_link VALUES (4, 'AR_paid')`)
	l.exec(`INSERT INTO defaults VALUES ('curr', 'USD:EUR:JPY'), ('company_name', 'Harbor Pumps'), ('fxgain_accno_id', '5'), ('fxloss_accno_id', '6')
		ON CONFLICT (setting_key) DO UPDATE SET value = excluded.value`)
	for c := 1; c <= 12; c++ {
		entity := l.number(`INSERT INTO entity (name, entity_class, control_code, country_id) VALUES ($1, 2, $2, 1) RETURNING id`,
			fmt.Sprintf("Customer %d", c), fmt.Sprintf("K-%d", c))
		l.exec(`INSERT INTO company (entity_id, legal_name) VALUES ($1, $2)`, entity, fmt.Sprintf("Customer %d Ltd", c))
		l.exec(`INSERT INTO entity_credit_account (id, entity_id, entity_class, meta_number, curr, ar_ap_account_id) VALUES ($1, $2, 2, $3, 'USD', 1)`,
			c, entity, fmt.Sprintf("C-%d", c))
	}
	for d := l.day; d < l.day+400; d++ {
		l.exec(`INSERT INTO exchangerate VALUES ('EUR', $1::text::date, $2::text::numeric, 1), ('JPY', $1::text::date, $3::text::numeric, 1)`,
			d.String(), fmt.Sprintf("1.%04d", 500+l.rng.IntN(1500)), fmt.Sprintf("0.00%04d", 6000+l.rng.IntN(1500)))
	}
}

// step does one thing, some days after the last.
func (l *lsmbLife) step() {
	l.day += ar.Day(l.rng.IntN(2))
	switch n := l.rng.IntN(100); {
	case n < 38:
		l.invoice(l.draw(), true)
	case n < 44:
		i := l.draw()
		i.amount = -i.amount
		l.invoice(i, true)
	case n < 47:
		l.invoice(l.draw(), false)
	case n < 74:
		l.pay(l.rng.IntN(5) == 0)
	case n < 80:
		l.useOverpayment()
	case n < 86:
		l.applyCredit()
	case n < 90:
		l.reverse()
	case n < 95:
		l.typeIn()
	default:
		l.bulk(l.rng.IntN(2) == 0)
	}
}

// invoice books a document as the screen for AR transactions does: without
// rounding, with the difference to the company's currency in entries of its own.
func (l *lsmbLife) invoice(i *item, approved bool) {
	fc := ar.FormatAmount(i.amount, i.currency)
	id := l.number(`INSERT INTO ar (invnumber, entity_credit_account, transdate, amount, netamount, duedate, curr, approved)
		SELECT $1, $2, $3::text::date, $4::text::numeric * r, $4::text::numeric * r, $3::text::date + 30, $5, $6
		FROM currency_get_exchangerate($5, $3::text::date, 2) AS r RETURNING id`,
		fmt.Sprintf("I-%d", l.next()), i.customer, i.day.String(), fc, string(i.currency), approved)
	l.exec(`INSERT INTO acc_trans (trans_id, chart_id, amount, transdate, fx_transaction)
		SELECT a.id, e.chart_id, e.amount, a.transdate, e.fx
		FROM ar AS a, currency_get_exchangerate(a.curr, a.transdate, 2) AS r,
			LATERAL (VALUES (1, 3, a.amount / r, false), (2, 3, a.amount - a.amount / r, true), (3, 1, -a.amount / r, false),
				(4, 1, -a.amount + a.amount / r, false)) AS e (n, chart_id, amount, fx)
		WHERE a.id = $1 AND e.amount <> 0 ORDER BY e.n`, id)
	if approved {
		i.id, i.open = fmt.Sprint(id), i.amount
		l.items = append(l.items, i)
	}
}

func invoiceOpen(i *item) bool { return i.open > 0 && i.amount > 0 }

// pay receives money for up to three invoices of one customer, and perhaps more
// than they are.
func (l *lsmbLife) pay(tooMuch bool) {
	first := l.pick(invoiceOpen)
	if first == nil {
		return
	}
	p := &payment{currency: first.currency, parts: map[*item]int64{}}
	for _, i := range l.items {
		if invoiceOpen(i) && i.customer == first.customer && i.currency == first.currency && len(p.parts) < 3 {
			p.parts[i] = l.part(i.open)
		}
	}
	if tooMuch {
		over := 1 + l.rng.Int64N(50_000)
		id := l.post(p, 2, nil, over)
		l.items = append(l.items, &item{id: fmt.Sprintf("P/%d", id), customer: first.customer, currency: first.currency, amount: -over, open: -over, day: l.day})
		return
	}
	l.post(p, 2, nil, 0)
	l.payments = append(l.payments, p)
}

// post calls LedgerSMB's procedure for payments: account is where the money comes
// from, from the payment whose rest it is, over what is put on account.
func (l *lsmbLife) post(p *payment, account int, from *int, over int64) int {
	p.day, p.source = l.day, fmt.Sprintf("S-%d", l.next())
	var amounts, sources []string
	var accounts, documents []int
	var funds []*int
	for _, i := range l.items { // in a fixed order, as a map has none
		part, paid := p.parts[i]
		if !paid {
			continue
		}
		amounts, accounts = append(amounts, ar.FormatAmount(part, i.currency)), append(accounts, account)
		documents, sources, funds = append(documents, idOf(i)), append(sources, p.source), append(funds, from)
		i.open -= part
	}
	var overAmounts []string
	var overCash, overAccounts []int
	if over > 0 {
		overAmounts, overCash, overAccounts = []string{ar.FormatAmount(over, p.currency)}, []int{2}, []int{4}
	}
	if from == nil {
		funds = nil
	}
	var customer int
	for i := range p.parts {
		customer = i.customer
	}
	return l.number(`SELECT payment_post($1::text::date, 2, $2, $3, NULL, 'on account', $4, $5::text[]::numeric[], NULL, $6, $6, $7,
		$8::text[]::numeric[], $9, ARRAY[$12::text], ARRAY[''], $10, $11, true)`,
		l.day.String(), customer, string(p.currency), accounts, amounts, sources, documents, overAmounts, overCash, overAccounts, funds, p.source)
}

func idOf(i *item) (n int) {
	fmt.Sscanf(strings.TrimPrefix(i.id, "P/"), "%d", &n)
	return n
}

// useOverpayment pays an invoice from what a customer has on account.
func (l *lsmbLife) useOverpayment() {
	over := l.pick(func(i *item) bool { return strings.HasPrefix(i.id, "P/") && i.open < 0 })
	if over == nil {
		return
	}
	invoice := l.pick(func(i *item) bool {
		return invoiceOpen(i) && i.customer == over.customer && i.currency == over.currency
	})
	if invoice == nil {
		return
	}
	part, from := l.part(min(-over.open, invoice.open)), idOf(over)
	l.post(&payment{currency: over.currency, parts: map[*item]int64{invoice: part}}, 4, &from, 0)
	over.open += part
}

// applyCredit pays an invoice with a credit note: one payment of both.
func (l *lsmbLife) applyCredit() {
	credit := l.pick(func(i *item) bool { return i.amount < 0 && i.open < 0 && !strings.HasPrefix(i.id, "P/") })
	if credit == nil {
		return
	}
	invoice := l.pick(func(i *item) bool {
		return invoiceOpen(i) && i.customer == credit.customer && i.currency == credit.currency
	})
	if invoice == nil {
		return
	}
	part := l.part(min(-credit.open, invoice.open))
	l.post(&payment{currency: credit.currency, parts: map[*item]int64{invoice: part, credit: -part}}, 2, nil, 0)
}

// reverse takes a payment back by LedgerSMB's procedure.
func (l *lsmbLife) reverse() {
	if len(l.payments) == 0 {
		return
	}
	p := l.payments[l.rng.IntN(len(l.payments))]
	if p.reversed {
		return
	}
	p.reversed = true
	var customer int
	for i, part := range p.parts {
		customer = i.customer
		i.open += part
	}
	l.number(`SELECT payment__reverse($1, $2::text::date, $3, '1001', $4::text::date, 2, NULL, NULL,
		currency_get_exchangerate($5, $4::text::date, 2), $5)`, p.source, p.day.String(), customer, l.day.String(), string(p.currency))
}

// typeIn types a payment into an invoice: LedgerSMB rounds it in the company's
// currency. A second one, or one in yen, could be a unit off.
func (l *lsmbLife) typeIn() {
	i := l.pick(func(i *item) bool { return invoiceOpen(i) && !i.typed && i.currency != "JPY" })
	if i == nil {
		return
	}
	part := l.part(i.open)
	i.typed, i.open = true, i.open-part
	l.exec(`INSERT INTO acc_trans (trans_id, chart_id, amount, transdate, source, fx_transaction)
		SELECT a.id, e.chart_id, e.amount, $2::text::date, e.source, e.fx
		FROM ar AS a, currency_get_exchangerate(a.curr, a.transdate, 2) AS r,
			LATERAL (VALUES (1, round($3::text::numeric * r, 2), NULL, false), (2, -$3::text::numeric, 'typed', false),
				(2, $3::text::numeric - round($3::text::numeric * r, 2), 'typed', true)) AS e (chart_id, amount, source, fx)
		WHERE a.id = $1`, idOf(i), l.day.String(), ar.FormatAmount(part, i.currency))
}

// bulk pays one invoice by a batch, which is approved or waits.
func (l *lsmbLife) bulk(approved bool) {
	i := l.pick(func(i *item) bool { return invoiceOpen(i) && i.currency == "USD" })
	if i == nil {
		return
	}
	part := l.part(i.open)
	batch := l.number(`INSERT INTO batch (batch_class_id, control_code, default_date) VALUES (6, $1, $2::text::date) RETURNING id`,
		fmt.Sprintf("B-%d", l.next()), l.day.String())
	l.exec(`SELECT payment_bulk_post(ARRAY[ARRAY[$1::numeric, $2::text::numeric]], $3, $4, $2::text::numeric, '1000', '1001', $5::text::date, 2, 1, 'USD')`,
		idOf(i), ar.FormatAmount(part, i.currency), batch, fmt.Sprintf("S-%d", l.next()), l.day.String())
	if !approved {
		l.doubtful[i.id] = true
		return
	}
	l.exec(`SELECT batch_post($1)`, batch)
	i.open -= part
}

// equalsReport compares what is open in the company's currency with LedgerSMB's
// own aging report, as of a day on which everything is due. The report also
// counts what nobody approved, and fractions of a cent; those are left out.
func (l *lsmbLife) equalsReport(got *ledger) {
	l.t.Helper()
	want, have := map[string]string{}, map[string]string{}
	rows, err := l.conn.Query(context.Background(), `SELECT r.id::text, round(r.c0 + r.c30 + r.c60 + r.c90, 2)::text
		FROM report__invoice_aging_detail(NULL, 2, NULL, '2028-12-31', NULL, true, NULL) AS r JOIN ar ON ar.id = r.id AND ar.approved
		WHERE round(r.c0 + r.c30 + r.c60 + r.c90, 2) <> 0`)
	if err != nil {
		l.t.Fatal(err)
	}
	for rows.Next() {
		var id, open string
		if err := rows.Scan(&id, &open); err != nil {
			l.t.Fatal(err)
		}
		if !l.doubtful[id] {
			want[id] = open
		}
	}
	if err := rows.Err(); err != nil {
		l.t.Fatal(err)
	}
	for _, d := range got.documents {
		if d.Kind != ar.Receipt && d.BaseOpen != nil && *d.BaseOpen != 0 && !l.doubtful[string(d.ID)] {
			have[string(d.ID)] = ar.FormatAmount(*d.BaseOpen, "USD")
		}
	}
	if diff := cmp.Diff(want, have); diff != "" {
		l.t.Errorf("open in the company's currency (-LedgerSMB's report +pull):\n%s", diff)
	}
	if len(want) < 50 {
		l.t.Errorf("the report has only %d rows", len(want))
	}
}

// equalsOverpayments compares receipts in the company's currency with
// LedgerSMB's own view.
func (l *lsmbLife) equalsOverpayments(got *ledger) {
	l.t.Helper()
	want, have := map[string]string{}, map[string]string{}
	rows, err := l.conn.Query(context.Background(), `SELECT 'P/' || o.payment_id, (-o.available)::text
		FROM overpayments AS o JOIN payment AS p ON p.id = o.payment_id AND p.currency = 'USD' WHERE o.available <> 0`)
	if err != nil {
		l.t.Fatal(err)
	}
	for rows.Next() {
		var id, open string
		if err := rows.Scan(&id, &open); err != nil {
			l.t.Fatal(err)
		}
		want[id] = open
	}
	if err := rows.Err(); err != nil {
		l.t.Fatal(err)
	}
	for _, d := range got.documents {
		if d.Kind == ar.Receipt && d.Currency == "USD" && d.Open != 0 {
			have[string(d.ID)] = ar.FormatAmount(d.Open, "USD")
		}
	}
	if diff := cmp.Diff(want, have); diff != "" || len(want) == 0 {
		l.t.Errorf("%d overpayments (-LedgerSMB's view +pull):\n%s", len(want), diff)
	}
}
