package record_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"holdfast/plugins/sdk"
	"holdfast/plugins/sdk/record"
)

func open(t *testing.T, dir string, o record.Options) *record.Record {
	t.Helper()
	r, err := record.Open(t.Context(), dir, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Close() })
	return r
}

func send(t *testing.T, r *record.Record, key string, answer sdk.Sent) (sdk.Sent, bool) {
	t.Helper()
	called := false
	sent, err := r.Send(t.Context(), key, func() sdk.Sent { called = true; return answer })
	if err != nil {
		t.Fatal(err)
	}
	return sent, called
}

// TestWhatWasAnsweredStands: a second Send answers as the first and sends
// nothing, even after a restart.
func TestWhatWasAnsweredStands(t *testing.T) {
	dir := t.TempDir()
	for _, answer := range []sdk.Sent{{State: sdk.Accepted, ProviderID: "SM1", Detail: "queued"}, {State: sdk.Refused, Detail: "no such number"}} {
		key := fmt.Sprintf("key-%d", answer.State)
		r := open(t, dir, record.Options{})
		if _, called := send(t, r, key, answer); !called {
			t.Errorf("%s was not sent", key)
		}
		if err := r.Close(); err != nil {
			t.Fatal(err)
		}
		r = open(t, dir, record.Options{})
		if again, called := send(t, r, key, sdk.Sent{State: sdk.Accepted, ProviderID: "other"}); called || again != answer {
			t.Errorf("%s again: %+v, sent %v", key, again, called)
		}
		if known, err := r.Lookup(t.Context(), key, time.Now()); err != nil || known != answer {
			t.Errorf("lookup: %+v, %v", known, err)
		}
	}
}

func TestRetryFreesTheKey(t *testing.T) {
	r := open(t, t.TempDir(), record.Options{})
	send(t, r, "k", sdk.Sent{State: sdk.Retry})
	if sent, called := send(t, r, "k", sdk.Sent{State: sdk.Accepted}); !called || sent.State != sdk.Accepted {
		t.Errorf("%+v, %v", sent, called)
	}
}

// TestDeathInSend: a process that ends between the intent and the outcome
// leaves a key that only a repeatable channel sends again.
func TestDeathInSend(t *testing.T) {
	for _, repeatable := range []bool{true, false} {
		dir := t.TempDir()
		r := open(t, dir, record.Options{Repeatable: repeatable})
		func() {
			defer func() { _ = recover() }() // the death
			_, _ = r.Send(t.Context(), "k", func() sdk.Sent { panic("kill -9") })
		}()
		_ = r.Close()
		r = open(t, dir, record.Options{Repeatable: repeatable})
		if known, err := r.Lookup(t.Context(), "k", time.Now()); err != nil || known.State != sdk.Uncertain {
			t.Errorf("repeatable %v: lookup %+v, %v", repeatable, known, err)
		}
		if sent, called := send(t, r, "k", sdk.Sent{State: sdk.Accepted}); called != repeatable || (sent.State == sdk.Accepted) != repeatable {
			t.Errorf("repeatable %v: sent again %v, %+v", repeatable, called, sent)
		}
	}
}

// TestARepeatThatFailsSaysNothingOfTheFirst: what may have left is still not
// known to have stayed.
func TestARepeatThatFailsSaysNothingOfTheFirst(t *testing.T) {
	for _, second := range []sdk.State{sdk.Retry, sdk.Refused, sdk.Uncertain, sdk.Accepted} {
		r := open(t, t.TempDir(), record.Options{Repeatable: true})
		send(t, r, "k", sdk.Sent{State: sdk.Uncertain})
		if sent, called := send(t, r, "k", sdk.Sent{State: second}); !called || sent.State != second {
			t.Errorf("second time: %+v, %v", sent, called)
		}
		want := sdk.Uncertain
		if second == sdk.Accepted {
			want = sdk.Accepted
		}
		if known, err := r.Lookup(t.Context(), "k", time.Now()); err != nil || known.State != want {
			t.Errorf("after %d: %+v, %v, want %d", second, known, err, want)
		}
	}
}

