package cycle

import (
	"context"
	"errors"
	"fmt"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
	"holdfast/engine/store"
)

// Held counts what became of hold actions.
type Held struct {
	Placed    int `json:"placed"`
	Released  int `json:"released"`
	Shadowed  int `json:"shadowed"` // journalled, not written: holds are not enabled
	Conflicts int `json:"conflicts"`
	Drifted   int `json:"drifted"`
	Withdrawn int `json:"withdrawn"` // the last look said no
	Waiting   int `json:"waiting"`   // proposed: a person says yes or no
	Later     int `json:"later"`     // decided, and written once it is a working day with data and receipts up to date
	Asked     int `json:"asked"`     // the ERP's own job was asked and has not done it yet
	SetAgain  int `json:"set_again"` // the ERP had lifted them by itself

	OrdersHeld  int `json:"orders_held"`  // open orders of customers on hold
	OrdersFreed int `json:"orders_freed"` // those put back, or closed meanwhile
}

// HoldsEnabled is the setting under which a company's holds are written to the
// ERP.
func HoldsEnabled(co *Company) string {
	return fmt.Sprintf("holds.enabled/%s/%s", co.Source, co.ID)
}

// HoldsAccepted is the setting that keeps the sentence which a person accepted
// before holds are written by a way that the ERP's vendor does not support.
func HoldsAccepted(co *Company) string {
	return fmt.Sprintf("holds.accepted/%s/%s", co.Source, co.ID)
}

// Shadow reports whether a company's holds are journalled and not written: its
// mode is not live, nobody enabled them, or nobody accepted what their way of
// writing asks to be accepted.
func (c *Cycle) Shadow(ctx context.Context, co *Company) (bool, error) {
	enabled, err := c.Store.Setting(ctx, HoldsEnabled(co))
	if err != nil || enabled != "yes" || co.Mode != outbox.Live {
		return true, err
	}
	needed := co.Adapter.Capability().OptIn
	if needed == "" {
		return false, nil
	}
	accepted, err := c.Store.Setting(ctx, HoldsAccepted(co))
	return accepted != needed, err
}

// Holds carries out what the hold journal has open for a company: decided holds
// after their last look, those that a crash left half done, and releases.
func (c *Cycle) Holds(ctx context.Context, co *Company, m Moment) (Held, error) {
	h := &holder{Cycle: c, company: co, moment: m}
	var err error
	if h.shadow, err = c.Shadow(ctx, co); err != nil {
		return h.sum, fault.Wrap("hold", err)
	}
	entries, err := c.open(ctx, co)
	if err != nil {
		return h.sum, fault.Wrap("hold", err)
	}
	var failed []error
	for _, e := range entries {
		if reason, err := c.Stopped(ctx); err != nil || reason != "" {
			return h.sum, errors.Join(append(failed, err)...)
		}
		if err := h.act(ctx, e); err != nil {
			failed = append(failed, fault.Wrap(fmt.Sprintf("hold of customer %s", e.Account.Customer), err))
		}
	}
	return h.sum, errors.Join(failed...)
}

// open lists the entries of a company's mode that still stand. Holds written in
// mode live are lifted whatever the mode is now.
func (c *Cycle) open(ctx context.Context, co *Company) ([]ar.HoldEntry, error) {
	entries, err := c.Store.Holds(ctx, store.HoldFilter{Source: co.Source, Company: co.ID, Mode: co.Mode, Live: true})
	if err != nil || co.Mode == outbox.Live {
		return entries, err
	}
	leaving, err := c.Store.Holds(ctx, store.HoldFilter{
		Source: co.Source, Company: co.ID, Mode: outbox.Live, States: []ar.EntryState{ar.EntryReleasing},
	})
	return append(entries, leaving...), err
}

// holder carries out the hold actions of one company.
type holder struct {
	*Cycle
	company *Company
	moment  Moment
	shadow  bool
	sum     Held
}

// act moves one entry of the journal on.
func (h *holder) act(ctx context.Context, e ar.HoldEntry) error {
	if err := h.sameWay(e); err != nil {
		return err
	}
	switch e.State {
	case ar.EntryPlanned:
		if h.shadow {
			return h.to(ctx, e, ar.EntryShadow, "holds are not enabled: journalled only")
		}
		return h.place(ctx, e)
	case ar.EntryPlacing:
		return h.finishPlacing(ctx, e)
	case ar.EntryReleasing:
		return h.release(ctx, e)
	case ar.EntryPlaced:
		if err := h.sweep(ctx, e); err != nil {
			return err
		}
		return h.drift(ctx, e)
	case ar.EntryProposed:
		h.sum.Waiting++
	}
	return nil
}

// sameWay refuses to touch a hold that was written in another way than holds are
// written now: what this way reads says nothing of it.
func (h *holder) sameWay(e ar.HoldEntry) error {
	now := h.company.Adapter.Capability().Mode
	if e.Way == "" || e.Way == now {
		return nil
	}
	return fault.New(fault.Invalid, "the hold was written by %s, and hold_mode is %s now: it stands in the ERP and is left alone", e.Way, now).
		WithCure("set hold_mode back to %s until holdfast hold release --ours has lifted it", e.Way)
}

