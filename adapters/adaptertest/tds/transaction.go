package tds

import (
	"encoding/binary"
	"errors"
	"sync/atomic"

	"holdfast/adapters/adaptertest/tsql"
)

// transactions numbers them.
var transactions atomic.Uint64

// begin opens a transaction, or counts one inside another.
func (s *session) begin(w *reply) error {
	s.depth++
	if s.depth > 1 {
		return nil
	}
	level := map[string]string{"READ UNCOMMITTED": "READ COMMITTED", "SNAPSHOT": "REPEATABLE READ"}[s.isolation]
	if level == "" {
		level = s.isolation
	}
	if err := s.exec("BEGIN ISOLATION LEVEL " + level); err != nil {
		s.depth = 0
		return err
	}
	s.id = transactions.Add(1)
	w.envBytes(envBegin, binary.LittleEndian.AppendUint64(nil, s.id), nil)
	return nil
}

// commit ends the outermost transaction, or counts one less.
func (s *session) commit(w *reply) error {
	if s.depth == 0 {
		return fail(3902, "The COMMIT TRANSACTION request has no corresponding BEGIN TRANSACTION.")
	}
	s.depth--
	if s.depth > 0 {
		return nil
	}
	err := s.exec("COMMIT")
	if err != nil {
		w.envBytes(envRollback, nil, binary.LittleEndian.AppendUint64(nil, s.id))
		return err
	}
	w.envBytes(envCommit, nil, binary.LittleEndian.AppendUint64(nil, s.id))
	if s.dropCommit {
		return errDropped
	}
	return nil
}

// rollback undoes the whole transaction.
func (s *session) rollback(w *reply) error {
	if s.depth == 0 {
		return fail(3903, "The ROLLBACK TRANSACTION request has no corresponding BEGIN TRANSACTION.")
	}
	s.depth = 0
	w.envBytes(envRollback, nil, binary.LittleEndian.AppendUint64(nil, s.id))
	return s.exec("ROLLBACK")
}

// levels are the isolation levels of a request to begin.
var levels = []string{"", "READ UNCOMMITTED", "READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE", "SNAPSHOT"}

// manage carries out a request of the transaction manager, [MS-TDS] 2.2.6.9.
func (s *session) manage(w *reply, r *body) error {
	names := map[uint16]string{5: "BEGIN TRANSACTION", 7: "COMMIT TRANSACTION", 8: "ROLLBACK TRANSACTION"}
	kind := r.u16()
	return s.faulty(w, names[kind], func() error {
		var err error
		switch kind {
		case 5:
			if level := int(r.u8()); level > 0 && level < len(levels) {
				s.isolation = levels[level]
			}
			err = s.begin(w)
		case 7:
			err = s.commit(w)
		case 8:
			err = s.rollback(w)
		default:
			err = fail(tsql.Unknown, "the request %d to the transaction manager is not known to this stand-in", kind)
		}
		if errors.Is(err, errDropped) {
			return err
		}
		if err != nil {
			w.failure(failureOf(err))
			w.done(tokenDone, doneError, 0, -1)
			return nil
		}
		w.done(tokenDone, 0, 0, -1)
		return nil
	})
}
