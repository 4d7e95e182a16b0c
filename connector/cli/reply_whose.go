package cli

import (
	"context"
	"strings"
	"time"

	"holdfast/engine/store"
)

type replyUnmatchedVerb struct{}

// Help says more than the line in the list of verbs.
func (v *replyUnmatchedVerb) Help() string {
	return "A reply that names no message fits an account only where one customer alone has the address that it came from. Opt-outs and calls that fit none are listed too."
}

// Run lists what fits no account.
func (v *replyUnmatchedVerb) Run(ctx context.Context, a *App) error {
	st, err := a.ReadStore(ctx)
	if err != nil {
		return err
	}
	defer st.Close()
	rows, err := eventsOf(ctx, st, store.EventFilter{Unmatched: true})
	if err != nil {
		return err
	}
	if a.JSON {
		return a.WriteJSON(rows)
	}
	if len(rows) == 0 {
		a.Say("Every reply fits an account.")
		return nil
	}
	var lines [][]string
	for _, r := range rows {
		lines = append(lines, []string{
			itoa(r.ID), r.At.Local().Format("2006-01-02 15:04"), r.Channel, r.Address, eventText(r.Kind), first(short(r.Text, replyShown), r.Subject, r.Detail), r.Why,
		})
	}
	return a.Table([]Column{
		{"No", true}, {"At", false}, {"Channel", false}, {"From", false}, {"What", false}, {"Text", false}, {"Why", false},
	}, lines)
}

type replyAssignVerb struct {
	ID int64 `arg:"" help:"Number of the reply, as \"reply unmatched\" shows it."`
	customerFlags
	By string `placeholder:"NAME" help:"Who says so (default: you)."`
}

// Help says more than the line in the list of verbs.
func (v *replyAssignVerb) Help() string {
	return "What follows is what would have followed at once: reminders wait for an answer, an opt-out holds from the next last look on."
}

// Run gives a reply to a customer.
func (v *replyAssignVerb) Run(ctx context.Context, a *App) error {
	c, done, err := a.cycleFor(ctx, true)
	if err != nil {
		return err
	}
	defer done()
	among, err := a.places(ctx, c.Store, v.Company)
	if err != nil {
		return err
	}
	customer, p, err := a.customerNamed(ctx, c.Store, v.Customer, among)
	if err != nil {
		return err
	}
	facts, err := c.AssignEvent(ctx, v.ID, customer.Account, first(v.By, person()))
	if err != nil {
		return err
	}
	if a.JSON {
		rows := []factRow{}
		for _, f := range facts {
			rows = append(rows, newFactRow(f, p.Key, customer))
		}
		return a.WriteJSON(rows)
	}
	var kept []string
	for _, f := range facts {
		kept = append(kept, kindWords(f.Kind))
	}
	a.Say("Reply %d is given to %s and kept as: %s.", v.ID, customerText(customer), first(strings.Join(kept, ", "), "nothing"))
	return nil
}

type replyDropVerb struct {
	IDs []int64 `arg:"" name:"id" help:"Numbers as \"reply unmatched\" shows them."`
	By  string  `placeholder:"NAME" help:"Who says so (default: you)."`
}

// Help says more than the line in the list of verbs.
func (v *replyDropVerb) Help() string {
	return "For what is from nobody who owes anything, such as a newsletter. It stays on record as ignored."
}

// Run drops replies.
func (v *replyDropVerb) Run(ctx context.Context, a *App) error {
	st, err := a.FactStore(ctx)
	if err != nil {
		return err
	}
	defer st.Close()
	if err := st.DropEvents(ctx, v.IDs, first(v.By, person()), time.Now()); err != nil {
		return err
	}
	a.Say("%s dropped.", count(len(v.IDs), "item"))
	return nil
}