// place takes the last look and writes a new hold. The intent is journalled
// with the value found before it is written.
func (h *holder) place(ctx context.Context, e ar.HoldEntry) error {
	need, ok, err := h.approvedHold(ctx, e.ID)
	if err != nil {
		return err
	}
	if !ok {
		h.sum.Waiting++
		return h.to(ctx, e, ar.EntryProposed, lackingText(need))
	}
	reason, detail, ok, err := h.stillHeld(ctx, e)
	if err != nil {
		return err
	}
	if !ok && passing(reason) {
		h.sum.Later++
		return nil
	}
	if !ok {
		return h.to(ctx, e, ar.EntryWithdrawn, fmt.Sprintf("%s %s", reason, detail))
	}
	seen, err := h.company.Adapter.Hold(ctx, e.Account)
	if err != nil {
		return err
	}
	if seen.Same(h.company.Adapter.Capability().Value) {
		return h.to(ctx, e, ar.EntryConflict, "the ERP holds the customer already, and not by us")
	}
	e.Previous, e.Level, e.Way = seen, h.company.Adapter.Capability().Level, h.company.Adapter.Capability().Mode
	if err := h.to(ctx, e, ar.EntryPlacing, ""); err != nil {
		return err
	}
	e.State = ar.EntryPlacing
	return h.write(ctx, e, seen)
}

// passing reports whether a hold only waits: for a working day, for data or for
// receipts. It stays planned, and is written once they are there.
func passing(reason sequence.Reason) bool {
	return reason == sequence.ReasonHoliday || reason == sequence.ReasonDataAge || reason == sequence.ReasonCashBehind
}

// write writes a journalled hold. What the ERP said decides how the entry ends;
// where it cannot be known the entry stays as it is, and the next cycle reads.
func (h *holder) write(ctx context.Context, e ar.HoldEntry, seen ar.HoldState) error {
	written, err := h.company.Adapter.SetHold(context.WithoutCancel(ctx), e.Account, ar.Hold{Placed: true}, seen)
	switch {
	case fault.Is(err, fault.Pending):
		return h.pending(e, err)
	case fault.Is(err, fault.Conflict):
		return h.to(ctx, e, ar.EntryConflict, err.Error())
	case err != nil:
		return err
	}
	return h.placed(ctx, e, written)
}

// placed journals a hold that stands in the ERP, and goes through its orders.
func (h *holder) placed(ctx context.Context, e ar.HoldEntry, written ar.HoldState) error {
	e.Written = written
	if e.PlacedOn == 0 {
		e.PlacedOn = h.moment.Day
	}
	if err := h.to(ctx, e, ar.EntryPlaced, ""); err != nil {
		return err
	}
	return h.sweep(ctx, e)
}

// pendingLong is how long the ERP's own job may take before it is said aloud.
const pendingLong = time.Hour

// pending leaves an entry as it is: the ERP's own job was asked, and the next
// cycle looks again.
func (h *holder) pending(e ar.HoldEntry, asked error) error {
	h.sum.Asked++
	if since := h.Clock.Now().Sub(e.ChangedAt); since > pendingLong {
		h.Log.Warn("the ERP's own job has not done what it was asked", "company", h.company.Key, "customer", string(e.Account.Customer),
			"state", string(e.State), "since", e.ChangedAt.UTC().Format(time.RFC3339), "asked", asked.Error(),
			"cure", "look at holdfast_request in the ERP's database, and at the job that reads it")
	}
	return nil
}

// finishPlacing settles a hold whose writing was cut off: as wanted means ours,
// as before means not written, anything else is somebody's edit.
func (h *holder) finishPlacing(ctx context.Context, e ar.HoldEntry) error {
	seen, err := h.company.Adapter.Hold(ctx, e.Account)
	if err != nil {
		return err
	}
	switch {
	case seen.Same(h.company.Adapter.Capability().Value):
		return h.placed(ctx, e, seen)
	case seen.Same(e.Previous):
		return h.write(ctx, e, seen)
	}
	return h.to(ctx, e, ar.EntryConflict, fmt.Sprintf("the ERP has %s where %s stood", seen, e.Previous))
}

// release puts the previous value back, if the hold is still as we wrote it,
// and then what stood on its orders: some ERPs keep an order held as long as its
// customer is.
func (h *holder) release(ctx context.Context, e ar.HoldEntry) error {
	seen, err := h.company.Adapter.Hold(ctx, e.Account)
	if err != nil {
		return err
	}
	state, outcome := ar.EntryReleased, ""
	switch {
	case seen.Same(e.Previous):
		outcome = "the value of before was there already"
	case !seen.Same(e.Written):
		state, outcome = ar.EntryDrifted, fmt.Sprintf("somebody changed our hold to %s; it is theirs now", seen)
	default:
		_, err = h.company.Adapter.SetHold(context.WithoutCancel(ctx), e.Account, ar.Hold{Restore: e.Previous}, seen)
		switch {
		case fault.Is(err, fault.Pending):
			return h.pending(e, err)
		case fault.Is(err, fault.Conflict):
			state, outcome = ar.EntryDrifted, err.Error()
		case err != nil:
			return err
		}
	}
	if err := h.liftOrders(ctx, e); err != nil {
		return err
	}
	return h.to(ctx, e, state, outcome)
}

