package oracle_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"holdfast/adapters"
	"holdfast/adapters/adaptertest"
	"holdfast/adapters/oracle"
	"holdfast/adapters/presets"
	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

// documents is how many rows schema.sql makes.
const documents = 3000

var account = ar.AccountID{Source: "erp", Company: "1", Customer: "C1"}

// filled is a bench with the small ERP of testdata.
func filled(t *testing.T) adaptertest.Bench {
	t.Helper()
	b := adaptertest.Oracle(t)
	text, err := os.ReadFile(filepath.Join("testdata", "schema.sql"))
	if err != nil {
		t.Fatal(err)
	}
	b.Exec(t, string(text))
	return b
}

// open opens the small ERP; change may wish for something else.
func open(t *testing.T, b adaptertest.Bench, change func(*adapters.Config)) *adapters.ERP {
	t.Helper()
	preset, err := presets.Load("faults", "testdata")
	if err != nil {
		t.Fatal(err)
	}
	cfg := adapters.Config{Source: "erp", Company: "1", Preset: preset, Driver: oracle.Driver{}, DSN: b.DSN}
	if change != nil {
		change(&cfg)
	}
	erp, err := adapters.Open(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { erp.Close() })
	return erp
}

// seen reads the hold of C1.
func seen(t *testing.T, erp *adapters.ERP) ar.HoldState {
	t.Helper()
	state, err := erp.Hold(context.Background(), account)
	if err != nil {
		t.Fatal(err)
	}
	return state
}

// pulled pulls everything and counts the records.
func pulled(ctx context.Context, erp *adapters.ERP) (n int, mark ar.Mark, err error) {
	mark, err = erp.Pull(ctx, "", func(ar.Record) error { n++; return nil })
	return n, mark, err
}

// What goes away by itself is tried again, and the hold is written once.
func TestHoldIsTriedAgain(t *testing.T) {
	for says, directive := range map[string]string{
		"a deadlock": "ORA-00060", "a lock": "ORA-00054", "another transaction": "ORA-08177", "a session that was killed": "ORA-00028",
		"a connection that dies before the write": "drop", "a connection that dies after it": "drop-after",
	} {
		t.Run(says, func(t *testing.T) {
			b := filled(t)
			erp := open(t, b, nil)
			before := seen(t, erp)
			adaptertest.OracleFaults(t, b, "UPDATE erp_customer\t"+directive+" once")
			placed, err := erp.SetHold(context.Background(), account, ar.Hold{Placed: true}, before)
			if err != nil || placed.Value != "Y" {
				t.Errorf("placed %+v, %v", placed, err)
			}
		})
	}
}

// What a person must mend is said at once.
func TestHoldThatIsRefused(t *testing.T) {
	for directive, want := range map[string]struct {
		kind fault.Kind
		says string
	}{
		"ORA-01031": {fault.Denied, "grant"}, "ORA-00942": {fault.Invalid, "grant"}, "ORA-02290": {fault.Invalid, "rule of the table"},
		"ORA-20001": {fault.Invalid, "trigger"}, "ORA-16000": {fault.Denied, "primary"}, "ORA-01653": {fault.Transient, "space"},
	} {
		b := filled(t)
		erp := open(t, b, nil)
		before := seen(t, erp)
		adaptertest.OracleFaults(t, b, "UPDATE erp_customer\t"+directive)
		_, err := erp.SetHold(context.Background(), account, ar.Hold{Placed: true}, before)
		if !fault.Is(err, want.kind) || !strings.Contains(err.Error(), want.says) || !strings.Contains(err.Error(), directive) {
			t.Errorf("%s: %s, %v", directive, fault.KindOf(err), err)
		}
	}
}

// A commit that happened although the connection died is not known to have
// happened; the next read tells.
func TestCommitThatHappenedUnseen(t *testing.T) {
	b := filled(t)
	erp := open(t, b, nil)
	before := seen(t, erp)
	adaptertest.OracleFaults(t, b, "COMMIT\tdrop-after once")
	_, err := erp.SetHold(context.Background(), account, ar.Hold{Placed: true}, before)
	if !fault.Is(err, fault.Uncertain) {
		t.Errorf("%s: %v", fault.KindOf(err), err)
	}
	if now := seen(t, erp); now.Value != "Y" {
		t.Errorf("afterwards the hold is %+v", now)
	}
}

// A commit that never reached the server is just as uncertain, and nothing is
// written.
func TestCommitThatWasLost(t *testing.T) {
	b := filled(t)
	erp := open(t, b, nil)
	before := seen(t, erp)
	adaptertest.OracleFaults(t, b, "COMMIT\tdrop once")
	_, err := erp.SetHold(context.Background(), account, ar.Hold{Placed: true}, before)
	if !fault.Is(err, fault.Uncertain) {
		t.Errorf("%s: %v", fault.KindOf(err), err)
	}
	if now := seen(t, erp); !now.Same(before) {
		t.Errorf("afterwards the hold is %+v", now)
	}
}

