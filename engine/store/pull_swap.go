package store

import (
	"context"
	"strings"
)

// makeNotes makes the temporary tables in which a swap notes what it changes.
// They live on the writing connection, which the swap has to itself.
func (w *swap) makeNotes(ctx context.Context) error {
	_, err := w.exec(ctx, `
		CREATE TEMP TABLE differing (n INTEGER PRIMARY KEY, kept_customer TEXT, kept_open INTEGER);
		CREATE TEMP TABLE touched_customer (id TEXT PRIMARY KEY) WITHOUT ROWID;
		CREATE TEMP TABLE touched_party (payer TEXT PRIMARY KEY) WITHOUT ROWID;
		CREATE TEMP TABLE paid (customer_id TEXT PRIMARY KEY, first_on INTEGER, last_on INTEGER) WITHOUT ROWID;
		CREATE TEMP TABLE unpaid (customer_id TEXT PRIMARY KEY) WITHOUT ROWID`)
	return err
}

func (w *swap) dropNotes(ctx context.Context) error {
	_, err := w.exec(ctx, `DROP TABLE temp.differing; DROP TABLE temp.touched_customer; DROP TABLE temp.touched_party;
		DROP TABLE temp.paid; DROP TABLE temp.unpaid`)
	return err
}

// take brings a table's staged rows in: all of them into an empty company, else
// those that differ from what is kept. first says that it was empty.
func (w *swap) take(ctx context.Context, t table) (first bool, err error) {
	empty, err := isEmpty(ctx, w.tx, t, w.company.no)
	if err != nil {
		return false, err
	}
	if empty {
		return true, w.takeAll(ctx, t)
	}
	return false, w.takeDiffering(ctx, t)
}

// takeAll sorts the staged rows into an empty table.
func (w *swap) takeAll(ctx context.Context, t table) error {
	n, err := w.exec(ctx, `INSERT INTO `+t.name+` (company_no, `+t.list("")+`)
		SELECT ?, `+t.taken("", w.day)+` FROM staged.`+t.name+` ORDER BY `+strings.Join(t.order, ", "), w.company.no)
	if err != nil {
		return err
	}
	w.report.Changed += n
	return w.touchCustomers(ctx, `SELECT DISTINCT `+t.owner+` FROM `+t.name+` WHERE company_no = ?`, w.company.no)
}

// takeDiffering notes which staged rows differ by their hash, drops what was
// kept of them and adds them anew. A document may so move to another customer.
func (w *swap) takeDiffering(ctx context.Context, t table) error {
	if err := w.noteDiffering(ctx, t); err != nil {
		return err
	}
	if err := w.touchCustomers(ctx, `SELECT kept_customer FROM temp.differing WHERE kept_customer IS NOT NULL
		UNION SELECT s.`+t.owner+` FROM temp.differing x CROSS JOIN staged.`+t.name+` s WHERE s.n = x.n`); err != nil {
		return err
	}
	if _, err := w.exec(ctx, t.dropDiffering(), w.company.no); err != nil {
		return err
	}
	n, err := w.exec(ctx, `INSERT INTO `+t.name+` (company_no, `+t.list("")+`)
		SELECT ?, `+t.taken("s.", w.day)+` FROM temp.differing x CROSS JOIN staged.`+t.name+` s WHERE s.n = x.n
		ORDER BY s.`+strings.Join(t.order, ", s."), w.company.no)
	w.report.Changed += n
	return err
}

// dropDiffering deletes the kept rows that differ, by their whole primary key:
// by less than that SQLite would read the company from end to end.
func (t table) dropDiffering() string {
	key := make([]string, len(t.order))
	for i, column := range t.order {
		key[i] = "s." + column
		if column == t.owner {
			key[i] = "x.kept_customer"
		}
	}
	return `DELETE FROM ` + t.name + ` WHERE company_no = ? AND (` + strings.Join(t.order, ", ") + `) IN (
		SELECT ` + strings.Join(key, ", ") + ` FROM temp.differing x CROSS JOIN staged.` + t.name + ` s
		WHERE s.n = x.n AND x.kept_customer IS NOT NULL)`
}

func (w *swap) noteDiffering(ctx context.Context, t table) error {
	if _, err := w.exec(ctx, `DELETE FROM temp.differing`); err != nil {
		return err
	}
	_, err := w.exec(ctx, `INSERT INTO temp.differing (n, kept_customer, kept_open) `+t.listDiffering(), w.company.no)
	return err
}

// listDiffering selects the staged rows that differ from the kept ones k.
func (t table) listDiffering() string {
	same := make([]string, len(t.match))
	for i, column := range t.match {
		same[i] = "k." + column + " = s." + column
	}
	open := "0"
	if t.name == documentTable.name {
		open = "k.open <> 0"
	}
	return `SELECT s.n, k.` + t.owner + `, ` + open + ` FROM staged.` + t.name + ` s
		LEFT JOIN ` + t.name + ` k ON k.company_no = ? AND ` + strings.Join(same, " AND ") + `
		WHERE k.hash IS NULL OR k.hash <> s.hash`
}

// touchCustomers notes the customers that a query returns.
func (w *swap) touchCustomers(ctx context.Context, query string, args ...any) error {
	_, err := w.exec(ctx, `INSERT INTO temp.touched_customer (id) SELECT * FROM (`+query+`) WHERE true ON CONFLICT DO NOTHING`, args...)
	return err
}

// swapCustomers takes customers in. A customer that changes its payer touches
// the old payer too; one that a full pull did not bring is inactive.
func (w *swap) swapCustomers(ctx context.Context) error {
	_, err := w.exec(ctx, `INSERT INTO temp.touched_party (payer)
		SELECT DISTINCT k.payer FROM staged.customer s CROSS JOIN customer k
		WHERE k.company_no = ? AND k.id = s.id AND k.payer <> s.payer`, w.company.no)
	if err != nil {
		return err
	}
	if w.first, err = w.take(ctx, customerTable); err != nil || w.first || !w.full {
		return err
	}
	const gone = `company_no = ? AND active = 1 AND id NOT IN (SELECT id FROM staged.customer)
		AND id NOT IN (SELECT id FROM staged.flaw WHERE entity = 'customers')`
	if err := w.touchCustomers(ctx, `SELECT id FROM customer WHERE `+gone, w.company.no); err != nil {
		return err
	}
	_, err = w.exec(ctx, `UPDATE customer SET active = 0, hash = 0 WHERE `+gone, w.company.no)
	return err
}
