package cycle

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"holdfast/engine"
	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

// sweeper goes through the open orders of one account on hold, each by itself,
// so that a release puts back exactly what stood there.
type sweeper struct {
	*holder
	orders engine.OrderHolder
	held   ar.HoldState // what a held order looks like
	entry  ar.HoldEntry
}

// sweeperOf returns the sweeper of an entry; nil where its ERP has no holds of
// orders.
func (h *holder) sweeperOf(e ar.HoldEntry) *sweeper {
	orders, ok := h.company.Adapter.(engine.OrderHolder)
	can := h.company.Adapter.Capability()
	if !ok || !can.Sweeps {
		return nil
	}
	return &sweeper{holder: h, orders: orders, held: can.Held, entry: e}
}

// sweep holds the open orders of a placed hold, once, where the company wants
// that. Orders that come later were let through by a person or by the ERP.
func (h *holder) sweep(ctx context.Context, e ar.HoldEntry) error {
	s := h.sweeperOf(e)
	if s == nil || e.Swept || h.shadow || !h.company.Limits.Sweep {
		return nil
	}
	open, known, err := s.read(ctx)
	if err != nil {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(open)) {
		if err := s.hold(ctx, known[id], ar.OrderHold{Order: id, State: open[id]}); err != nil {
			return err
		}
	}
	return h.Store.HoldSwept(context.WithoutCancel(ctx), e, h.Clock.Now())
}

// read returns the open orders as the ERP has them and as the journal does.
func (s *sweeper) read(ctx context.Context) (open map[string]ar.HoldState, known map[string]ar.HoldOrder, err error) {
	journal, err := s.Store.HoldOrders(ctx, s.entry.ID)
	if err != nil {
		return nil, nil, err
	}
	known = map[string]ar.HoldOrder{}
	for _, o := range journal {
		known[o.Order] = o
	}
	list, err := s.orders.OrderHolds(ctx, s.entry.Account)
	if err != nil {
		return nil, nil, err
	}
	open = map[string]ar.HoldState{}
	for _, o := range list {
		open[o.Order] = o.State
	}
	return open, known, nil
}

// hold holds one open order, or settles one whose writing was cut off.
func (s *sweeper) hold(ctx context.Context, o ar.HoldOrder, now ar.OrderHold) error {
	switch {
	case o.State == ar.EntryPlacing && now.State.Same(s.held):
		o.Written = now.State
		return s.to(ctx, o, ar.EntryPlaced, "")
	case o.State == ar.EntryPlacing && !now.State.Same(o.Previous):
		return s.to(ctx, o, ar.EntryConflict, fmt.Sprintf("the order has %s where %s stood", now.State, o.Previous))
	case o.State != "" && o.State != ar.EntryPlacing:
		return nil
	}
	o = ar.HoldOrder{Hold: s.entry.ID, Order: now.Order, Previous: now.State, Written: ar.HoldState{Held: ar.NoRow}}
	if now.State.Same(s.held) {
		return s.to(ctx, o, ar.EntryConflict, "the order is on hold already, and not by us")
	}
	if err := s.to(ctx, o, ar.EntryPlacing, ""); err != nil {
		return err
	}
	written, err := s.orders.SetOrderHold(context.WithoutCancel(ctx), s.entry.Account, now, ar.Hold{Placed: true})
	switch {
	case fault.Is(err, fault.Conflict):
		return s.to(ctx, o, ar.EntryConflict, err.Error())
	case fault.Is(err, fault.NotFound):
		return s.to(ctx, o, ar.EntryReleased, err.Error())
	case err != nil:
		return err
	}
	o.Written = written
	return s.to(ctx, o, ar.EntryPlaced, "")
}

// liftOrders puts back what stood on the open orders of a hold. It may be called
// again after an error.
func (h *holder) liftOrders(ctx context.Context, e ar.HoldEntry) error {
	s := h.sweeperOf(e)
	if s == nil {
		return nil
	}
	open, known, err := s.read(ctx)
	if err != nil {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(known)) {
		o := known[id]
		if o.State != ar.EntryPlaced && o.State != ar.EntryPlacing && o.State != ar.EntryReleasing {
			continue
		}
		now, isOpen := open[id]
		if !isOpen {
			err = s.to(ctx, o, ar.EntryReleased, "the order is not open any more")
		} else {
			err = s.lift(ctx, o, now)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// lift puts back one order's hold, if it still is as we wrote it.
func (s *sweeper) lift(ctx context.Context, o ar.HoldOrder, now ar.HoldState) error {
	ours := o.Written
	if o.Written.Held == ar.NoRow { // its writing was cut off
		ours = s.held
	}
	switch {
	case now.Same(o.Previous):
		return s.to(ctx, o, ar.EntryReleased, "the value of before was there already")
	case !now.Same(ours):
		return s.to(ctx, o, ar.EntryDrifted, fmt.Sprintf("somebody changed our hold to %s; it is theirs now", now))
	}
	if err := s.to(ctx, o, ar.EntryReleasing, ""); err != nil {
		return err
	}
	_, err := s.orders.SetOrderHold(context.WithoutCancel(ctx), s.entry.Account, ar.OrderHold{Order: o.Order, State: now}, ar.Hold{Restore: o.Previous})
	switch {
	case fault.Is(err, fault.Conflict):
		return s.to(ctx, o, ar.EntryDrifted, err.Error())
	case fault.Is(err, fault.NotFound):
		return s.to(ctx, o, ar.EntryReleased, "the order is not open any more")
	case err != nil:
		return err
	}
	return s.to(ctx, o, ar.EntryReleased, "")
}

// to moves one order to a state in the journal, and counts it.
func (s *sweeper) to(ctx context.Context, o ar.HoldOrder, state ar.EntryState, outcome string) error {
	o.State, o.Outcome = state, outcome
	switch state {
	case ar.EntryPlaced:
		s.sum.OrdersHeld++
	case ar.EntryReleased:
		s.sum.OrdersFreed++
	case ar.EntryConflict, ar.EntryDrifted:
		s.Log.Warn("hold of an order", "company", s.company.Key, "customer", string(s.entry.Account.Customer), "order", o.Order,
			"state", string(state), "outcome", outcome)
	}
	return s.Store.PutHoldOrder(context.WithoutCancel(ctx), s.entry.Account, o, s.Clock.Now())
}
