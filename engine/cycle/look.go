package cycle

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
	"holdfast/engine/store"
)

// refusal is why the last look keeps a delivery back.
type refusal struct {
	reason sequence.Reason
	detail string
}

// look is the last look at reserved deliveries, in the order that docs/delivery.md
// gives: mode, then what is known of the party (pause, caps, gap, window), then
// the age of the data and of the receipts, then a fresh read of the accounts
// from the ERP and the same questions again. It returns those still wanted;
// the others are superseded with their reason.
func (k *courier) look(ctx context.Context, batch []outbox.Delivery) ([]outbox.Delivery, error) {
	byCompany := map[*Company][]outbox.Delivery{}
	var order []*Company
	var strangers []outbox.Delivery
	for _, d := range batch {
		co := k.company(d.Party.Source, d.Party.Company)
		if co == nil || co.Mode != d.Mode {
			strangers = append(strangers, d)
			continue
		}
		if byCompany[co] == nil {
			order = append(order, co)
		}
		byCompany[co] = append(byCompany[co], d)
	}
	var wanted []outbox.Delivery
	if err := k.keepAll(ctx, strangers, refusal{sequence.ReasonMode, "its company is not configured, or in another mode now"}); err != nil {
		return nil, err
	}
	for _, co := range order {
		some, err := k.approved(ctx, byCompany[co])
		if err != nil {
			return nil, err
		}
		some, err = k.lookCompany(ctx, co, some)
		if err != nil {
			return nil, err
		}
		wanted = append(wanted, some...)
	}
	return wanted, nil
}

// lookCompany is the last look at the deliveries of one company. Where its data
// or its receipts are not fit, the reasons that come before are named first;
// else one decision on the fresh read answers both.
func (k *courier) lookCompany(ctx context.Context, co *Company, batch []outbox.Delivery) ([]outbox.Delivery, error) {
	data, err := k.dataFit(ctx, co)
	if err != nil {
		return nil, err
	}
	behind, err := k.cashBehind(ctx, co, k.momentOf(co).Day)
	if err != nil {
		return nil, err
	}
	if data.reason != "" || behind != "" {
		if batch, err = k.stillWanted(ctx, co, batch); err != nil {
			return nil, err
		}
	}
	if data.reason != "" {
		return nil, k.keepAll(ctx, batch, data)
	}
	if batch, err = k.keepDunning(ctx, batch, behind); err != nil || len(batch) == 0 {
		return nil, err
	}
	if err := k.readFresh(ctx, co, accountsOf(batch)); err != nil {
		k.park(co, batch, err)
		return nil, nil
	}
	return k.stillWanted(ctx, co, batch)
}

// stillWanted decides each delivery's party anew and keeps back what would not
// come out the same.
func (k *courier) stillWanted(ctx context.Context, co *Company, batch []outbox.Delivery) ([]outbox.Delivery, error) {
	cases, err := k.cases(ctx, co, batch)
	if err != nil {
		return nil, err
	}
	var wanted []outbox.Delivery
	for _, d := range batch {
		r := refusal{sequence.ReasonSettled, "nothing of the party is open"}
		ok := false
		if cs, found := cases[d.Party]; found {
			r.reason, r.detail, ok = co.Book.StillWanted(cs, d.ID, d.Occasions, d.Cover)
		}
		switch {
		case ok:
			wanted = append(wanted, d)
		case d.Reason == sequence.ReasonUncertain:
			err = k.leaveUncertain(ctx, d, r)
		case d.Reason == sequence.ReasonPerson && r.passes():
			err = k.waitOn(ctx, d)
		default:
			err = k.keepAll(ctx, []outbox.Delivery{d}, r)
		}
		if err != nil {
			return nil, err
		}
	}
	return wanted, nil
}

// passes reports whether time alone ends what keeps a message back.
func (r refusal) passes() bool {
	switch r.reason {
	case sequence.ReasonOutsideWindow, sequence.ReasonHoliday, sequence.ReasonGap, sequence.ReasonCap:
		return true
	}
	return false
}

