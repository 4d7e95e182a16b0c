package sqlserver

import (
	"context"
	"crypto/x509"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"testing"
	"time"

	mssql "github.com/microsoft/go-mssqldb"

	"holdfast/adapters"
)

// Each number that a person may meet is sorted, and has a cure.
func TestSortsNumbers(t *testing.T) {
	for class, list := range map[adapters.Class][]int32{
		adapters.Lock:           {1205, 1222, 3960, 3961, 41302},
		adapters.Authentication: {18456, 18452, 18470, 18486, 18487, 18488, 4064, 40615},
		adapters.Absent:         {4060, 911},
		adapters.Permission:     {229, 230, 262, 297, 300, 916, 15247, 3951, 3952},
		adapters.Missing:        {208, 207, 2812, 4121, 4104, 102, 156, 319, 195, 137, 22105},
		adapters.Constraint:     {2627, 2601, 547, 515, 3609, 50000},
		adapters.Data:           {245, 8114, 8115, 8152, 2628, 241, 242, 295, 248},
		adapters.Timeout:        {-2},
		adapters.ReadOnly:       {3906, 978, 979, 982},
		adapters.Exhausted:      {701, 1101, 1105, 8645, 9002, 10928, 10929, 40501},
		adapters.Damaged:        {823, 824, 825},
		adapters.Connection:     {233, 10053, 10054, 10060, 10061, 64, 4014, 17142, 596, 6005, 40613, 976},
	} {
		for _, n := range list {
			got, cure := Driver{}.Sort(fmt.Errorf("documents.sql: %w", mssql.Error{Number: n, Class: 16, Message: "m"}))
			if got != class || cure == "" {
				t.Errorf("%d: sorted as %q, want %q; cure %q", n, got, class, cure)
			}
		}
	}
}

// A number stands in one group only.
func TestNumbersAreSortedOnce(t *testing.T) {
	seen := map[int32]bool{}
	for _, g := range groups {
		for _, n := range g.numbers {
			if seen[n] {
				t.Errorf("%d is in two groups", n)
			}
			seen[n] = true
		}
	}
}

// What the server says last is often only that nothing could be done.
func TestSortsTheFirstErrorThatIsKnown(t *testing.T) {
	last := mssql.Error{Number: 11529, Class: 16, Message: "the metadata could not be determined"}
	last.All = []mssql.Error{{Number: 207, Class: 16, Message: "invalid column name"}, last}
	if class, _ := (Driver{}).Sort(last); class != adapters.Missing {
		t.Errorf("sorted as %q", class)
	}
	if class, _ := (Driver{}).Sort(mssql.Error{Number: 11529, Class: 16}); class != adapters.Other {
		t.Errorf("an unknown error is sorted as %q", class)
	}
}

// A number that is not listed is sorted by its severity.
func TestSortsBySeverity(t *testing.T) {
	for severity, class := range map[uint8]adapters.Class{
		13: adapters.Lock, 14: adapters.Permission, 16: adapters.Other, 17: adapters.Exhausted, 20: adapters.Connection, 24: adapters.Damaged,
	} {
		if got, _ := (Driver{}).Sort(mssql.Error{Number: 99999, Class: severity}); got != class {
			t.Errorf("severity %d: sorted as %q, want %q", severity, got, class)
		}
	}
}

// What does not come from the server is sorted too.
func TestSortsWhatTheServerDidNotSay(t *testing.T) {
	for class, list := range map[adapters.Class][]error{
		adapters.Connection: {
			driver.ErrBadConn, io.EOF, io.ErrUnexpectedEOF, &net.OpError{Op: "dial", Err: errors.New("refused")}, &net.DNSError{Name: "erp"},
			fmt.Errorf("TLS Handshake failed: %v", "read tcp: i/o timeout"), fmt.Errorf("TLS Handshake failed: %v", io.EOF),
			errors.New("no instance matching 'SAGE' returned from host 'erp'"), mssql.StreamError{InnerError: errors.New("x")},
			context.DeadlineExceeded,
		},
		adapters.Authentication: {
			fmt.Errorf("TLS Handshake failed: %v", x509.UnknownAuthorityError{}), x509.HostnameError{Certificate: &x509.Certificate{}, Host: "erp"},
			errors.New("server does not support encryption"), errors.New("krb5-configfile does not exist"), errors.New("login error: refused"),
		},
		adapters.Timeout:  {overdue{time.Second}, fmt.Errorf("hold_set.sql: %w", overdue{time.Second})},
		adapters.ReadOnly: {errReads},
		adapters.Other:    {errors.New("something else")},
	} {
		for _, err := range list {
			got, cure := Driver{}.Sort(err)
			if got != class || (cure == "") != (class == adapters.Other) {
				t.Errorf("%v: sorted as %q, want %q; cure %q", err, got, class, cure)
			}
		}
	}
}

// A commit is known to be undone only by an answer that left the connection
// standing.
func TestAnswered(t *testing.T) {
	for _, c := range []struct {
		err  error
		want bool
	}{
		{mssql.Error{Number: 1205, Class: 13}, true},
		{fmt.Errorf("commit: %w", mssql.Error{Number: 547, Class: 16}), true},
		{mssql.Error{Message: "server does not have an active transaction"}, true}, // the library's own: nothing was sent
		{mssql.Error{Number: 596, Class: 21}, false},
		{mssql.ServerError{}, false},
		{driver.ErrBadConn, false},
		{io.EOF, false},
		{overdue{time.Second}, false},
		{nil, false},
	} {
		if got := (Driver{}).Answered(c.err); got != c.want {
			t.Errorf("%v: answered %v", c.err, got)
		}
	}
}
