package cli

import (
	"context"
	"slices"

	"holdfast/engine/intake"
)

// preferVerb is how customers want to be dealt with.
type preferVerb struct {
	Set  preferSetVerb  `cmd:"" default:"withargs" help:"Keep how a customer wants to be dealt with; \"set\" may be left out."`
	List preferListVerb `cmd:"" help:"List what customers prefer."`
}

type preferSetVerb struct {
	customerFlags
	Name  string `arg:"" help:"channel, hour, language, pays_on, direct_debit, needs_po, needs_portal, white_glove or no_statement."`
	Value string `arg:"" help:"Such as email, 10:00, de, \"Thu\" or \"15,last\", yes or no."`
	factFlags
}

// Help says more than the line in the list of verbs.
func (v *preferSetVerb) Help() string {
	return "channel is email, sms, voice or letter. pays_on names the days of their pay runs: contact and holds wait for the next one. " +
		"direct_debit: we collect. needs_po, needs_portal: they pay nothing without a purchase order, or before their portal took it. " +
		"white_glove: only people speak to them. A newer value takes the place of the older."
}

// Run keeps a preference.
func (v *preferSetVerb) Run(ctx context.Context, a *App) error {
	t, err := a.tell(ctx, v.customerFlags, v.factFlags, func(account *intake.Account, t intake.Teller) (intake.Fact, error) {
		return account.Preference(t, v.Name, v.Value)
	})
	if err != nil {
		return err
	}
	return a.showTold(t, "Preference %d of %s: %s is %s.", t.ID, customerText(t.customer), t.Code, t.Value)
}

type preferListVerb struct{ factListFlags }

// Run lists the preferences that stand: the newest of each name.
func (v *preferListVerb) Run(ctx context.Context, a *App) error {
	all, ended, err := a.factsWithEnds(ctx, v.factListFlags, intake.Preference)
	if err != nil {
		return err
	}
	rows := []factRow{}
	for _, f := range all.list {
		if _, over := ended[f.ID]; over {
			continue
		}
		rows = slices.DeleteFunc(rows, func(r factRow) bool { return r.CustomerID == f.Account.Customer && r.Code == f.Code })
		rows = append(rows, newFactRow(f, all.key(f.Account), all.known[f.Account]))
	}
	if a.JSON {
		return a.WriteJSON(rows)
	}
	if len(rows) == 0 {
		a.Say("No preference is known.")
		return nil
	}
	var lines [][]string
	for _, r := range rows {
		lines = append(lines, []string{itoa(r.ID), r.Company, first(r.Customer, string(r.CustomerID)), r.Code, r.Value, r.On.String(), r.By})
	}
	return a.Table([]Column{
		{"No", true}, {"Company", false}, {"Customer", false}, {"Name", false}, {"Value", false}, {"Told", false}, {"By", false},
	}, lines)
}