// TestUnknownKeyNeverLeft, but only if the record reaches back that far.
func TestUnknownKeyNeverLeft(t *testing.T) {
	before := time.Now().Add(-time.Millisecond)
	r := open(t, filepath.Join(t.TempDir(), "made"), record.Options{})
	for handed, want := range map[time.Time]sdk.State{before: sdk.Uncertain, time.Now(): sdk.Retry, {}: sdk.Uncertain} {
		if s, err := r.Lookup(t.Context(), "k", handed); err != nil || s.State != want {
			t.Errorf("handed over %s: %+v, %v; want state %d", handed, s, err, want)
		}
	}
}

// TestAPowerCutTakesTheLastLines of a record that is not durable: it does not
// know what was handed over before the machine was started.
func TestAPowerCutTakesTheLastLines(t *testing.T) {
	for durable, want := range map[bool]sdk.State{true: sdk.Retry, false: sdk.Uncertain} {
		dir := t.TempDir()
		r := open(t, dir, record.Options{Durable: durable})
		long := time.Now().AddDate(0, 0, -399) // within what is kept
		if err := r.SetMark(t.Context(), "began", long.Format(time.RFC3339Nano)); err != nil {
			t.Fatal(err)
		}
		_ = r.Close()
		r = open(t, dir, record.Options{Durable: durable})
		handed := long.Add(time.Hour)
		if s, err := r.Lookup(t.Context(), "k", handed); err != nil || s.State != want {
			t.Errorf("durable %v: %+v, %v", durable, s, err)
		}
	}
}

// TestWhatWasDroppedIsNotKnown: of a key from before what is kept nothing is
// said, however old the record is.
func TestWhatWasDroppedIsNotKnown(t *testing.T) {
	dir := t.TempDir()
	r := open(t, dir, record.Options{Durable: true})
	if err := r.SetMark(t.Context(), "began", "2000-01-01T00:00:00Z"); err != nil {
		t.Fatal(err)
	}
	_ = r.Close()
	r = open(t, dir, record.Options{Durable: true})
	for days, want := range map[int]sdk.State{-401: sdk.Uncertain, -399: sdk.Retry} {
		if s, err := r.Lookup(t.Context(), "k", time.Now().AddDate(0, 0, days)); err != nil || s.State != want {
			t.Errorf("handed over %d days ago: %+v, %v", -days, s, err)
		}
	}
}

// TestWhatTheProviderToldStands: a webhook that came before an answer that was
// lost, or was a server's excuse, is believed; a no is the provider's own.
func TestWhatTheProviderToldStands(t *testing.T) {
	has := sdk.Sent{State: sdk.Accepted, ProviderID: "SM1", Detail: "the provider has it"}
	for _, answer := range []sdk.State{sdk.Uncertain, sdk.Retry, sdk.Refused} {
		r := open(t, t.TempDir(), record.Options{Durable: true})
		sent, err := r.Send(t.Context(), "k", func() sdk.Sent {
			if err := r.Settle(t.Context(), "k", has); err != nil {
				t.Error(err)
			}
			return sdk.Sent{State: answer}
		})
		want := has
		if answer == sdk.Refused {
			want = sdk.Sent{State: sdk.Refused}
		}
		known, also := r.Lookup(t.Context(), "k", time.Now())
		if err != nil || also != nil || sent != want || known != want {
			t.Errorf("answer %d: %+v, %v; on record %+v, %v", answer, sent, err, known, also)
		}
	}
}

// TestEventsSurviveAPowerCut, also where outcomes need not: SQLite writes them
// through, and goes back to what the record was opened for.
func TestEventsSurviveAPowerCut(t *testing.T) {
	for _, durable := range []bool{true, false} {
		r := open(t, t.TempDir(), record.Options{Durable: durable})
		inside, outside := r.Synchronous(t)
		const normal, full = 1, 2 // as PRAGMA synchronous numbers them
		want := normal
		if durable {
			want = full
		}
		if inside != full || outside != want {
			t.Errorf("durable %v: events are written with synchronous = %d, all else with %d", durable, inside, outside)
		}
	}
}

