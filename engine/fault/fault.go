// Package fault sorts errors into the few kinds that decide what happens next.
package fault

import (
	"errors"
	"fmt"
)

// Kind says what can be done about an error.
type Kind string

// The kinds of error. Only Transient is tried again by itself.
const (
	Unknown     Kind = "unknown"
	Invalid     Kind = "invalid"     // input or config is wrong; a person mends it
	NotFound    Kind = "not found"   // the thing named is not there
	Denied      Kind = "denied"      // login or rights
	Conflict    Kind = "conflict"    // someone else changed it first
	Transient   Kind = "transient"   // likely to go away: lock, network, busy
	Unsupported Kind = "unsupported" // this backend cannot
	Uncertain   Kind = "uncertain"   // it may or may not have happened
	Replaced    Kind = "replaced"    // the ERP database is not the one we knew
	Expired     Kind = "expired"     // what changed is no longer known: read everything
	Pending     Kind = "pending"     // asked for, and not yet so
	Full        Kind = "full"        // no space left
	Corrupt     Kind = "corrupt"     // the state file is damaged
	Busy        Kind = "busy"        // another instance holds the state
)

// Error is an error of a kind. Op is what was being done, Cure how to mend it;
// both may be empty.
type Error struct {
	Kind Kind
	Op   string
	Err  error
	Cure string
}

// Error writes what was being done, what went wrong and how to mend it.
func (e *Error) Error() string {
	s := e.Err.Error()
	if e.Op != "" {
		s = e.Op + ": " + s
	}
	if e.Cure != "" {
		s += "; " + e.Cure
	}
	return s
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// New returns an error of a kind; a %w in format keeps its cause.
func New(kind Kind, format string, args ...any) *Error {
	return &Error{Kind: kind, Err: fmt.Errorf(format, args...)}
}

// Wrap says what was being done when err came up and keeps its kind. A nil err
// gives nil.
func Wrap(op string, err error) error {
	if err == nil {
		return nil
	}
	return &Error{Kind: KindOf(err), Op: op, Err: err}
}

// WithCure returns e with a sentence on how to mend it.
func (e *Error) WithCure(format string, args ...any) *Error {
	e.Cure = fmt.Sprintf(format, args...)
	return e
}

// KindOf returns the kind of the outermost Error in err, Unknown where there
// is none.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Unknown
}

// Is reports whether err is of a kind.
func Is(err error, kind Kind) bool { return err != nil && KindOf(err) == kind }
