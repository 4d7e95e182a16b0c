package cycle

import (
	"context"
	"fmt"
	"time"

	"holdfast/engine"
	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/outbox"
)

// batchSize is how many records are staged in one transaction.
const batchSize = 5000

// Pull reads what changed in one company's ERP, or everything where full is
// set, and takes it in whole or not at all. accept takes a pull that the
// breaker would refuse.
func (c *Cycle) Pull(ctx context.Context, co *Company, full, accept bool) (engine.PullReport, error) {
	began := c.Clock.Now()
	report, err := c.pull(ctx, co, full, accept)
	if fault.Is(err, fault.Replaced) {
		return report, c.stopReplaced(ctx, co, err)
	}
	if err == nil {
		c.Watch.Pulled(co.Key, c.Clock.Now().Sub(began), report)
		err = c.renew(ctx, co)
	}
	return report, fault.Wrap("pull company "+co.Key, err)
}

// renew tells a guard in the ERP that its holds rest on data that are read: a
// lease that runs out says that nobody would lift them.
func (c *Cycle) renew(ctx context.Context, co *Company) error {
	if guarded, ok := co.Adapter.(engine.Renewer); ok && co.Mode == outbox.Live {
		return guarded.Renew(ctx)
	}
	return nil
}

func (c *Cycle) pull(ctx context.Context, co *Company, full, accept bool) (engine.PullReport, error) {
	if err := c.recognise(ctx, co); err != nil {
		return engine.PullReport{}, err
	}
	mark, _, err := c.Store.Mark(ctx, co.Source, co.ID)
	if err != nil {
		return engine.PullReport{}, err
	}
	r := reading{known: mark, from: mark, limit: co.Limits.Breaker}
	if accept {
		r.limit = 0
	}
	if !full || mark != "" {
		report, err := c.takeIn(ctx, co, r)
		switch {
		case full && fault.Is(err, fault.Corrupt):
			r.known = "" // an unreadable mark is what a full read mends
		case fault.Is(err, fault.Expired):
		case err != nil || !full:
			return report, err
		}
	}
	return c.reconcile(ctx, co, r)
}

// reconcile reads everything, right after what the mark brought, and says how
// much the marks had missed.
func (c *Cycle) reconcile(ctx context.Context, co *Company, r reading) (engine.PullReport, error) {
	r.from = ""
	report, err := c.takeIn(ctx, co, r)
	if err == nil && report.Missed > 0 {
		c.Log.Warn("the full read brought what the marks had missed", "company", co.Key, "records", report.Missed,
			"cure", "full_every says how long such a thing can stay unseen; see the mark in the preset's README")
	}
	return report, err
}

// reading is how a company is taken in.
type reading struct {
	known ar.Mark // of the last read: the ERP must not be behind it; zero: it may
	from  ar.Mark // zero: everything
	limit int     // of the breaker, in percent; 0: it does not ask
}

// takeIn reads a company and swaps what it read in.
func (c *Cycle) takeIn(ctx context.Context, co *Company, r reading) (engine.PullReport, error) {
	at := c.Clock.Now()
	p, err := c.Store.BeginPull(ctx, co.Source, co.ID, r.from == "")
	if err != nil {
		return engine.PullReport{}, err
	}
	defer p.Abandon(context.WithoutCancel(ctx))
	mark, err := c.stage(ctx, co, p, r.from)
	if err == nil {
		err = co.Adapter.Regressed(ctx, r.known, mark)
	}
	if err != nil {
		return engine.PullReport{}, err
	}
	return p.Finish(ctx, mark, at, r.limit)
}

// stage reads the ERP into p and confirms what a full read did not bring.
func (c *Cycle) stage(ctx context.Context, co *Company, p engine.Pull, read ar.Mark) (ar.Mark, error) {
	s := stager{ctx: ctx, pull: p}
	mark, err := co.Adapter.Pull(ctx, read, s.add)
	if err == nil {
		err = s.flush()
	}
	if err != nil || read != "" {
		return mark, err
	}
	vanished, err := p.Vanished(ctx)
	for len(vanished) > 0 && err == nil {
		n := min(len(vanished), 500)
		err = co.Adapter.Confirm(ctx, vanished[:n], s.add)
		vanished = vanished[n:]
	}
	if err == nil {
		err = s.flush()
	}
	return mark, err
}

// stager hands records to a pull in batches.
type stager struct {
	ctx   context.Context
	pull  engine.Pull
	batch []ar.Record
}

func (s *stager) add(r ar.Record) error {
	s.batch = append(s.batch, r)
	if len(s.batch) < batchSize {
		return nil
	}
	return s.flush()
}

func (s *stager) flush() error {
	if len(s.batch) == 0 {
		return nil
	}
	err := s.pull.Stage(s.ctx, s.batch)
	s.batch = make([]ar.Record, 0, batchSize)
	return err
}

// recognise compares the ERP database with the one that the state belongs to,
// and its clock with ours.
func (c *Cycle) recognise(ctx context.Context, co *Company) error {
	identity, err := c.identify(ctx, co)
	if err != nil {
		return err
	}
	known, err := c.Store.Identity(ctx, co.Source)
	if err != nil {
		return err
	}
	if known == "" {
		return c.Store.SetIdentity(ctx, co.Source, identity, "cycle", c.Clock.Now())
	}
	if known != identity {
		return fault.New(fault.Replaced, "the ERP database is %s and the state belongs to %s", identity, known)
	}
	return nil
}

// identify says which database is read from which machine, as the state is
// bound to both: a copied state must not send beside the first. It compares the
// ERP's clock with ours on the way.
func (c *Cycle) identify(ctx context.Context, co *Company) (string, error) {
	identity, theirs, err := co.Adapter.Identify(ctx)
	if err != nil {
		return "", err
	}
	ours := c.Clock.Now()
	skew := theirs.Sub(ours).Abs()
	switch {
	case ar.DayOf(theirs.UTC()) != ar.DayOf(ours.UTC()) && skew > co.Limits.Skew:
		return "", fault.New(fault.Invalid, "the ERP's clock says %s and ours %s: that is another day, so nothing is done",
			theirs.UTC().Format(time.DateTime), ours.UTC().Format(time.DateTime)).WithCure("set the clock that is wrong")
	case skew > co.Limits.Skew:
		c.Log.Warn("the ERP's clock differs from ours", "company", co.Key, "by", skew.Round(time.Second).String())
	}
	if c.Host != "" {
		identity += " read from " + c.Host
	}
	return identity, nil
}

// stopReplaced stops all effects after the ERP database was found to be another
// or an older one.
func (c *Cycle) stopReplaced(ctx context.Context, co *Company, cause error) error {
	reason := fmt.Sprintf("the ERP database of company %s is not as we knew it: %v", co.Key, cause)
	now := c.Clock.Now()
	if err := c.Store.PutSetting(ctx, Replaced(co.Source), reason, "cycle", now); err != nil {
		return err
	}
	if err := c.Store.Stop(ctx, reason, "cycle", now); err != nil {
		return err
	}
	return fault.New(fault.Replaced, "%s. Nothing is sent and no hold is written until a person says what happened", reason).
		WithCure("after a restore: holdfast resume --erp-restored; after a move to another machine: holdfast resume --erp-moved")
}