// waitOn keeps a message that a person said yes to for a later hour: the yes was
// to these very bytes.
func (k *courier) waitOn(ctx context.Context, d outbox.Delivery) error {
	o := outbox.Outcome{ID: d.ID, State: outbox.Retry, Reason: d.Reason, At: k.Clock.Now(), RetryAt: k.retryAt(approvedPause)}
	if k.virtual() {
		k.mu.Lock()
		k.again = append(k.again, o)
		k.mu.Unlock()
	}
	return k.Store.Hand(context.WithoutCancel(ctx), nil, []outbox.Outcome{o}, k.Clock.Now())
}

// leaveUncertain gives a message that may have left, and that is no longer
// wanted, to a person: it must neither go again nor be forgotten.
func (k *courier) leaveUncertain(ctx context.Context, d outbox.Delivery, r refusal) error {
	k.mu.Lock()
	k.sum.Uncertain++
	k.mu.Unlock()
	o := outbox.Outcome{
		ID: d.ID, State: outbox.Uncertain, Reason: sequence.ReasonUncertain, At: k.Clock.Now(),
		Detail: fmt.Sprintf("it may have left, and would not be sent now: %s %s", r.reason, r.detail),
	}
	return k.Store.Hand(context.WithoutCancel(ctx), nil, []outbox.Outcome{o}, k.Clock.Now())
}

// cases reads the cases of the parties that deliveries are for.
func (k *courier) cases(ctx context.Context, co *Company, batch []outbox.Delivery) (map[ar.PartyID]sequence.Case, error) {
	return k.casesOf(ctx, co, k.momentOf(co), batch)
}

// casesOf reads the cases of the parties that deliveries are for, as of a moment.
func (c *Cycle) casesOf(ctx context.Context, co *Company, m Moment, batch []outbox.Delivery) (map[ar.PartyID]sequence.Case, error) {
	sel := c.selection(co, m)
	for _, d := range batch {
		sel.Parties = append(sel.Parties, d.Party)
	}
	cases := make(map[ar.PartyID]sequence.Case, len(batch))
	for cs, err := range c.Store.Cases(ctx, sel) {
		if err != nil {
			return nil, err
		}
		cs.Today, cs.Now = m.Day, m.Now
		cases[cs.Party] = cs
	}
	return cases, nil
}

// dataFit says whether a company's data are young enough, by the wall clock.
func (c *Cycle) dataFit(ctx context.Context, co *Company) (refusal, error) {
	_, read, err := c.Store.Mark(ctx, co.Source, co.ID)
	if err != nil {
		return refusal{}, err
	}
	if age := c.since(read); age > co.Limits.MaxAge {
		return refusal{sequence.ReasonDataAge, fmt.Sprintf("the ERP was last read %s ago", age.Round(time.Minute))}, nil
	}
	return refusal{}, nil
}

// keepDunning keeps reminders back while receipts are behind, and returns the
// others. behind is empty where they are not.
func (k *courier) keepDunning(ctx context.Context, batch []outbox.Delivery, behind string) ([]outbox.Delivery, error) {
	if behind == "" {
		return batch, nil
	}
	var wanted, kept []outbox.Delivery
	for _, d := range batch {
		if d.Purpose == sequence.Dunning || d.Purpose == sequence.Legal {
			kept = append(kept, d)
		} else {
			wanted = append(wanted, d)
		}
	}
	return wanted, k.keepAll(ctx, kept, refusal{sequence.ReasonCashBehind, behind})
}

// cashBehind says which source of receipts is not posted far enough for
// dunning on a day, empty where all are or none is configured.
func (c *Cycle) cashBehind(ctx context.Context, co *Company, day ar.Day) (string, error) {
	if len(co.Cash) == 0 {
		return "", nil
	}
	posted, err := c.Store.Cash(ctx, co.Source, co.ID)
	if err != nil {
		return "", err
	}
	through := map[string]ar.Day{}
	for _, f := range posted {
		through[f.Name] = max(through[f.Name], f.PostedThrough)
	}
	for _, source := range co.Cash {
		need := source.needed(co.Book.Policy.Business.AddBusinessDays(day, -co.CashLag))
		if through[source.Name] < need {
			return fmt.Sprintf("receipts of %s are posted through %s, dunning on %s needs %s",
				source.Name, orNever(through[source.Name]), day, need), nil
		}
	}
	return "", nil
}

