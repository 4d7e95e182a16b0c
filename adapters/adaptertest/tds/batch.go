package tds

import (
	"context"
	"errors"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"holdfast/adapters/adaptertest/tsql"
)

// batch rewrites a batch, runs its statements and writes what they bring. Each
// ends in a token of the kind given; the last one says that no more comes,
// unless the batch is part of a call.
func (s *session) batch(w *reply, text string, variables map[string]string, token byte) error {
	known := s.own()
	for name, value := range variables {
		known[name] = value
	}
	list, err := tsql.Parse(text, known)
	failed := false
	if err != nil {
		list, failed = nil, true
		if err := s.report(w, err); err != nil {
			return err
		}
	}
	for _, st := range list {
		command, count, err := s.statement(w, st, token)
		s.rows = count
		if errors.Is(err, errDropped) || s.stopped.Load() {
			return endedEarly(err)
		}
		var status uint16
		if err != nil {
			failed, status, count = true, doneError, -1
			if err := s.report(w, err); err != nil {
				return err
			}
		}
		if s.uncounted {
			count = -1
		}
		if st.Kind != tsql.Execute || err != nil {
			w.done(token, doneMore|status, command, count)
		}
		if err != nil && (failureOf(err).endsBatch() || s.abortAll) {
			break
		}
	}
	if token == tokenDone {
		w.done(tokenDone, map[bool]uint16{true: doneError}[failed], 0, -1)
	}
	return w.err
}

// endedEarly is how a batch ends that the client has lost interest in.
func endedEarly(err error) error {
	if errors.Is(err, errDropped) {
		return errDropped
	}
	return nil
}

// report writes an error, and undoes the transaction where such an error does.
func (s *session) report(w *reply, err error) error {
	f := failureOf(err)
	w.failure(f)
	if s.depth > 0 && (f.kills() || s.abortAll) {
		return s.rollback(w)
	}
	if s.pg.IsClosed() {
		return errDropped
	}
	return nil
}

// Commands of DONE.
const (
	commandSelect = 0xC1
	commandUpdate = 0xC5
)

// statement runs one statement. count is -1 where there is nothing to count.
func (s *session) statement(w *reply, st tsql.Statement, token byte) (command uint16, count int64, err error) {
	count = -1
	switch st.Kind {
	case tsql.Query:
		count, err = s.query(w, st)
		return commandSelect, count, err
	case tsql.Change:
		count, err = s.change(st.SQL)
		return commandUpdate, count, err
	case tsql.Define:
		_, err = s.change(st.SQL)
		s.server.forget()
	case tsql.Set:
		err = s.setOption(st)
	case tsql.Begin:
		err = s.begin(w)
	case tsql.Commit:
		err = s.commit(w)
	case tsql.Rollback:
		if st.Value != "" && s.depth > 0 {
			err = s.exec(`ROLLBACK TO SAVEPOINT "s ` + st.Value + `"`)
		} else {
			err = s.rollback(w)
		}
	case tsql.Save:
		err = s.exec(`SAVEPOINT "s ` + st.Value + `"`)
	case tsql.Execute:
		err = s.execute(w, st.Procedure, st.Arguments, token)
	case tsql.Grant, tsql.Login:
		err = s.server.grant(st)
	case tsql.Print:
		err = s.print(w, st.SQL)
	}
	return 0, count, err
}

// guarded runs a statement of PostgreSQL so that its failure leaves the
// transaction usable, as SQL Server does.
func (s *session) guarded(run func() error) error {
	if s.depth == 0 {
		return run()
	}
	if err := s.exec("SAVEPOINT tds"); err != nil {
		return err
	}
	if err := run(); err != nil {
		if back := s.exec("ROLLBACK TO SAVEPOINT tds"); back != nil {
			return errors.Join(err, back)
		}
		return err
	}
	return s.exec("RELEASE SAVEPOINT tds")
}

// change runs a statement without rows and returns how many it touched.
func (s *session) change(sql string) (count int64, err error) {
	err = s.guarded(func() error {
		results, err := s.pg.Exec(context.Background(), sql).ReadAll()
		if err == nil && len(results) > 0 {
			count = results[0].CommandTag.RowsAffected()
		}
		return err
	})
	return count, err
}

// query streams the rows of a query.
func (s *session) query(w *reply, st tsql.Statement) (count int64, err error) {
	err = s.guarded(func() error {
		ctx := context.Background()
		prepared, err := s.pg.Prepare(ctx, "", st.SQL, nil)
		if err != nil {
			return err
		}
		columns, err := s.columns(prepared.Fields, st.Columns)
		if err != nil {
			return err
		}
		if _, err := s.pg.Prepare(ctx, "", st.SQL, nil); err != nil { // the lookup of types has taken its place
			return err
		}
		count, err = s.stream(w, s.pg.ExecPrepared(ctx, "", nil, nil, nil), columns)
		return err
	})
	return count, err
}

// stream writes rows as they come. The columns go before the first, so that a
// query that cannot begin brings none.
func (s *session) stream(w *reply, rows *pgconn.ResultReader, columns []column) (count int64, err error) {
	var b []byte
	begun := false
	for rows.NextRow() {
		if !begun {
			w.metadata(columns)
			begun = true
		}
		if err != nil || w.err != nil || s.stopped.Load() {
			continue
		}
		b = append(b[:0], tokenRow)
		for i, cell := range rows.Values() {
			if b, err = columns[i].appendValue(b, cell); err != nil {
				break
			}
		}
		if err == nil {
			w.Write(b)
			count++
		}
	}
	_, closed := rows.Close()
	if closed == nil && !begun {
		w.metadata(columns)
	}
	return count, errors.Join(err, closed)
}

// print writes a text as an INFO.
func (s *session) print(w *reply, expression string) error {
	results, err := s.pg.Exec(context.Background(), "SELECT "+expression).ReadAll()
	if err != nil {
		return err
	}
	w.remark(tokenInfo, &Failure{Text: string(results[0].Rows[0][0])})
	return nil
}

// grant carries out CREATE LOGIN, GRANT and REVOKE for the logins that were made
// here; what is said of others has no effect.
func (s *Server) grant(st tsql.Statement) error {
	s.mu.Lock()
	_, known := s.logins[st.Value]
	if st.Kind == tsql.Login && !known {
		s.logins[st.Value] = st.Option
		known = true
	}
	s.mu.Unlock()
	if !known || st.SQL == "" {
		return nil
	}
	return s.administer(context.Background(), strings.Join([]string{tsql.Session, st.SQL}, "; "))
}
