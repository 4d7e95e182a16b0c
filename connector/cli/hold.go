package cli

import (
	"context"
	"strings"
	"time"

	"holdfast/engine"
	"holdfast/engine/ar"
	"holdfast/engine/cycle"
	"holdfast/engine/fault"
	"holdfast/engine/outbox"
	"holdfast/engine/store"
)

// holdVerb is everything about credit holds.
type holdVerb struct {
	Enable  holdEnableVerb  `cmd:"" help:"Let holds be written to the ERP; until then they are only journalled."`
	Disable holdDisableVerb `cmd:"" help:"Write no new holds to the ERP; those that stand are still lifted."`
	List    holdListVerb    `cmd:"" help:"List holds of ours with the value that stood before."`
	Place   holdPlaceVerb   `cmd:"" help:"Hold a customer's credit, or say yes to a proposed hold."`
	Release holdReleaseVerb `cmd:"" help:"Lift a hold of ours and restore what stood before."`
	Script  holdScriptVerb  `cmd:"" help:"Print the SQL of a guard, a table of requests or a procedure, for IT to run in the ERP."`
}

type holdEnableVerb struct {
	Company string `placeholder:"KEY" help:"Company; needed where there are several."`
	Accept  string `placeholder:"REASON" help:"Why holds may be written in a way that the ERP's vendor does not support; needed where the preset says so, and kept in the journal."`
	Yes     bool   `short:"y" help:"Do not ask."`
}

// Help says more than the line in the list of verbs.
func (v *holdEnableVerb) Help() string {
	return `Says first how far a hold reaches in this ERP. Holds are written in mode "live" only.
Where the ERP's vendor does not support writing the hold by SQL, that is off until a person accepts it with
a reason (--accept). Your own procedure, a table that your job reads, and the guard need no such word: see
hold_mode in docs/configuration.md and docs/holds.md.`
}

// Run enables holds for a company.
func (v *holdEnableVerb) Run(ctx context.Context, a *App) error {
	st, err := a.FactStore(ctx)
	if err != nil {
		return err
	}
	defer st.Close()
	c, done, err := a.Cycle(ctx, st, CycleOptions{})
	if err != nil {
		return err
	}
	defer done()
	co, err := a.Company(c, v.Company)
	if err != nil {
		return err
	}
	can := co.Adapter.Capability()
	if !can.Writable {
		return fault.New(fault.Unsupported, "the preset of company %s writes no holds", co.Key).
			WithCure(`see "holdfast preset show"; holds stay journalled`)
	}
	a.Say("A hold in the ERP of company %s %s.", co.Key, strings.TrimSuffix(holdWords(can.Level, can.Stops), "."))
	if err := v.mayWrite(a, can); err != nil {
		return err
	}
	yes, err := a.Confirmed(v.Yes, "Let holds be written to this ERP?")
	if err != nil || !yes {
		return err
	}
	if err := v.record(ctx, st, co); err != nil {
		return err
	}
	a.Say("Holds of company %s are written to the ERP from now on.", co.Key)
	if co.Mode != outbox.Live {
		a.Say(`Its mode is %q: holds stay journalled until the config says mode = "live".`, co.Mode)
	}
	return nil
}

// mayWrite says what a person must accept, and refuses without it.
func (v *holdEnableVerb) mayWrite(a *App, can engine.HoldCapability) error {
	switch {
	case can.OptIn == "":
		return nil
	case strings.TrimSpace(v.Accept) == "":
		return fault.New(fault.Denied, "to be accepted first: %s", strings.TrimSuffix(can.OptIn, ".")).
			WithCure(`add --accept "who allowed it, and why"; or set hold_mode to procedure, staging or guard`)
	}
	a.Say("You accept: %s", can.OptIn)
	return nil
}

// record keeps who enabled the holds, and what was accepted for it.
func (v *holdEnableVerb) record(ctx context.Context, st *store.Store, co *cycle.Company) error {
	now := time.Now()
	if needed := co.Adapter.Capability().OptIn; needed != "" {
		if err := st.PutSetting(ctx, cycle.HoldsAccepted(co), needed, byPerson(), now); err != nil {
			return err
		}
		if err := st.PutSetting(ctx, cycle.HoldsAccepted(co)+"/reason", v.Accept, byPerson(), now); err != nil {
			return err
		}
	}
	return st.PutSetting(ctx, cycle.HoldsEnabled(co), "yes", byPerson(), now)
}

type holdDisableVerb struct {
	Company string `placeholder:"KEY" help:"Company; needed where there are several."`
}

// Run disables holds for a company.
func (v *holdDisableVerb) Run(ctx context.Context, a *App) error {
	st, err := a.FactStore(ctx)
	if err != nil {
		return err
	}
	defer st.Close()
	p, err := a.placeOne(ctx, st, v.Company)
	if err != nil {
		return err
	}
	key := cycle.HoldsEnabled(&cycle.Company{Source: p.ERP.Source, ID: p.ERP.ID})
	if err := st.PutSetting(ctx, key, "", byPerson(), time.Now()); err != nil {
		return err
	}
	placed, err := st.Holds(ctx, store.HoldFilter{Source: p.ERP.Source, Company: p.ERP.ID, States: inERP})
	if err != nil {
		return err
	}
	a.Say("No new hold of company %s is written to the ERP.", p.Key)
	if len(placed) > 0 {
		a.Say(`%s of ours in the ERP; to lift them: holdfast hold release --ours --company %s`, stand(len(placed)), p.Key)
	}
	return nil
}

