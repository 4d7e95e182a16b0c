package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"holdfast/engine"
	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

// breakerFrom is how many documents must have been open before the breaker asks.
const breakerFrom = 20

// Finish swaps what was staged into the state in one transaction: rows that
// differ, their mark and the time of the read together. limit is the share in
// percent of the open documents that may vanish; nor may their number more than
// triple. Beyond either Finish changes nothing and returns fault.Conflict.
func (p *pull) Finish(ctx context.Context, mark ar.Mark, at time.Time, limit int) (engine.PullReport, error) {
	op := fmt.Sprintf("finish the pull of %s/%s", p.company.Source, p.company.ID)
	if err := p.usable(); err != nil {
		return engine.PullReport{}, wrap(op, err)
	}
	if p.s.w == nil {
		return engine.PullReport{}, wrap(op, fault.New(fault.Unsupported, "the state was opened for reading only"))
	}
	fresh, err := isEmpty(ctx, p.s.r, documentTable, p.company.no)
	if err != nil {
		return engine.PullReport{}, wrap(op, err)
	}
	if !fresh {
		if err := p.index(ctx); err != nil {
			return engine.PullReport{}, wrap(op, err)
		}
	}
	if _, err := p.stage.ExecContext(ctx, `PRAGMA shrink_memory`); err != nil {
		return engine.PullReport{}, wrap(op, err)
	}
	told, err := p.reported(ctx)
	if err != nil {
		return engine.PullReport{}, wrap(op, err)
	}
	w := swap{pull: p, told: told, mark: mark, at: at, limit: limit}
	run := w.run
	if fresh {
		run = w.lean
	}
	err = p.attached(ctx, p.s.w, func(conn *sql.Conn) error { return run(ctx, conn) })
	if err != nil {
		return engine.PullReport{}, wrap(op, p.nameDuplicate(ctx, err))
	}
	return w.report, wrap(op, p.Abandon(ctx))
}

// swap is the one transaction of a pull.
type swap struct {
	*pull
	tx     *sql.Tx
	mark   ar.Mark
	at     time.Time
	day    ar.Day // of the read, in the company's zone
	limit  int
	first  bool // the company had no customer before
	told   bool // the ERP named rows that it no longer has
	report engine.PullReport
}

// lean runs a first swap with a smaller page cache. The sorter takes as much
// again, and twice that while it grows; rows come in order, so that few pages
// suffice. What the swap no longer needs is given back. Two pragmas in one text
// are parsed, and so obeyed, each time; a single one would be kept prepared.
func (w *swap) lean(ctx context.Context, conn *sql.Conn) error {
	if _, err := conn.ExecContext(ctx, `PRAGMA shrink_memory; PRAGMA cache_size = -12288`); err != nil {
		return err
	}
	err := w.run(ctx, conn)
	_, e := conn.ExecContext(context.WithoutCancel(ctx), `PRAGMA shrink_memory; PRAGMA cache_size = `+writerCache)
	if err == nil {
		err = e
	}
	return err
}

func (w *swap) run(ctx context.Context, conn *sql.Conn) (err error) {
	if w.tx, err = conn.BeginTx(ctx, nil); err != nil {
		return err
	}
	defer w.tx.Rollback()
	steps := []func(context.Context) error{
		w.makeNotes, w.swapCompany, w.count, w.breaker, w.countMissed, w.swapCustomers, w.swapDocuments, w.swapRest, w.swapFlaws,
		w.swapCash, w.nameOrphans, w.keepLives, w.touch, w.dropNotes, w.log,
	}
	for _, step := range steps {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return w.tx.Commit()
}

// exec runs one statement and returns how many rows it changed.
func (w *swap) exec(ctx context.Context, query string, args ...any) (int, error) {
	result, err := w.tx.ExecContext(ctx, query, args...)
	if err != nil {
		return 0, err
	}
	n, err := result.RowsAffected()
	return int(n), err
}

// swapCompany takes over the company's own row, its mark and the time of the
// read, and the day that follows from its zone.
func (w *swap) swapCompany(ctx context.Context) error {
	_, err := w.exec(ctx, `UPDATE company SET mark = ?, read_at = ?, reads = reads + 1 WHERE no = ?`,
		string(w.mark), instant(w.at), w.company.no)
	if err != nil {
		return err
	}
	_, err = w.exec(ctx, `UPDATE company SET name = s.name, base_currency = s.base_currency, time_zone = s.time_zone
		FROM staged.company s WHERE company.no = ?`, w.company.no)
	if err != nil {
		return err
	}
	w.company, err = findCompany(ctx, w.tx, w.company.Source, w.company.ID)
	w.day = w.company.dayAt(w.at)
	return err
}

func (w *swap) count(ctx context.Context) error {
	return w.tx.QueryRowContext(ctx, `SELECT (SELECT COUNT(*) FROM staged.customer),
		(SELECT COUNT(*) FROM staged.document), (SELECT COUNT(*) FROM staged.flaw)`).
		Scan(&w.report.Customers, &w.report.Documents, &w.report.Flaws)
}

// breaker refuses a full read that looks broken rather than lived.
func (w *swap) breaker(ctx context.Context) error {
	if w.limit <= 0 || !w.full {
		return nil
	}
	var before, gone, after int
	err := w.tx.QueryRowContext(ctx, `SELECT COUNT(*), COALESCE(SUM(CASE WHEN `+stillStaged+` THEN 0 ELSE 1 END), 0)
		FROM document d WHERE d.company_no = ? AND d.open <> 0`, w.company.no).Scan(&before, &gone)
	if err != nil || before < breakerFrom {
		return err
	}
	err = w.tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM staged.document WHERE open <> 0`).Scan(&after)
	if err != nil {
		return err
	}
	const cure = "look whether the ERP's data is whole; if it is, pull again with --accept"
	switch {
	case gone*100 > before*w.limit:
		return fault.New(fault.Conflict, "%d of %d open documents would vanish, more than %d %%; nothing was changed",
			gone, before, w.limit).WithCure(cure)
	case after > 3*before:
		return fault.New(fault.Conflict, "the open documents would grow from %d to %d, more than three times; nothing was changed",
			before, after).WithCure(cure)
	}
	return nil
}

// lateBy is how much older than the newest row that we had a changed row must be
// before its absence is laid to the mark: stamps precede commits.
const lateBy = 10 * time.Minute

// countMissed counts what a full read brings although the mark should have
// brought it before: rows that differ and are not newer than what was read, and
// open documents that went without a word.
func (w *swap) countMissed(ctx context.Context) error {
	if !w.full {
		return nil
	}
	for _, t := range []table{customerTable, documentTable} {
		var newest sql.NullInt64
		err := w.tx.QueryRowContext(ctx, `SELECT MAX(changed_at) FROM `+t.name+` WHERE company_no = ?`, w.company.no).Scan(&newest)
		if err != nil {
			return err
		}
		if !newest.Valid {
			continue // nothing was read before
		}
		var n int
		err = w.tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM (`+t.listDiffering()+`) x CROSS JOIN staged.`+t.name+` s
			WHERE s.n = x.n AND (s.changed_at = ? OR s.changed_at < ?)`,
			w.company.no, instant(time.Time{}), instant(fromInstant(newest.Int64).Add(-lateBy))).Scan(&n)
		if err != nil {
			return err
		}
		w.report.Missed += n
	}
	return nil
}

func (w *swap) log(ctx context.Context) error {
	return journal(ctx, w.tx, note{at: w.at, actor: "cycle", kind: "pull.finished",
		subject: string(w.company.Source) + "/" + string(w.company.ID), body: w.report})
}
