package oracle

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"strings"
	"time"

	"holdfast/adapters"
)

// lateError is a statement that was ended here because its time was over.
type lateError struct {
	limit time.Duration
	locks bool // it may have waited for a row that someone else changes
	cause error
}

// Error says after how long.
func (e *lateError) Error() string {
	return fmt.Sprintf("the statement was not done after %s and was ended: %v", e.limit, e.cause)
}

// Unwrap returns the client's own error.
func (e *lateError) Unwrap() error { return e.cause }

// errLost is a connection that was lost; why is not known any more.
var errLost = errors.New("the connection was lost")

// oracleError is an error that has a code, as godror's have; 0: one of the
// client's own, DPI-1234.
type oracleError interface {
	error
	Code() int
	Message() string
}

// codeOf returns the number of ORA-nnnnn, or 0.
func codeOf(err error) int {
	var ora oracleError
	if errors.As(err, &ora) {
		return ora.Code()
	}
	return 0
}

// Sort sorts by Oracle's code.
func (Driver) Sort(err error) (adapters.Class, string) {
	var late *lateError
	var ora oracleError
	switch {
	case errors.As(err, &late) && late.locks:
		return adapters.Lock, "a row is locked by someone else; " + cureBusy
	case errors.As(err, &late), errors.Is(err, context.DeadlineExceeded):
		return adapters.Timeout, cureTimeout
	case errors.As(err, &ora):
		return sortCode(ora)
	case errors.Is(err, errLost), errors.Is(err, driver.ErrBadConn):
		return adapters.Connection, cureReach
	}
	return adapters.Other, ""
}

func sortCode(ora oracleError) (adapters.Class, string) {
	if s, ok := codes[ora.Code()]; ok && !strings.Contains(ora.Message(), "DPI-1067") {
		return s.class, s.cure
	}
	for part, s := range clientErrors {
		if strings.Contains(ora.Message(), part) {
			return s.class, s.cure
		}
	}
	if ora.Code() >= ownFirst && ora.Code() <= ownLast {
		return adapters.Constraint, "the ERP's own trigger or procedure refuses; its words say why"
	}
	return adapters.Other, ""
}

// Answered reports whether the server itself said no. A connection that is lost
// may have lost the answer; a call that took too long may still be carried out.
func (d Driver) Answered(err error) bool {
	if codeOf(err) == 0 {
		return false
	}
	class, _ := d.Sort(err)
	return class != adapters.Connection && class != adapters.Timeout && class != adapters.Cancelled
}