// inERP are the states in which a hold of ours may stand in the ERP.
var inERP = []ar.EntryState{ar.EntryPlacing, ar.EntryPlaced, ar.EntryReleasing}

// stand words a number of holds: "1 hold stands", "3 holds stand".
func stand(n int) string {
	if n == 1 {
		return "1 hold stands"
	}
	return count(n, "hold") + " stand"
}

type holdListVerb struct {
	All     bool   `help:"Those that ended, too."`
	Company string `placeholder:"KEY" help:"Only this company."`
}

// Run lists the hold journal.
func (v *holdListVerb) Run(ctx context.Context, a *App) error {
	st, err := a.ReadStore(ctx)
	if err != nil {
		return err
	}
	defer st.Close()
	among, err := a.places(ctx, st, v.Company)
	if err != nil {
		return err
	}
	var entries []ar.HoldEntry
	for _, p := range among {
		of, err := st.Holds(ctx, store.HoldFilter{Source: p.ERP.Source, Company: p.ERP.ID, Live: !v.All})
		if err != nil {
			return err
		}
		entries = append(entries, of...)
	}
	return a.showHolds(ctx, st, among, entries)
}

// holdRow is a hold as programs read it. PreviousValue is what stood before in
// the ERP; PreviousState tells a value, NULL and no row apart, and is empty where
// the ERP was not read.
type holdRow struct {
	ID             int64         `json:"id"`
	Company        string        `json:"company"`
	CustomerID     ar.CustomerID `json:"customer_id"`
	CustomerNumber string        `json:"customer_number"`
	Customer       string        `json:"customer"`
	State          ar.EntryState `json:"state"`
	Level          ar.HoldLevel  `json:"level"`
	PlacedAt       ar.Day        `json:"placed_at"`
	ReleasedAt     ar.Day        `json:"released_at"`
	Reason         string        `json:"reason"`
	Proposer       string        `json:"proposer"`
	PreviousState  ar.Held       `json:"previous_state"`
	PreviousValue  *string       `json:"previous_value"`
	Outcome        string        `json:"outcome"`

	Orders []ar.HoldOrder `json:"orders"` // open orders that the hold went through
}

func newHoldRow(e ar.HoldEntry, company string, c ar.Customer) holdRow {
	r := holdRow{
		ID: e.ID, Company: company, CustomerID: e.Account.Customer, CustomerNumber: c.Number, Customer: c.Name, State: e.State,
		Level: e.Level, PlacedAt: e.PlacedOn, ReleasedAt: e.ReleasedOn, Reason: e.Reason, Proposer: e.Proposer, Outcome: e.Outcome,
	}
	if wasRead(e) {
		r.PreviousState = e.Previous.Held
	}
	if r.PreviousState == ar.Valued {
		r.PreviousValue = &e.Previous.Value
	}
	return r
}

// wasRead reports whether the ERP was read for an entry, so that Previous is
// what stood there.
func wasRead(e ar.HoldEntry) bool {
	return e.Written.Held == ar.Valued || e.Previous.Held != ar.NoRow || e.State == ar.EntryPlacing
}

// showHolds writes a list of holds.
func (a *App) showHolds(ctx context.Context, st *store.Store, among []place, entries []ar.HoldEntry) error {
	var ids []ar.AccountID
	for _, e := range entries {
		ids = append(ids, e.Account)
	}
	known, err := customers(ctx, st, ids)
	if err != nil {
		return err
	}
	rows := []holdRow{}
	var lines [][]string
	for _, e := range entries {
		r := newHoldRow(e, keyOf(among, e.Account.Source, e.Account.Company), known[e.Account])
		before := ""
		if wasRead(e) {
			before = e.Previous.String()
		}
		orders, err := st.HoldOrders(ctx, e.ID)
		if err != nil {
			return err
		}
		r.Orders = append([]ar.HoldOrder{}, orders...)
		rows = append(rows, r)
		lines = append(lines, []string{itoa(r.ID), r.Company, first(r.Customer, string(r.CustomerID)), stateWord(e) + ordersWord(orders), r.PlacedAt.String(),
			before, first(r.Outcome, r.Reason)})
	}
	if a.JSON {
		return a.WriteJSON(rows)
	}
	if len(rows) == 0 {
		a.Say("There is no hold of ours.")
		return nil
	}
	return a.Table([]Column{{"No", true}, {"Company", false}, {"Customer", false}, {"State", false}, {"Since", false}, {"Before", false}, {"Why", false}}, lines)
}

// stateWord says where a hold stands and, where it does, what it does.
func stateWord(e ar.HoldEntry) string {
	switch e.State {
	case ar.EntryPlaced:
		return "placed, " + e.Level.String()
	case ar.EntryShadow:
		return "journalled only"
	case ar.EntryProposed:
		return "proposed, waits for a yes"
	}
	return string(e.State)
}

// ordersWord says how many open orders stand under a hold; nothing where none
// does.
func ordersWord(orders []ar.HoldOrder) string {
	n := 0
	for _, o := range orders {
		if o.State == ar.EntryPlaced {
			n++
		}
	}
	if n == 0 {
		return ""
	}
	return ", with " + count(n, "order")
}
