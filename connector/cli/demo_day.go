package cli

import (
	"context"
	"errors"
	"path/filepath"
	"time"

	"holdfast/adapters/demoerp"
	"holdfast/engine/ar"
	"holdfast/engine/cycle"
	"holdfast/engine/fault"
	"holdfast/engine/ledger"
	"holdfast/engine/outbox"
	"holdfast/engine/statement"
	"holdfast/engine/store"
)

// begin reads the ledger, enables holds and lets old debt enter, as a site does
// before its first live day.
func (d *demo) begin(ctx context.Context) error {
	if _, err := d.cycle.Pull(ctx, d.company, true, false); err != nil {
		return err
	}
	for customer, err := range d.store.Customers(ctx, d.company.Source, d.company.ID) {
		if err != nil {
			return err
		}
		d.names[customer.Account.Customer] = customer.Name
	}
	d.figures.Customers = len(d.names)
	if err := d.store.PutSetting(ctx, cycle.HoldsEnabled(d.company), "yes", "demo", time.Now()); err != nil {
		return err
	}
	rows, err := d.cycle.Adopt(ctx, d.company, cycle.Moment{Day: d.first}, 0, "demo", true)
	d.figures.Adopted = len(rows)
	if err != nil {
		return err
	}
	before, err := d.erp.Balance(ctx, d.first)
	d.figures.OverdueFirst = before.Overdue
	return err
}

// day lets the ERP live one day, runs one cycle, tries the warehouse, and
// closes the month on its last day.
func (d *demo) day(ctx context.Context, day ar.Day) error {
	written, err := d.written(ctx, day-1)
	if err != nil {
		return err
	}
	events, err := d.erp.Live(ctx, day, written)
	if err != nil {
		return err
	}
	d.figures.happened(events)
	d.refused(events)
	report, err := d.cycle.Run(ctx, func(*cycle.Company) cycle.Moment { return cycle.Moment{Day: day} })
	if err != nil {
		return err
	}
	d.figures.did(report)
	if err := d.warehouse(ctx, day); err != nil {
		return err
	}
	if day == day.MonthEnd() {
		return d.close(ctx, day)
	}
	return nil
}

// written lists the customers whose message was accepted on a day.
func (d *demo) written(ctx context.Context, day ar.Day) ([]ar.CustomerID, error) {
	sent, err := d.store.Deliveries(ctx, store.DeliveryFilter{
		Source: d.company.Source, Company: d.company.ID, Mode: d.company.Mode, States: []outbox.State{outbox.Accepted},
	})
	var all []ar.CustomerID
	for _, m := range sent {
		if m.Day == day {
			all = append(all, m.Account.Customer)
		}
	}
	return all, err
}

// refused notes whose goods the ERP kept back by itself on a day.
func (d *demo) refused(ev demoerp.Events) {
	for _, id := range ev.Refused {
		d.figures.story(id, d.names[id]).refused(ev.Day)
	}
}

// warehouse tries to ship to whom we hold, and again once the hold is lifted.
func (d *demo) warehouse(ctx context.Context, day ar.Day) error {
	entries, err := d.store.Holds(ctx, store.HoldFilter{
		Source: d.company.Source, Company: d.company.ID, Mode: d.company.Mode,
		States: []ar.EntryState{ar.EntryPlaced, ar.EntryReleased},
	})
	if err != nil {
		return err
	}
	for _, e := range entries {
		s := d.figures.story(e.Account.Customer, d.names[e.Account.Customer])
		s.Held = e.PlacedOn
		switch {
		case e.State == ar.EntryPlaced && !d.tested[e.ID]:
			d.tested[e.ID] = true
			if err := d.shipHeld(ctx, s, day); err != nil {
				return err
			}
		case e.State == ar.EntryReleased && s.Shipped.IsZero():
			s.Lifted = e.ReleasedOn
			if err := d.shipFree(ctx, s, day); err != nil {
				return err
			}
		}
	}
	return nil
}

// shipHeld has the warehouse try to ship to a customer on hold: the ERP's own
// trigger must refuse.
func (d *demo) shipHeld(ctx context.Context, s *demoStory, day ar.Day) error {
	err := d.erp.Ship(ctx, s.Customer)
	if !errors.Is(err, demoerp.ErrRefused) {
		return errors.Join(err, fault.New(fault.Unknown, "the warehouse shipped to %s, which is on hold", s.Name))
	}
	s.refused(day)
	return nil
}

// shipFree has the warehouse ship to a customer whose hold was lifted.
func (d *demo) shipFree(ctx context.Context, s *demoStory, day ar.Day) error {
	if err := d.erp.Ship(ctx, s.Customer); err != nil {
		return fault.Wrap("ship to "+s.Name+", whose hold was lifted", err)
	}
	s.Shipped = day
	return nil
}

// close reads what was shipped and invoiced since the cycle, writes the month's
// statements and notes whether the month ties.
func (d *demo) close(ctx context.Context, day ar.Day) error {
	if _, err := d.cycle.Pull(ctx, d.company, false, false); err != nil {
		return err
	}
	cfg := d.config.CompanyKeyed(d.company.Key)
	known, err := d.store.Companies(ctx)
	if err != nil {
		return err
	}
	balance, err := d.erp.Balance(ctx, day)
	if err != nil {
		return err
	}
	r, err := statement.Run(ctx, statement.Options{
		Month: day, OutDir: filepath.Join(d.verb.Dir, "statements"), Folder: d.company.Key,
		Seller: seller(cfg, known[0]), Accounts: d.accounts(ctx, day), Control: balance.Total,
	})
	if err != nil {
		return err
	}
	d.figures.closed(day, r)
	return nil
}

// accounts are the ledgers of the month that ends on day.
func (d *demo) accounts(ctx context.Context, day ar.Day) func(yield func(ledger.AccountLedger, error) bool) {
	return d.store.Ledger(ctx, d.company.Source, d.company.ID, day.MonthStart())
}
