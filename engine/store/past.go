package store

import (
	"cmp"
	"context"
	"database/sql"
	"maps"
	"slices"

	"holdfast/engine"
	"holdfast/engine/ar"
	"holdfast/engine/intake"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
)

// Past is all that the state knows of some parties: their records with their
// days, open and closed, and what was told.
type Past struct {
	Company      ar.Company
	Customers    []ar.Customer
	Contacts     []ar.Contact
	Documents    []ar.Document
	Applications []ar.Application
	Orders       []ar.Order
	Facts        []intake.Fact
	Contests     []Contest
	SeenOn       map[ar.AccountID]ar.Day
}

// Contest is a dispute of the ERP's on a document, as the journal of reasons
// has it.
type Contest struct {
	Document ar.DocumentID
	From     ar.Day
	To       ar.Day // the first day on which it was over; zero: it goes on
	Whole    bool   // nothing of the document was asked for
}

// PastOf reads all that is known of some parties of a company, in one read
// transaction. The disputes are those that the lane's decisions saw.
func (s *Store) PastOf(ctx context.Context, source ar.Source, id ar.CompanyID, mode outbox.Mode, payers []ar.CustomerID) (Past, error) {
	const op = "read the past of some parties"
	var names []string
	for _, p := range payers {
		names = append(names, string(p))
	}
	past := Past{SeenOn: map[ar.AccountID]ar.Day{}}
	err := s.read(ctx, op, func(tx *sql.Tx) error {
		c, err := findCompany(ctx, tx, source, id)
		if err != nil {
			return err
		}
		past.Company = c.Company
		r := pastRead{newCaseBatch(c, engine.Selection{Mode: mode}, names), &past}
		for i, payer := range payers {
			r.cases[i].Party = c.party(payer)
			r.byPayer[payer] = &r.cases[i]
		}
		for _, part := range []func(context.Context, *sql.Tx) error{
			r.readCustomers, r.readContacts, r.readOrders, r.readLives, r.documents, r.applications, r.facts, r.contests,
		} {
			if err := part(ctx, tx); err != nil {
				return err
			}
		}
		r.accountsOf()
		return nil
	})
	return past, err
}

// pastRead gathers a past; what a case has too is read as for a case.
type pastRead struct {
	*caseBatch
	past *Past
}

// accountsOf takes over what was read as for a case.
func (r *pastRead) accountsOf() {
	for i := range r.cases {
		for j := range r.cases[i].Accounts {
			a := &r.cases[i].Accounts[j]
			r.past.Customers = append(r.past.Customers, a.Customer)
			r.past.Contacts = append(r.past.Contacts, a.Contacts...)
			r.past.Orders = append(r.past.Orders, a.Orders...)
			if a.SeenOn != 0 {
				r.past.SeenOn[a.Customer.Account] = a.SeenOn
			}
		}
	}
}

func (r *pastRead) documents(ctx context.Context, tx *sql.Tx) error {
	scan := newDocumentScan(r.company)
	return r.ofAccounts(ctx, tx, `SELECT `+documentTable.fields("")+` FROM document`, "customer_id", ` ORDER BY customer_id, id`,
		func(rows *sql.Rows) error {
			d, err := scan.next(rows)
			r.past.Documents = append(r.past.Documents, d)
			return err
		})
}

func (r *pastRead) applications(ctx context.Context, tx *sql.Tx) error {
	if len(r.ids) < 2 {
		return nil
	}
	rows, err := tx.QueryContext(ctx, `SELECT `+applicationTable.fields("a.")+` FROM document d
		JOIN application a ON a.company_no = d.company_no AND a.document_id = d.id
		WHERE d.company_no = ? AND d.customer_id IN (`+placeholders(len(r.ids)-1)+`) ORDER BY d.customer_id, d.id, a.id`, r.ids...)
	return each(rows, err, func(rows *sql.Rows) error {
		a, err := scanApplication(r.company, rows)
		r.past.Applications = append(r.past.Applications, a)
		return err
	})
}

func (r *pastRead) facts(ctx context.Context, tx *sql.Tx) error {
	err := r.ofAccounts(ctx, tx, factFrom, "customer_id", ` ORDER BY f.id`, func(rows *sql.Rows) error {
		f, err := scanFact(rows)
		r.past.Facts = append(r.past.Facts, f.Fact)
		return err
	})
	slices.SortFunc(r.past.Facts, func(x, y intake.Fact) int { return cmp.Compare(x.ID, y.ID) })
	return err
}

