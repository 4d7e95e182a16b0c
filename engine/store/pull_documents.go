package store

import "context"

// swapDocuments takes documents in and closes those that have vanished.
func (w *swap) swapDocuments(ctx context.Context) error {
	empty, err := isEmpty(ctx, w.tx, documentTable, w.company.no)
	if err != nil {
		return err
	}
	if empty {
		return w.firstDocuments(ctx)
	}
	if err := w.takeDiffering(ctx, documentTable); err != nil {
		return err
	}
	err = w.tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM temp.differing x CROSS JOIN staged.document s
		WHERE s.n = x.n AND x.kept_open = 1 AND s.open = 0`).Scan(&w.report.Closed)
	if err != nil || !w.full && !w.told {
		return err
	}
	return w.closeVanished(ctx)
}

// firstDocuments fills an empty company. Where no company has a document yet,
// the index over ids is built once over the rows that stand, which takes a
// fraction of the time of keeping it row by row.
func (w *swap) firstDocuments(ctx context.Context) error {
	var any bool
	if err := w.tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM document)`).Scan(&any); err != nil {
		return err
	}
	if any {
		return w.takeAll(ctx, documentTable)
	}
	if _, err := w.exec(ctx, `DROP INDEX document_by_id`); err != nil {
		return err
	}
	if err := w.takeAll(ctx, documentTable); err != nil {
		return err
	}
	_, err := w.exec(ctx, `CREATE UNIQUE INDEX document_by_id ON document (company_no, id)`)
	return err
}

// closeVanished closes the open documents that are no longer in the ERP.
func (w *swap) closeVanished(ctx context.Context) error {
	_, err := w.exec(ctx, `CREATE TEMP TABLE gone (customer_id TEXT, id TEXT, PRIMARY KEY (customer_id, id)) WITHOUT ROWID`)
	if err != nil {
		return err
	}
	w.report.Vanished, err = w.exec(ctx, `INSERT INTO temp.gone SELECT d.customer_id, d.id FROM document d WHERE `+
		w.vanishing(), w.company.no)
	if err != nil {
		return err
	}
	if err := w.touchCustomers(ctx, `SELECT DISTINCT customer_id FROM temp.gone`); err != nil {
		return err
	}
	_, err = w.exec(ctx, `UPDATE document SET `+closed+`
		WHERE company_no = ? AND (customer_id, id) IN (SELECT customer_id, id FROM temp.gone)`, int64(w.day), w.company.no)
	if err != nil {
		return err
	}
	if w.full {
		w.report.Missed += w.report.Vanished
	}
	w.report.Closed += w.report.Vanished
	w.report.Changed += w.report.Vanished
	_, err = w.exec(ctx, `DROP TABLE temp.gone`)
	return err
}

// closed is how a document looks that the ERP does not have any more; hash 0
// differs from every row, so that its return is noticed.
const closed = `open = 0, base_open = 0, disputed = 0, disputed_amount = 0, closed_on = ?, hash = 0`
