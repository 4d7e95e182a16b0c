package adaptertest

import (
	"context"
	"errors"
	"runtime"
	"testing"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

// Bounds of a stream.
const (
	manyDocuments = 100_000
	heapAllowed   = 32 << 20 // bytes that 100,000 documents may add
	promptly      = 5 * time.Second
)

// many fills the documents' table inside the database.
const many = `INSERT INTO c_document SELECT CAST(n.id AS {text}(20)), 'A', CAST(n.id AS {text}(20)), 'IN', '2026-10-31', 'USD', '1.25',
	NULL, {at}'2026-11-01 10:00:00', 'north'
FROM (SELECT a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d AS id FROM c_digit a, c_digit b, c_digit c, c_digit e, c_digit f) n`

// endless counts a thousand million rows before it has an answer.
const endless = `
AND (SELECT SUM(a.d + b.d + c.d + e.d + f.d + g.d + h.d + i.d + j.d)
FROM c_digit a, c_digit b, c_digit c, c_digit e, c_digit f, c_digit g, c_digit h, c_digit i, c_digit j) > 0`

func streams(t *testing.T, b Bench) {
	b.change(t, many)
	erp := b.open(t, nil)
	before, most, n := heap(true), uint64(0), 0
	mark, err := erp.Pull(context.Background(), "", func(r ar.Record) error {
		if n++; n%5000 == 0 {
			most = max(most, heap(false))
		}
		return nil
	})
	if err != nil || mark == "" || n < manyDocuments {
		t.Fatalf("%d records, mark %q: %v", n, mark, err)
	}
	grown := int64(most) - int64(before)
	t.Logf("%d records grew the heap by at most %.1f MiB", n, float64(grown)/(1<<20))
	if grown > heapAllowed {
		t.Errorf("the heap grew by %d bytes, more than %d", grown, heapAllowed)
	}
}

// heap is what is allocated, garbage included unless it is swept first.
func heap(sweep bool) uint64 {
	if sweep {
		runtime.GC()
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

func cancelsStream(t *testing.T, b Bench) {
	b.change(t, many)
	erp := b.open(t, nil)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	n, cancelled := 0, time.Time{}
	mark, err := erp.Pull(ctx, "", func(ar.Record) error {
		if n++; n == 1000 {
			cancelled = time.Now()
			cancel()
		}
		return nil
	})
	if took := time.Since(cancelled); !errors.Is(err, context.Canceled) || mark != "" || took > promptly || n >= manyDocuments {
		t.Errorf("mark %q after %d records, %s after it was cancelled: %v", mark, n, took, err)
	}
	if recs, mark := all(t, erp); len(of[*ar.Document](recs)) != manyDocuments+1 || mark == "" {
		t.Errorf("the next pull brought %d records, mark %q", len(recs), mark)
	}
}

// timesOut waits for a statement that would take minutes: until the caller's
// patience ends, and until the statement's own does.
func timesOut(t *testing.T, b Bench) {
	slow := map[string]string{"documents.sql": queries["documents"] + endless}
	ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
	defer cancel()
	began := time.Now()
	_, mark, err := pull(ctx, b.open(t, slow))
	if took := time.Since(began); !errors.Is(err, context.DeadlineExceeded) || mark != "" || took > promptly {
		t.Errorf("mark %q after %s: %v", mark, took, err)
	}
	if b.aFile() {
		b.lacks(t, "a statement timeout of its own (the caller's is kept)")
	}
	cfg := b.config(t, slow)
	cfg.StatementTimeout = 300 * time.Millisecond
	began = time.Now()
	_, mark, err = pull(context.Background(), opened(t, cfg))
	took := time.Since(began)
	if !fault.Is(err, fault.Transient) || mark != "" || took > promptly || !says(err, "timeout", "documents.sql") {
		t.Errorf("mark %q after %s: %v", mark, took, err)
	}
}

// aFile reports whether the database is a file: it has no logins, no network, no
// timeouts and one lock for all of it.
func (b Bench) aFile() bool { return b.Driver.Name() == "sqlite" }
