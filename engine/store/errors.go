package store

import (
	"errors"
	"syscall"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"holdfast/engine/fault"
)

// wrap says what was being done and gives errors of SQLite their kind. A nil
// err gives nil.
func wrap(op string, err error) error {
	if err == nil {
		return nil
	}
	var known *fault.Error
	if errors.As(err, &known) {
		return fault.Wrap(op, err)
	}
	kind, cure := classify(err)
	return &fault.Error{Kind: kind, Op: op, Err: err, Cure: cure}
}

const (
	cureFull    = "free some space on the disk of the state folder and start again; nothing was half done"
	cureCorrupt = "restore the newest backup of the state folder, or move holdfast.db away and run `holdfast pull` to begin anew; the ERP is untouched"
	cureBusy    = "try again in a moment"
)

// classify returns the kind of an error that came from SQLite or the disk.
func classify(err error) (fault.Kind, string) {
	if errors.Is(err, syscall.ENOSPC) {
		return fault.Full, cureFull
	}
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return fault.Unknown, ""
	}
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_FULL:
		return fault.Full, cureFull
	case sqlite3.SQLITE_IOERR:
		return classifyIO(e.Code())
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return fault.Corrupt, cureCorrupt
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return fault.Transient, cureBusy
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH:
		return fault.Denied, "give the service's user the right to write in the state folder"
	}
	return fault.Unknown, ""
}

// classifyIO tells a write that found no room from a disk that fails: SQLite
// reports a WAL index that cannot grow as SHMSIZE or WRITE.
func classifyIO(code int) (fault.Kind, string) {
	switch code {
	case sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE, sqlite3.SQLITE_IOERR_TRUNCATE:
		return fault.Full, cureFull
	}
	return fault.Unknown, "look at the disk of the state folder"
}

// isUnique reports whether err is a broken unique index or primary key.
func isUnique(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) &&
		(e.Code() == sqlite3.SQLITE_CONSTRAINT_UNIQUE || e.Code() == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY)
}
