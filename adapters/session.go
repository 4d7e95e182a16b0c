package adapters

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"holdfast/adapters/presets"
	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

// session is one connection in one read-only transaction: every query in it
// sees the same picture.
type session struct {
	erp     *ERP
	conn    *sql.Conn
	company *ar.Company // nil until read
}

// reading runs f in a session, and again after a transient error as long as f
// says that nothing has been passed on yet.
func (e *ERP) reading(ctx context.Context, what string, again func() bool, f func(*session) error) error {
	err := retry(ctx, again, func() error {
		return e.onConn(ctx, e.read, func(conn *sql.Conn) error {
			return e.inTx(ctx, conn, func() error { return f(&session{erp: e, conn: conn}) })
		})
	})
	return fault.Wrap(string(e.cfg.Source)+": "+what, err)
}

// onConn takes one of the two slots and a connection of db. Errors of the
// database come back sorted into kinds.
func (e *ERP) onConn(ctx context.Context, db *sql.DB, f func(*sql.Conn) error) error {
	select {
	case e.slots <- struct{}{}:
		defer func() { <-e.slots }()
	case <-ctx.Done():
		return ctx.Err()
	}
	conn, err := db.Conn(ctx)
	if err != nil {
		return e.sorted(ctx, err)
	}
	err = e.begin(ctx, conn)
	if err == nil {
		err = f(conn)
	}
	return errors.Join(e.sorted(ctx, err), ignoreDone(conn.Close()))
}

// begin runs the preset's session set-up: a pool may hand out a connection whose
// session was reset.
func (e *ERP) begin(ctx context.Context, conn *sql.Conn) error {
	for _, statement := range e.cfg.Preset.Session {
		text, err := presets.Put(statement, e.places)
		if err != nil {
			return fault.Wrap("session set-up", err)
		}
		if _, err := conn.ExecContext(ctx, text); err != nil {
			return fault.Wrap("session set-up: "+text, e.sorted(ctx, err))
		}
	}
	return nil
}

// inTx runs f in the driver's reading transaction on conn and ends it without
// a trace.
func (e *ERP) inTx(ctx context.Context, conn *sql.Conn, f func() error) error {
	tx, err := e.cfg.Driver.BeginRead(ctx, conn)
	if err != nil {
		return err
	}
	err = f()
	if rerr := tx.Rollback(); err == nil {
		err = ignoreDone(rerr)
	}
	return err
}

// ignoreDone drops the error of ending what a broken connection has ended.
func ignoreDone(err error) error {
	if errors.Is(err, sql.ErrTxDone) || errors.Is(err, sql.ErrConnDone) {
		return nil
	}
	return err
}

// sorted gives a database error its kind and cure. Errors that have a kind and
// those of a cancelled ctx stay as they are.
func (e *ERP) sorted(ctx context.Context, err error) error {
	var known *fault.Error
	switch {
	case err == nil || errors.As(err, &known):
		return err
	case ctx.Err() != nil:
		return ctx.Err()
	}
	class, cure := e.cfg.Driver.Sort(err)
	if class != Other {
		err = fmt.Errorf("%s: %w", class, err)
	}
	return &fault.Error{Kind: class.Kind(), Err: err, Cure: cure}
}

// stream runs a preset's query with binds and passes its rows to to.
func (s *session) stream(ctx context.Context, q *presets.Query, binds map[string]any, to Receiver) error {
	d := s.erp.cfg.Driver
	text, args, err := q.Render(s.erp.given(binds))
	if err != nil {
		return err
	}
	return fault.Wrap(q.File, s.erp.sorted(ctx, d.Stream(ctx, s.conn, text, args, to)))
}

// given is what a query is rendered with: binds, those that every query may
// use, and the places. Times are written as the driver wants them.
func (e *ERP) given(binds map[string]any) presets.Given {
	all := map[string]any{}
	if e.cfg.Company != "" {
		all["company"] = e.cfg.Driver.Bind(string(e.cfg.Company))
	}
	for name, value := range binds {
		all[name] = e.bind(value)
	}
	return presets.Given{Placeholder: e.cfg.Driver.Placeholder, Binds: all, Places: e.places}
}

// bind writes a value as the driver wants it; a list stays a list.
func (e *ERP) bind(value any) any {
	list, isList := value.([]string)
	if !isList {
		return e.cfg.Driver.Bind(value)
	}
	each := make([]any, len(list))
	for i, text := range list {
		each[i] = e.cfg.Driver.Bind(text)
	}
	return each
}

// base returns the company, reading it at the first call.
func (s *session) base(ctx context.Context) (*ar.Company, error) {
	if s.company != nil {
		return s.company, nil
	}
	all, err := s.companies(ctx)
	if err != nil {
		return nil, err
	}
	for _, c := range all {
		if c.ID != s.erp.cfg.Company {
			continue
		}
		if _, err := c.BaseCurrency.Digits(); err != nil {
			return nil, fault.New(fault.Invalid, "company %s (%s): %w", c.ID, c.Name, err).
				WithCure("let companies.sql give an ISO 4217 code as base_currency")
		}
		s.company = &c
		return s.company, nil
	}
	return nil, unknownCompany(s.erp.cfg.Company, all)
}
