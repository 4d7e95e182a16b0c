package store

import (
	"context"
	"database/sql"
	"slices"
	"strings"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

// stageRows is how many rows one statement stages.
const stageRows = 16

// Stage keeps records aside, in the order in which they come. One batch is
// written while the caller reads the next from the ERP: an error comes with the
// next call, or with Vanished or Finish.
func (p *pull) Stage(ctx context.Context, recs []ar.Record) error {
	if err := p.usable(); err != nil {
		return wrap("stage records", err)
	}
	if err := ctx.Err(); err != nil {
		return wrap("stage records", err)
	}
	own := slices.Clone(recs)
	flight := make(chan error, 1)
	p.flight = flight
	go func() { flight <- p.stageAll(own) }()
	return nil
}

// land waits for the batch that is being written. Half a batch cannot be taken
// back, so after an error nothing of the pull may be finished.
func (p *pull) land() {
	if p.flight == nil {
		return
	}
	err := <-p.flight
	p.flight = nil
	if err != nil {
		p.broken = wrap("stage records", p.nameDuplicate(context.Background(), err))
	}
}

// stageAll writes one batch. Its context cannot end: one that can costs a
// goroutine per statement, and a batch is short.
func (p *pull) stageAll(recs []ar.Record) error {
	quick := context.Background()
	tx, err := p.stage.BeginTx(quick, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	b := batch{tx: tx, waiting: map[string]*group{}}
	defer b.close()
	for _, rec := range recs {
		t, row, err := rowOf(rec)
		if err != nil {
			return err
		}
		if err := b.add(quick, t, row); err != nil {
			return err
		}
	}
	if err := b.flush(quick); err != nil {
		return err
	}
	return tx.Commit()
}

// batch gathers rows by table until there are enough for one statement.
type batch struct {
	tx      *sql.Tx
	waiting map[string]*group
}

// group is the rows of one table that wait.
type group struct {
	table  table
	values []any
	full   *sql.Stmt // of stageRows rows, prepared once
}

func (b *batch) add(ctx context.Context, t table, row []any) error {
	g := b.waiting[t.name]
	if g == nil {
		g = &group{table: t, values: make([]any, 0, stageRows*len(t.columns))}
		b.waiting[t.name] = g
	}
	g.values = append(g.values, row...)
	if len(g.values) < stageRows*len(t.columns) {
		return nil
	}
	return g.send(ctx, b.tx)
}

// send stages a full group.
func (g *group) send(ctx context.Context, tx *sql.Tx) (err error) {
	if g.full == nil {
		if g.full, err = tx.PrepareContext(ctx, g.statement(stageRows)); err != nil {
			return err
		}
	}
	_, err = g.full.ExecContext(ctx, g.values...)
	g.values = g.values[:0]
	return err
}

func (g *group) statement(rows int) string {
	return "INSERT INTO " + g.table.name + " (" + g.table.list("") + ") VALUES " + g.table.marks(rows)
}

// flush stages what is left of every group.
func (b *batch) flush(ctx context.Context) error {
	for _, g := range b.waiting {
		if rows := len(g.values) / len(g.table.columns); rows > 0 {
			if _, err := b.tx.ExecContext(ctx, g.statement(rows), g.values...); err != nil {
				return err
			}
		}
	}
	return nil
}

func (b *batch) close() {
	for _, g := range b.waiting {
		if g.full != nil {
			g.full.Close()
		}
	}
}

// index gives the staged documents a unique index, once.
func (p *pull) index(ctx context.Context) error {
	if p.indexed {
		return nil
	}
	_, err := p.stage.ExecContext(ctx, `CREATE UNIQUE INDEX document_by_id ON document (id)`)
	p.indexed = err == nil
	return p.nameDuplicate(ctx, err)
}

// nameDuplicate turns a broken unique index into a fault that names the row
// which the ERP passed twice; other errors are passed on.
func (p *pull) nameDuplicate(ctx context.Context, err error) error {
	if !isUnique(err) {
		return err
	}
	if p.indexed {
		return fault.New(fault.Invalid, "a document came twice in one read: %w", err).WithCure(cureDuplicate)
	}
	for _, t := range []table{documentTable, customerTable, contactTable, applicationTable, orderTable} {
		key := strings.Join(t.match, ", ")
		var id string
		query := "SELECT " + strings.Join(t.match, " || '/' || ") + " FROM " + t.name +
			" GROUP BY " + key + " HAVING COUNT(*) > 1 ORDER BY " + key + " LIMIT 1"
		if e := p.stage.QueryRowContext(ctx, query).Scan(&id); e == nil {
			return fault.New(fault.Invalid, "%s %s came twice in one read", t.name, id).WithCure(cureDuplicate)
		}
	}
	return err
}

const cureDuplicate = "the preset's query must pass each id once: look for a join that multiplies rows"