// A commit that the server itself refuses, as by a rule that is checked late, is
// known to have been undone.
func TestCommitThatIsRefused(t *testing.T) {
	b := filled(t)
	erp := open(t, b, nil)
	before := seen(t, erp)
	adaptertest.OracleFaults(t, b, "COMMIT\tORA-02291 once")
	_, err := erp.SetHold(context.Background(), account, ar.Hold{Placed: true}, before)
	if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "ORA-02291") {
		t.Errorf("%s: %v", fault.KindOf(err), err)
	}
	if now := seen(t, erp); !now.Same(before) {
		t.Errorf("afterwards the hold is %+v", now)
	}
}

// A read that breaks off after its first rows brings no mark, and is left to the
// next pull, which is whole.
func TestPullThatBreaksOff(t *testing.T) {
	for directive, kind := range map[string]fault.Kind{
		"fetch-drop=1501 once": fault.Transient, "fetch-ORA-01555=1501 once": fault.Transient, "fetch-ORA-01578=1501 once": fault.Corrupt,
	} {
		t.Run(directive, func(t *testing.T) {
			b := filled(t)
			erp := open(t, b, nil)
			adaptertest.OracleFaults(t, b, "FROM erp_document\t"+directive)
			n, mark, err := pulled(context.Background(), erp)
			if !fault.Is(err, kind) || mark != "" || n == 0 || n >= documents {
				t.Errorf("%d records, mark %q, %s: %v", n, mark, fault.KindOf(err), err)
			}
			if n, mark, err := pulled(context.Background(), erp); err != nil || mark == "" || n != documents+3 {
				t.Errorf("the next pull: %d records, mark %q, %v", n, mark, err)
			}
		})
	}
}

// A connection that dies before the first row is passed on is replaced unseen.
func TestPullBeginsAgain(t *testing.T) {
	b := filled(t)
	erp := open(t, b, nil)
	adaptertest.OracleFaults(t, b, "FROM erp_company\tdrop once")
	if n, mark, err := pulled(context.Background(), erp); err != nil || mark == "" || n != documents+3 {
		t.Errorf("%d records, mark %q, %v", n, mark, err)
	}
}

// A cancelled statement ends soon, whether it waits for its first row or for a
// later one, and the connection serves again.
func TestCancelInTheMiddle(t *testing.T) {
	b := filled(t)
	erp := open(t, b, nil)
	adaptertest.OracleFaults(t, b, "FROM erp_document\tdelay=20000 once")
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(300*time.Millisecond, cancel)
	began := time.Now()
	if _, mark, err := pulled(ctx, erp); !errors.Is(err, context.Canceled) || mark != "" || time.Since(began) > 10*time.Second {
		t.Errorf("after %s: mark %q, %v", time.Since(began), mark, err)
	}
	if n, _, err := pulled(context.Background(), erp); err != nil || n != documents+3 {
		t.Errorf("the next pull: %d records, %v", n, err)
	}
}

// A statement that takes too long ends, with a word on what to change.
func TestStatementTimeout(t *testing.T) {
	b := filled(t)
	erp := open(t, b, func(c *adapters.Config) { c.StatementTimeout = 300 * time.Millisecond })
	adaptertest.OracleFaults(t, b, "FROM erp_document\tdelay=20000")
	began := time.Now()
	_, mark, err := pulled(context.Background(), erp)
	if !fault.Is(err, fault.Transient) || mark != "" || !strings.Contains(err.Error(), "raise statement_timeout") || time.Since(began) > 15*time.Second {
		t.Errorf("after %s: mark %q, %v", time.Since(began), mark, err)
	}
}

// What is wrong with a connection is sorted into kinds, with a cure, and no
// error holds the password.
func TestConnectionErrors(t *testing.T) {
	b := filled(t)
	if b.StandIn == "" {
		t.Skip("SKIPPED: the addresses and users are those of the stand-in")
	}
	with := func(old, new string) string { return strings.Replace(b.DSN, old, new, 1) }
	for says, c := range map[string]struct {
		dsn  string
		kind fault.Kind
		says string
	}{
		"a wrong password": {with(`"tiger"`, `"hunter2"`), fault.Denied, "ORA-01017"},
		"no password":      {with(`"tiger"`, `""`), fault.Denied, "ORA-01005"},
		"nobody listens":   {with("127.0.0.1:1521", "127.0.0.1:1"), fault.Transient, "listener"},
		"no such host":     {with("127.0.0.1:1521", "db.invalid:1521"), fault.Transient, "host and port"},
	} {
		erp := open(t, b, func(cfg *adapters.Config) { cfg.DSN, cfg.AllowPlaintext = c.dsn, adapters.Plaintext })
		_, err := erp.Probe(context.Background())
		if !fault.Is(err, c.kind) || !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: %s, %v", says, fault.KindOf(err), err)
		}
	}
}