// reassertTimes is how often a hold that the ERP lifted by itself is set again
// before it is reported instead.
const reassertTimes = 3

// drift reports a placed hold that somebody changed. It is not fought: only
// where the company wants it, and what stood before is back, it is set again a
// few times, since some ERPs work the flag out anew by themselves.
func (h *holder) drift(ctx context.Context, e ar.HoldEntry) error {
	if !h.moment.Drift {
		return nil
	}
	seen, err := h.company.Adapter.Hold(ctx, e.Account)
	if err != nil || seen.Same(e.Written) {
		return err
	}
	if h.company.Limits.Reassert && e.Reasserted < reassertTimes && seen.Same(e.Previous) && !h.shadow {
		e.Reasserted++
		h.sum.SetAgain++
		if err := h.to(ctx, e, ar.EntryPlacing, fmt.Sprintf("it was back at %s: set again, the %d. time", seen, e.Reasserted)); err != nil {
			return err
		}
		e.State = ar.EntryPlacing
		return h.write(ctx, e, seen)
	}
	if err := h.liftOrders(ctx, e); err != nil {
		return err
	}
	return h.to(ctx, e, ar.EntryDrifted, fmt.Sprintf("somebody changed our hold to %s; it is theirs now", seen))
}

// to moves an entry to a state in the journal, and counts it.
func (h *holder) to(ctx context.Context, e ar.HoldEntry, state ar.EntryState, outcome string) error {
	was, since := e.State, e.ChangedAt
	e.State, e.Outcome, e.ChangedAt = state, outcome, h.Clock.Now()
	switch state {
	case ar.EntryPlaced:
		h.sum.Placed++
	case ar.EntryShadow:
		h.sum.Shadowed++
		e.PlacedOn, e.Level = h.moment.Day, h.company.Adapter.Capability().Level
	case ar.EntryReleased:
		h.sum.Released++
		e.ReleasedOn = h.moment.Day
	case ar.EntryConflict:
		h.sum.Conflicts++
	case ar.EntryDrifted:
		h.sum.Drifted++
	case ar.EntryWithdrawn:
		h.sum.Withdrawn++
	}
	_, err := h.Store.PutHold(context.WithoutCancel(ctx), store.HoldWrite{
		Entry: e, Was: was, Mode: h.company.Mode, By: "cycle", Day: h.moment.Day, At: e.ChangedAt,
	})
	if err == nil {
		h.Watch.Held(h.company.Key, state, e.ChangedAt.Sub(since))
		h.Log.Info("hold", "company", h.company.Key, "customer", string(e.Account.Customer), "state", string(state), "outcome", outcome)
	}
	return err
}

// stillHeld is the last look before a hold is written: the same questions as
// for a message. A hold that a person asked for needs none but the stop switch.
func (h *holder) stillHeld(ctx context.Context, e ar.HoldEntry) (sequence.Reason, string, bool, error) {
	if e.ByPerson() {
		return "", "", true, nil
	}
	if r, err := h.dataFit(ctx, h.company); err != nil || r.reason != "" {
		return r.reason, r.detail, false, err
	}
	if behind, err := h.cashBehind(ctx, h.company, h.moment.Day); err != nil || behind != "" {
		return sequence.ReasonCashBehind, behind, false, err
	}
	if err := h.readFresh(ctx, h.company, []ar.AccountID{e.Account}); err != nil {
		return "", "", false, err
	}
	occasions, err := h.Store.HoldOccasions(ctx, e.ID)
	if err != nil {
		return "", "", false, err
	}
	cs, found, err := h.caseOf(ctx, e.Account)
	if err != nil || !found {
		return sequence.ReasonSettled, "nothing of the account is open", false, err
	}
	reason, detail, ok := h.company.Book.StillHeld(cs, e.ID, occasions)
	return reason, detail, ok, nil
}

// caseOf reads the case of the party that an account belongs to.
func (h *holder) caseOf(ctx context.Context, id ar.AccountID) (sequence.Case, bool, error) {
	return h.CaseOf(ctx, h.company, h.moment, id)
}

// CaseOf reads the case of the party that an account belongs to, as of a
// moment; found is false where nothing is known of it.
func (c *Cycle) CaseOf(ctx context.Context, co *Company, m Moment, id ar.AccountID) (sequence.Case, bool, error) {
	party, err := c.Store.PartyOf(ctx, id)
	if err != nil {
		return sequence.Case{}, false, err
	}
	sel := c.selection(co, m)
	sel.Parties = []ar.PartyID{party}
	for cs, err := range c.Store.Cases(ctx, sel) {
		cs.Today, cs.Now = m.Day, m.Now
		return cs, true, err
	}
	return sequence.Case{}, false, nil
}