// contests folds the journal of reasons of each party: an ERP's dispute stands
// while decisions give a reason about it.
func (r *pastRead) contests(ctx context.Context, tx *sql.Tx) error {
	args := []any{r.company.no, string(r.sel.Mode)}
	for _, payer := range r.payers {
		args = append(args, payer)
	}
	rows, err := tx.QueryContext(ctx, `SELECT payer, day, changes FROM verdict_log
		WHERE company_no = ? AND mode = ? AND payer IN (`+placeholders(len(r.payers))+`) ORDER BY payer, id`, args...)
	standing, of := map[verdictKey][]sequence.Verdict{}, ar.CustomerID("")
	open := map[ar.DocumentID]int{}
	return each(rows, err, func(rows *sql.Rows) error {
		var payer ar.CustomerID
		var day ar.Day
		var text string
		if err := rows.Scan(&payer, (*int32)(&day), &text); err != nil {
			return err
		}
		if payer != of {
			of = payer
			clear(standing)
			clear(open)
		}
		var changes verdictChanges
		if err := fromJSON(text, &changes); err != nil {
			return err
		}
		changes.apply(standing)
		r.past.contest(standing, open, day)
		return nil
	})
}

// contest takes in which disputes of the ERP's stand after a decision of a day;
// open has where those that go on are in the list.
func (p *Past) contest(standing map[verdictKey][]sequence.Verdict, open map[ar.DocumentID]int, day ar.Day) {
	contested, whole := map[ar.DocumentID]bool{}, map[ar.DocumentID]bool{}
	for key, verdicts := range standing {
		id := key.Subject.Document
		if key.Subject.Kind == sequence.SubjectDispute && key.Subject.Ref == "erp" {
			contested[id] = true
		} else if slices.ContainsFunc(verdicts, func(v sequence.Verdict) bool { return v.Reason == sequence.ReasonDisputed }) {
			whole[id] = true
		}
	}
	for _, id := range slices.Sorted(maps.Keys(contested)) {
		i, known := open[id]
		if !known {
			i = len(p.Contests)
			p.Contests, open[id] = append(p.Contests, Contest{Document: id, From: day}), i
		}
		c := &p.Contests[i]
		if c.To == 0 && c.Whole && !whole[id] {
			c.To = day // over; what is still said of it is its last word
		}
		c.Whole = c.Whole || whole[id]
	}
	for id, i := range open {
		if contested[id] {
			continue
		}
		if p.Contests[i].To == 0 {
			p.Contests[i].To = day
		}
		delete(open, id)
	}
}

// LastPosted returns the newest day on which anything was posted for a company:
// so far its ledger is known. Zero where nothing was read.
func (s *Store) LastPosted(ctx context.Context, source ar.Source, id ar.CompanyID) (ar.Day, error) {
	var day int32
	err := s.r.QueryRowContext(ctx, `SELECT MAX(x.day) FROM (
		SELECT COALESCE(MAX(CASE WHEN posted_on > issued_on THEN posted_on ELSE issued_on END), 0) AS day
			FROM document WHERE company_no = (SELECT no FROM company WHERE source = ?1 AND id = ?2)
		UNION ALL SELECT COALESCE(MAX(CASE WHEN posted_on > applied_on THEN posted_on ELSE applied_on END), 0)
			FROM application WHERE company_no = (SELECT no FROM company WHERE source = ?1 AND id = ?2)) x`, string(source), string(id)).Scan(&day)
	return ar.Day(day), wrap("read how far the ledger goes", err)
}

// LastDecided returns the day of the newest decision of a lane that the journal
// of reasons has, zero where it has none.
func (s *Store) LastDecided(ctx context.Context, source ar.Source, id ar.CompanyID, mode outbox.Mode) (ar.Day, error) {
	days, err := column[int32](ctx, s.r, `SELECT day FROM verdict_log WHERE company_no = (SELECT no FROM company WHERE source = ? AND id = ?)
		AND mode = ? ORDER BY id DESC LIMIT 1`, string(source), string(id), string(mode))
	if err != nil || len(days) == 0 {
		return 0, wrap("read when was decided last", err)
	}
	return ar.Day(days[0]), nil
}
