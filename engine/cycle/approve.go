package cycle

import (
	"context"
	"fmt"
	"strings"

	"holdfast/engine/fault"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
	"holdfast/engine/store"
)

// reviewWaiting supersedes the messages of a company that wait for a yes and
// would not come out the same any more: paid, disputed, of other documents by
// now, or waiting for too long. Their parties are decided anew.
func (c *Cycle) reviewWaiting(ctx context.Context, co *Company, m Moment) error {
	waiting, err := c.Store.Deliveries(ctx, store.DeliveryFilter{
		Source: co.Source, Company: co.ID, Mode: co.Mode, States: []outbox.State{outbox.Waiting},
	})
	if err != nil || len(waiting) == 0 {
		return err
	}
	cases, err := c.casesOf(ctx, co, m, waiting)
	if err != nil {
		return err
	}
	for _, d := range waiting {
		_, found := cases[d.Party]
		reason, detail := sequence.ReasonSettled, "nothing of the party is open"
		switch {
		case m.Day-d.Day > approvedDays:
			reason, detail = sequence.ReasonOutsideWindow, "nobody said yes in time"
		case found:
			continue
		}
		if err := c.Store.Supersede(ctx, []int64{d.ID}, reason, detail, c.Clock.Now()); err != nil {
			return err
		}
	}
	for _, cs := range cases {
		_, stale := co.Book.Review(cs)
		for _, s := range stale {
			if err := c.Store.Supersede(ctx, []int64{s.Pending.Delivery}, s.Reason, s.Detail, c.Clock.Now()); err != nil {
				return err
			}
		}
	}
	return nil
}

// keepList remembers what of a company waits for a yes, for the difference that
// the list shows on a later day.
func (c *Cycle) keepList(ctx context.Context, co *Company, m Moment) error {
	list, err := c.Store.Approvals(ctx, co.Source, co.ID, co.Mode, m.Day)
	if err != nil {
		return err
	}
	return c.Store.KeepApprovals(ctx, co.Source, co.ID, co.Mode, m.Day, list)
}

// approved is the part of the last look that counts yeses: what needs more of
// them than it has waits again, under the limits as they are now, and what has
// other bytes than those that people saw is planned anew. Handing over counts
// once more, in its own transaction.
func (k *courier) approved(ctx context.Context, batch []outbox.Delivery) ([]outbox.Delivery, error) {
	ids := make([]int64, len(batch))
	for i := range batch {
		ids[i] = batch[i].ID
	}
	asked, err := k.Store.ApprovalsOf(ctx, ids)
	if err != nil || len(asked) == 0 {
		return batch, err
	}
	var wanted []outbox.Delivery
	for _, d := range batch {
		a, needed := asked[d.ID]
		switch need := a.Need(k.company(d.Party.Source, d.Party.Company).Limits.TwoAbove); {
		case !needed:
			wanted = append(wanted, d)
		case !outbox.Sealed(d.Content, d.SHA):
			err = k.keepAll(ctx, []outbox.Delivery{d}, refusal{sequence.ReasonChanged, "its bytes are not those that were shown"})
		case len(a.Yes()) < need:
			err = k.askAgain(ctx, d, need)
		default:
			wanted = append(wanted, d)
		}
		if err != nil {
			return nil, err
		}
	}
	return wanted, nil
}

// askAgain lets a message wait for the yeses that it lacks.
func (k *courier) askAgain(ctx context.Context, d outbox.Delivery, need int) error {
	k.mu.Lock()
	k.sum.Kept[sequence.ReasonApproval]++
	k.mu.Unlock()
	now := k.Clock.Now()
	return k.Store.Hand(context.WithoutCancel(ctx), nil, []outbox.Outcome{{
		ID: d.ID, State: outbox.Waiting, Reason: sequence.ReasonApproval, Detail: lackingText(need), At: now,
	}}, now)
}

func lackingText(need int) string {
	if need == 1 {
		return "nobody has said yes to it"
	}
	return fmt.Sprintf("it needs the yes of %d people", need)
}

// approvedHold reports whether a decided hold has its yeses under the limits as
// they are now. Where it lacks some it is proposed again.
func (h *holder) approvedHold(ctx context.Context, id int64) (need int, ok bool, err error) {
	a, err := h.Store.Approval(ctx, outbox.Ref{Kind: outbox.RefHold, ID: id})
	if fault.Is(err, fault.NotFound) {
		return 0, true, nil // nobody had to be asked
	}
	if err != nil {
		return 0, false, err
	}
	need = a.Need(h.company.Limits.TwoAbove)
	return need, len(a.Yes()) >= need, nil
}

// raiseAlarm keeps that a company's messages of a day wait for a yes, and says
// so in words for a person.
func (k *courier) raiseAlarm(ctx context.Context, co *Company, v store.Volume, limit int) (string, error) {
	ready, err := k.Store.Deliveries(ctx, store.DeliveryFilter{
		Source: co.Source, Company: co.ID, Mode: co.Mode, States: []outbox.State{outbox.Rendered},
	})
	if err != nil {
		return "", err
	}
	alarm := store.VolumeAlarm{
		Source: co.Source, Company: co.ID, Mode: co.Mode, Day: k.moment.Day, Messages: v.Ready + v.Today, Usual: limit,
		What: volumeText(v, limit), At: k.Clock.Now(),
	}
	for _, d := range ready {
		for _, m := range d.Asked {
			alarm.Asked = alarm.Asked.Add(m.Minor, m.Currency)
		}
	}
	ref, raised, err := k.Store.RaiseVolume(ctx, alarm)
	if err != nil {
		return "", err
	}
	if raised {
		k.Log.Warn(alarm.What, "company", co.Key, "release", "holdfast approve yes "+ref.String())
	}
	text := fmt.Sprintf("company %s: %s; none leaves. Look at them with \"holdfast outbox list\". To let them leave today: \"holdfast approve yes %s\"",
		co.Key, alarm.What, ref)
	return text + `; to let old debt enter by degrees: "holdfast adopt"; for good: [company.volume] limit`, nil
}

// volumeText says why a run stops.
func volumeText(v store.Volume, limit int) string {
	parts := []string{fmt.Sprintf("%d messages are ready", v.Ready)}
	if v.Today > 0 {
		parts = append(parts, fmt.Sprintf("%d were sent today", v.Today))
	}
	return fmt.Sprintf("the run stopped: %s, the limit of a day is %d", strings.Join(parts, ", "), limit)
}
