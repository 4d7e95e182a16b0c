package adaptertest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"holdfast/adapters"
	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

// networkRows is how many documents are pulled over a bad network.
const networkRows = 40

// overProxy opens the contract's company through a proxy of its own.
func (b Bench) overProxy(t *testing.T, wish func(*adapters.Config)) (*adapters.ERP, *Proxy) {
	t.Helper()
	if b.Through == nil {
		b.lacks(t, "a network")
	}
	p := NewProxy(t, b.Server)
	cfg := b.config(t, nil)
	cfg.DSN, cfg.AllowPlaintext = b.Through(p.Address), adapters.Plaintext
	if wish != nil {
		wish(&cfg)
	}
	return opened(t, cfg), p
}

// networkDocuments inserts documents of one size.
func networkDocuments(t *testing.T, b Bench) {
	t.Helper()
	for i := range networkRows {
		b.change(t, document(fmt.Sprintf("ROW-%03d", i), "IN", "'2026-10-31'", "USD", "'1.00'"))
	}
}

// whole reports whether a pull brought every document.
func whole(recs []ar.Record) bool { return len(of[*ar.Document](recs)) == networkRows+1 }

// cutAfterRows cuts the connection in the middle of every stretch of bytes that
// is as long as a row, from the greeting to the end. A cut before the first
// record is passed on may be made good; any other must be seen.
func cutAfterRows(t *testing.T, b Bench) {
	erp, p := b.overProxy(t, nil)
	all(t, erp)
	none, _, _ := p.Count()
	networkDocuments(t, b)
	erp, p = b.overProxy(t, nil)
	all(t, erp)
	total, _, _ := p.Count()
	row := (total - none) / networkRows
	seen := 0
	for after := int64(0); after < total; after += row {
		for _, how := range []How{Cut, HangUp} {
			erp, p := b.overProxy(t, nil)
			p.Arm(Spoil{How: how, After: after})
			recs, mark, err := pull(context.Background(), erp)
			_, _, spoiled := p.Count()
			switch {
			case err == nil && (!whole(recs) || mark == ""):
				t.Errorf("cut after %d of %d bytes: %d records were taken as whole", after, total, len(recs))
			case err != nil && (mark != "" || !fault.Is(err, fault.Transient)):
				t.Errorf("cut after %d of %d bytes: mark %q, %s: %v", after, total, mark, fault.KindOf(err), err)
			case err != nil:
				seen++
			}
			if !spoiled {
				t.Errorf("%d of %d bytes never passed", after, total)
			}
			if recs, _ := all(t, erp); !whole(recs) {
				t.Errorf("after a cut at %d bytes the next pull brought %d records", after, len(recs))
			}
			erp.Close()
		}
	}
	t.Logf("rows of %d bytes, cut at %d places: %d pulls failed, the others were read again", row, 2*(total/row+1), seen)
	if seen < networkRows {
		t.Errorf("only %d of the pulls noticed", seen)
	}
}

// silence lets the server stop in the middle of its answer while the connection
// stays open. Nobody's patience but the statement's own ends the read.
func silence(t *testing.T, b Bench) {
	networkDocuments(t, b)
	erp, p := b.overProxy(t, nil)
	all(t, erp)
	total, _, _ := p.Count()
	var points sync.WaitGroup
	for i := range 8 {
		erp, p := b.overProxy(t, func(cfg *adapters.Config) { cfg.StatementTimeout = time.Second })
		p.Arm(Spoil{How: Stall, After: total * int64(i+1) / 9})
		points.Go(func() {
			began := time.Now()
			recs, mark, err := pull(context.Background(), erp)
			took := time.Since(began)
			if err == nil && !whole(recs) || err != nil && (mark != "" || !fault.Is(err, fault.Transient)) || took > 30*time.Second {
				t.Errorf("silent after %d/9 of the answer: %d records and mark %q after %s: %v", i+1, len(recs), mark, took, err)
			}
			if recs, mark, err := pull(context.Background(), erp); err != nil || mark == "" || !whole(recs) {
				t.Errorf("the next pull: %d records, mark %q, %v", len(recs), mark, err)
			}
		})
	}
	for i := range 3 {
		erp, p := b.overProxy(t, nil)
		p.Arm(Spoil{How: Stall, After: total * int64(i+1) / 4})
		points.Go(func() {
			ctx, cancel := context.WithTimeout(context.Background(), 700*time.Millisecond)
			defer cancel()
			began := time.Now()
			_, mark, err := pull(ctx, erp)
			if took := time.Since(began); !errors.Is(err, context.DeadlineExceeded) || mark != "" || took > promptly {
				t.Errorf("silent, and the caller waits no longer: mark %q after %s: %v", mark, took, err)
			}
		})
	}
	points.Wait()
}

// halfOpen connects to something that accepts and never answers, and to
// something that ends its side at once.
func halfOpen(t *testing.T, b Bench) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	erp, p := b.overProxy(t, nil)
	p.Arm(Spoil{How: Stall, Always: true})
	began := time.Now()
	_, mark, err := pull(ctx, erp)
	if took := time.Since(began); err == nil || mark != "" || took > promptly {
		t.Errorf("accepted and never answered: mark %q after %s: %v", mark, took, err)
	}
	p.Arm(Spoil{})
	if recs, mark, err := pull(context.Background(), erp); err != nil || mark == "" || len(recs) == 0 {
		t.Errorf("the next pull: %d records, %v", len(recs), err)
	}
	erp, p = b.overProxy(t, nil)
	p.Arm(Spoil{How: HangUp, Always: true})
	began = time.Now()
	_, mark, err = pull(context.Background(), erp)
	if took := time.Since(began); !fault.Is(err, fault.Transient) || mark != "" || took > 30*time.Second {
		t.Errorf("hung up: mark %q after %s: %s, %v", mark, took, fault.KindOf(err), err)
	}
}

// cutWrite cuts the connection at the answer to each message of a hold's write
// in turn. The server did what it was asked; we did not hear of it.
func cutWrite(t *testing.T, b Bench) {
	ctx, plain := context.Background(), b.open(t, nil)
	erp, p := b.overProxy(t, nil)
	reset := "UPDATE c_hold SET flag = 'N', version = 1 WHERE customer = 'A'"
	seen := ar.HoldState{Held: ar.Valued, Value: "N", Version: "1"}
	p.Arm(Spoil{})
	if _, err := erp.SetHold(ctx, account("A"), ar.Hold{Placed: true}, seen); err != nil {
		t.Fatal(err)
	}
	_, requests, _ := p.Count()
	uncertain, again := 0, 0
	for k := 1; k <= requests; k++ {
		b.change(t, reset)
		p.Arm(Spoil{How: Cut, Asked: k})
		placed, err := erp.SetHold(ctx, account("A"), ar.Hold{Placed: true}, seen)
		now, herr := plain.Hold(ctx, account("A"))
		switch {
		case herr != nil:
			t.Fatal(herr)
		case err == nil && placed.Value == "Y" && now.Value == "Y" && now.Version == "2":
			again++
		case fault.Is(err, fault.Uncertain) && now.Value == "Y" && now.Version == "2":
			uncertain++
		default:
			t.Errorf("cut at message %d of %d: %+v, %s: %v; the hold is %+v", k, requests, placed, fault.KindOf(err), err, now)
		}
	}
	t.Logf("of %d messages %d were repaired by another try, %d left the outcome uncertain", requests, again, uncertain)
	if uncertain == 0 {
		t.Error("no cut fell on the commit")
	}
}
