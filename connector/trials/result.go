package main

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"holdfast/engine/ar"
	"holdfast/engine/audit"
	"holdfast/engine/failpoint"
	"holdfast/engine/outbox"
	"holdfast/engine/store"
)

// Result is what a trial saw.
type Result struct {
	Seed         uint64
	Sends        int
	Kills        int // of the program
	ChannelKills int // of its channel's process alone
	Paid         int // part payments posted right after a kill
	Opened       int // the state, after kills, with its journal whole
	Unique       int // Message-IDs that arrived
	Copies       int // messages that arrived
	Lost         int // customers without a message, and not named as uncertain
	Twice        int // customers with two different messages: a server that drops equal Message-IDs would deliver both
	Silent       int // messages with more copies than intents in the state
	Uncertain    int // named, and waiting for a person
	Accepted     int // by the state
	Entries      int64
	Hold         bool                    // what may have left waits for a person
	Named        int                     // of those, that had arrived
	Struck       map[failpoint.Point]int // kills at named points
}

// Bound is the most copies that may arrive.
func (r Result) Bound() int { return r.Unique + (r.Kills+r.ChannelKills)*inFlight }

// Faults lists what must not be.
func (r Result) Faults() []string {
	var list []string
	add := func(wrong bool, format string, args ...any) {
		if wrong {
			list = append(list, fmt.Sprintf(format, args...))
		}
	}
	add(r.Lost > 0, "%d messages were lost", r.Lost)
	add(r.Twice > 0, "%d customers got two different messages about the same debt", r.Twice)
	add(r.Silent > 0, "%d messages left more often than the state knows", r.Silent)
	add(r.Copies > r.Bound(), "%d copies arrived, at most %d may", r.Copies, r.Bound())
	add(r.Hold && r.Copies > r.Unique, "%d copies of %d messages arrived, although what may have left is held", r.Copies, r.Unique)
	add(r.Hold && r.Unique+r.Uncertain-r.Named != r.Sends, "%d arrived and %d are held, of which %d arrived: that makes not %d", r.Unique, r.Uncertain, r.Named, r.Sends)
	add(r.Accepted+r.Uncertain != r.Sends, "%d accepted and %d uncertain make not %d sends", r.Accepted, r.Uncertain, r.Sends)
	return list
}

// String is one line of docs/trials.md and a verdict.
func (r Result) String() string {
	verdict := "held"
	if faults := r.Faults(); len(faults) > 0 {
		verdict = "FAILED: " + strings.Join(faults, "; ")
	}
	where := ""
	for _, at := range failpoint.Points {
		if n := r.Struck[at]; n > 0 {
			where += fmt.Sprintf(" %s %d,", at, n)
		}
	}
	if where != "" {
		verdict = "died at" + strings.TrimSuffix(where, ",") + ": " + verdict
	}
	return fmt.Sprintf("%d sends, %d kills of the program and %d of its channel, %d part payments in between: %d unique, %d copies (at most %d), "+
		"%d lost, %d to a customer twice, %d silent, %d uncertain and named; the state opened %d times, journal of %d entries whole: %s",
		r.Sends, r.Kills, r.ChannelKills, r.Paid, r.Unique, r.Copies, r.Bound(), r.Lost, r.Twice, r.Silent, r.Uncertain, r.Opened, r.Entries, verdict)
}

// opens opens the state as it is and verifies its journal.
func (t *trial) opens(ctx context.Context) error {
	st, err := store.Open(ctx, filepath.Join(t.dir, "state"))
	if err != nil {
		return fmt.Errorf("after kill %d: %w", t.result.Kills, err)
	}
	defer st.Close()
	if t.result.Entries, err = audit.Verify(st.Audit(ctx, 1)); err != nil {
		return fmt.Errorf("after kill %d: %w", t.result.Kills, err)
	}
	t.result.Opened++
	return nil
}

// conclude lets the program end its work, undisturbed, and counts. What a kill
// left to be tried again goes on the same day or the next.
func (t *trial) conclude(ctx context.Context) error {
	for _, later := range []ar.Day{0, 0, 1, 1} {
		cmd, output := t.start(ctx, t.day+later)
		if err := t.byItself(cmd.Run(), output); err != nil {
			return err
		}
	}
	if err := t.opens(ctx); err != nil {
		return err
	}
	return t.count(ctx)
}

// count compares what arrived with what the state says.
func (t *trial) count(ctx context.Context) error {
	st, err := store.OpenReadOnly(ctx, filepath.Join(t.dir, "state"))
	if err != nil {
		return err
	}
	defer st.Close()
	deliveries, err := st.Deliveries(ctx, store.DeliveryFilter{Mode: outbox.Live})
	if err != nil {
		return err
	}
	r := &t.result
	different := map[string]int{}
	for id, n := range t.copies {
		different[t.persons[id]]++
		r.Unique, r.Copies = r.Unique+1, r.Copies+n
	}
	named := map[string]bool{}
	for _, d := range deliveries {
		switch d.State {
		case outbox.Accepted:
			r.Accepted++
		case outbox.Uncertain:
			r.Uncertain++
			named[d.Recipient] = true
		}
		for id, n := range t.copies {
			if strings.HasPrefix(id, "<"+string(d.Key)+"@") && n > d.Attempts {
				r.Silent++
			}
		}
	}
	for i := range t.sends {
		person := fmt.Sprintf("ap@c%d.example.com", i+1)
		if different[person] == 0 && !named[person] {
			r.Lost++
		}
		if different[person] > 0 && named[person] {
			r.Named++
		}
		if different[person] > 1 {
			r.Twice++
		}
	}
	return nil
}