// LookAtCash says why a company's dunning waits on a day, empty where its
// receipts are posted far enough, and gives that to a person once a day.
func (c *Cycle) LookAtCash(ctx context.Context, co *Company, m Moment) (string, error) {
	behind, err := c.cashBehind(ctx, co, m.Day)
	if err != nil || behind == "" {
		return "", err
	}
	return behind, c.Store.AddTask(ctx, store.Task{
		Key: "cash_behind|" + m.Day.String(), Mode: co.Mode, Party: ar.PartyID{Source: co.Source, Company: co.ID},
		Role: "cash application", Reason: sequence.ReasonCashBehind, Detail: behind, OpenedOn: m.Day, DueOn: m.Day,
	}, c.Clock.Now())
}

// needed returns the last day up to a day on which the source is posted.
func (s CashSource) needed(day ar.Day) ar.Day {
	for range 7 {
		if s.Weekdays[day.Weekday()] {
			break
		}
		day--
	}
	return day
}

func orNever(day ar.Day) string {
	if day == 0 {
		return "no day yet"
	}
	return day.String()
}

// readFresh reads accounts as they stand now, from the ERP that the state
// belongs to: another one stops all effects.
func (c *Cycle) readFresh(ctx context.Context, co *Company, ids []ar.AccountID) error {
	if err := c.recognise(ctx, co); err != nil {
		if fault.Is(err, fault.Replaced) {
			return c.stopReplaced(ctx, co, err)
		}
		return err
	}
	for len(ids) > 0 {
		n := min(len(ids), 100)
		var recs []ar.Record
		err := co.Adapter.Fresh(ctx, ids[:n], func(r ar.Record) error { recs = append(recs, r); return nil })
		if err != nil {
			return fault.Wrap("read accounts afresh", err)
		}
		if err := c.Store.ApplyFresh(ctx, ids[:n], recs, c.Clock.Now()); err != nil {
			return err
		}
		ids = ids[n:]
	}
	return nil
}

// accountsOf lists the accounts that deliveries speak of.
func accountsOf(batch []outbox.Delivery) []ar.AccountID {
	seen := map[ar.AccountID]bool{}
	var ids []ar.AccountID
	for _, d := range batch {
		for _, o := range d.Occasions {
			id := ar.AccountID{Source: d.Party.Source, Company: d.Party.Company, Customer: o.Subject.Customer}
			if !seen[id] {
				seen[id] = true
				ids = append(ids, id)
			}
		}
	}
	return ids
}

// keepAll supersedes deliveries with the reason of the last look.
func (k *courier) keepAll(ctx context.Context, batch []outbox.Delivery, r refusal) error {
	if len(batch) == 0 {
		return nil
	}
	ids := make([]int64, len(batch))
	for i := range batch {
		ids[i] = batch[i].ID
	}
	k.mu.Lock()
	k.sum.Kept[r.reason] += len(ids)
	k.mu.Unlock()
	return k.Store.Supersede(ctx, ids, r.reason, r.detail, k.Clock.Now())
}

// park leaves deliveries reserved whose last look could not be taken. They are
// free again once the courier is done, and the cause is its error.
func (k *courier) park(co *Company, batch []outbox.Delivery, cause error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if !slices.Contains(k.unread, co) {
		k.unread = append(k.unread, co)
		k.failed = append(k.failed, fault.Wrap(fmt.Sprintf("company %s: %d messages wait for their last look", co.Key, len(batch)), cause))
	}
}

// putBack frees what is still reserved: what was parked, and what an error or
// the end of ctx left behind. What may have left already goes again as that.
func (k *courier) putBack(ctx context.Context) error {
	ctx = context.WithoutCancel(ctx)
	left, err := k.Store.Deliveries(ctx, store.DeliveryFilter{Channel: k.channel, States: []outbox.State{outbox.Reserved}})
	if err != nil || len(left) == 0 {
		return err
	}
	now := k.Clock.Now()
	outcomes := make([]outbox.Outcome, len(left))
	for i, d := range left {
		outcomes[i] = outbox.Outcome{ID: d.ID, State: outbox.Rendered, Reason: d.Reason, Detail: d.Detail, At: now}
		if d.Reason == sequence.ReasonUncertain {
			outcomes[i].State, outcomes[i].RetryAt = outbox.Retry, now
		}
	}
	return k.Store.Hand(ctx, nil, outcomes, now)
}

func lower(address string) string { return strings.ToLower(address) }