func TestOneKeyAtATime(t *testing.T) {
	r := open(t, t.TempDir(), record.Options{Repeatable: true})
	var wg sync.WaitGroup
	var mu sync.Mutex
	calls := 0
	for range 20 {
		wg.Go(func() {
			_, err := r.Send(context.Background(), "k", func() sdk.Sent {
				mu.Lock()
				defer mu.Unlock()
				calls++
				return sdk.Sent{State: sdk.Accepted}
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	if wg.Wait(); calls != 1 {
		t.Errorf("sent %d times", calls)
	}
}

func TestFullDiskSendsNothing(t *testing.T) {
	r := open(t, t.TempDir(), record.Options{})
	_ = r.Close() // a record that cannot be written
	if sent, called := send(t, r, "k", sdk.Sent{State: sdk.Accepted}); called || sent.State != sdk.Retry || !strings.Contains(sent.Detail, "record") {
		t.Errorf("%+v, %v", sent, called)
	}
}

// TestALostRecordBeginsAnew: the cursor of a file that was lost hides nothing of
// the one that took its place.
func TestALostRecordBeginsAnew(t *testing.T) {
	var cursor string
	for n := range 2 {
		r := open(t, t.TempDir(), record.Options{})
		for i := range 3 - n {
			if err := r.Add(t.Context(), fmt.Sprint(i), sdk.Event{Kind: sdk.Replied, At: time.Now()}); err != nil {
				t.Fatal(err)
			}
		}
		passed := 0
		err := r.Events(t.Context(), cursor, func(e sdk.Event) error { passed++; cursor = e.Cursor; return nil })
		if err != nil || passed != 3-n {
			t.Errorf("record %d passed %d events, %v", n, passed, err)
		}
	}
}

func TestEventsComeOnceAndInOrder(t *testing.T) {
	dir := t.TempDir()
	r := open(t, dir, record.Options{})
	for i := range 250 {
		e := sdk.Event{Kind: sdk.Replied, Key: fmt.Sprint(i), At: time.Unix(int64(i), 0).UTC(), Text: "é"}
		for range 2 {
			if err := r.AddWithMark(t.Context(), fmt.Sprint(i), e, "uid", fmt.Sprint(i)); err != nil {
				t.Fatal(err)
			}
		}
	}
	_ = r.Close()
	r = open(t, dir, record.Options{})
	var keys []string
	var cursor string
	for from := ""; ; from = cursor {
		n := 0
		err := r.Events(t.Context(), from, func(e sdk.Event) error {
			if e.Text != "é" || e.Kind != sdk.Replied {
				t.Errorf("%+v", e)
			}
			keys, cursor = append(keys, e.Key), e.Cursor
			if n++; n == 170 {
				return context.Canceled // the host ends here, and asks again behind it
			}
			return nil
		})
		if err == nil {
			break
		}
	}
	for i, key := range keys {
		if key != fmt.Sprint(i) {
			t.Fatalf("event %d is %s", i, key)
		}
	}
	if mark, err := r.Mark(t.Context(), "uid"); len(keys) != 250 || mark != "249" || err != nil {
		t.Errorf("%d events, mark %q, %v", len(keys), mark, err)
	}
}

// A mark that is emptied is gone, by itself or with an event.
func TestEmptyMarkIsDropped(t *testing.T) {
	r := open(t, t.TempDir(), record.Options{})
	for name, drop := range map[string]func() error{
		"alone":         func() error { return r.SetMark(t.Context(), "m", "") },
		"with an event": func() error { return r.AddWithMark(t.Context(), "once", sdk.Event{Kind: sdk.Delivered}, "m", "") },
	} {
		if err := r.SetMark(t.Context(), "m", "1"); err != nil {
			t.Fatal(err)
		}
		if err := drop(); err != nil {
			t.Fatal(err)
		}
		if got, err := r.Mark(t.Context(), "m"); err != nil || got != "" {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

// TestFolderWithSigns: a folder's name may hold what means something in a URL.
func TestFolderWithSigns(t *testing.T) {
	for _, name := range []string{"a#1", "a#2", "b?mode=memory", "c%41", "d e"} {
		r := open(t, filepath.Join(t.TempDir(), name), record.Options{})
		if _, called := send(t, r, "k", sdk.Sent{State: sdk.Accepted}); !called {
			t.Errorf("%s shares its record with another", name)
		}
	}
}
