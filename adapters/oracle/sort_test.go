package oracle

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"holdfast/adapters"
	"holdfast/engine/fault"
)

// said is an error as godror's look.
type said struct {
	code int
	text string
}

func (s said) Code() int       { return s.code }
func (s said) Message() string { return s.text }
func (s said) Error() string   { return fmt.Sprintf("ORA-%05d: %s", s.code, s.text) }

func TestErrorsAreSorted(t *testing.T) {
	for _, c := range []struct {
		err      error
		class    adapters.Class
		answered bool
	}{
		{said{60, "deadlock detected"}, adapters.Lock, true},
		{said{1555, "snapshot too old"}, adapters.Lock, true},
		{said{1017, "invalid username/password"}, adapters.Authentication, true},
		{said{942, "table or view does not exist"}, adapters.Missing, true},
		{said{1031, "insufficient privileges"}, adapters.Permission, true},
		{said{1456, "READ ONLY transaction"}, adapters.ReadOnly, true},
		{said{16000, "database open for read-only access"}, adapters.ReadOnly, true},
		{said{12514, "listener does not currently know of service"}, adapters.Absent, true},
		{said{1722, "invalid number"}, adapters.Data, true},
		{said{1, "unique constraint violated"}, adapters.Constraint, true},
		{said{20001, "the customer is in use by OE"}, adapters.Constraint, true},
		{said{1578, "data block corrupted"}, adapters.Damaged, true},
		{said{1653, "unable to extend table"}, adapters.Exhausted, true},
		{said{1013, "user requested cancel"}, adapters.Cancelled, false},
		{said{3156, "DPI-1067: call timeout of 200 ms exceeded with"}, adapters.Timeout, false},
		{said{3113, "DPI-1067: call timeout of 200 ms exceeded with"}, adapters.Timeout, false},
		{said{3113, "DPI-1080: connection was closed by"}, adapters.Connection, false},
		{said{0, "DPI-1010: not connected"}, adapters.Connection, false},
		{said{12541, "no listener"}, adapters.Connection, false},
		{driver.ErrBadConn, adapters.Connection, false},
		{context.DeadlineExceeded, adapters.Timeout, false},
		{&lateError{limit: time.Second, cause: said{1013, "cancelled"}}, adapters.Timeout, false},
		{&lateError{limit: time.Second, locks: true, cause: context.DeadlineExceeded}, adapters.Lock, false},
		{said{31013, "something rare"}, adapters.Other, true},
		{errors.New("no code at all"), adapters.Other, false},
	} {
		err := fmt.Errorf("hold_set.sql: %w", c.err)
		class, cure := Driver{}.Sort(err)
		if class != c.class {
			t.Errorf("%v is of class %q, want %q", c.err, class, c.class)
		}
		if cure == "" && class != adapters.Other && class != adapters.Cancelled {
			t.Errorf("%v has no cure", c.err)
		}
		if got := (Driver{}).Answered(err); got != c.answered {
			t.Errorf("%v counts as answered: %v", c.err, got)
		}
	}
}

// Oracle does not tell a table that is missing from one that may not be seen;
// the cure names both.
func TestMissingTableNamesBothCures(t *testing.T) {
	_, cure := Driver{}.Sort(said{942, "table or view does not exist"})
	if !strings.Contains(cure, "grant") || !strings.Contains(cure, "version") {
		t.Error(cure)
	}
}

// Every class leads to a kind: nothing that will go away is given up, and nothing
// that a person must mend is tried again.
func TestCodesHaveKinds(t *testing.T) {
	for code, s := range codes {
		if s.class.Kind() == fault.Unknown {
			t.Errorf("ORA-%05d has no kind", code)
		}
	}
}

// A step of a plan names what it reads from end to end.
func TestPlanSteps(t *testing.T) {
	var b strings.Builder
	full := planStep{depth: 2, operation: "TABLE ACCESS", rows: 4000000}
	full.options.String, full.object.String = "STORAGE FULL", "AR_PAYMENT_SCHEDULES_ALL"
	index := planStep{depth: 1, operation: "TABLE ACCESS"}
	index.options.String, index.object.String = "BY INDEX ROWID", "HZ_PARTIES"
	index.writeTo(&b)
	full.writeTo(&b)
	want := "  TABLE ACCESS BY INDEX ROWID HZ_PARTIES\n    TABLE ACCESS STORAGE FULL AR_PAYMENT_SCHEDULES_ALL (4000000 rows)\n"
	if b.String() != want || !full.scans() || index.scans() {
		t.Errorf("%s%v %v", b.String(), full.scans(), index.scans())
	}
}
