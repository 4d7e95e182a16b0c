package cli

import (
	"context"
	"fmt"
	"strings"

	"holdfast/engine/fault"
	"holdfast/engine/intake"
)

// contactVerb is who must not be spoken to, and by what way.
type contactVerb struct {
	Stop   contactStopVerb   `cmd:"" help:"Keep that a customer must not be contacted, at once."`
	Resume contactResumeVerb `cmd:"" help:"Take such a stop back."`
	List   contactListVerb   `cmd:"" help:"List the stops of contact."`
}

// reachFlags name a way to a customer.
type reachFlags struct {
	Channel string `placeholder:"CHANNEL" help:"Only this way: email, sms, voice or letter (default: any)."`
	Address string `placeholder:"ADDRESS" help:"Only this address, whoever it belongs to (default: any)."`
}

type contactStopVerb struct {
	customerFlags
	reachFlags
	factFlags
}

// Help says more than the line in the list of verbs.
func (v *contactStopVerb) Help() string {
	return "It holds from the next last look on, which is taken right before a message leaves: what is planned already does not go out."
}

// Run keeps a stop of contact.
func (v *contactStopVerb) Run(ctx context.Context, a *App) error {
	t, err := a.tell(ctx, v.customerFlags, v.factFlags, func(account *intake.Account, t intake.Teller) (intake.Fact, error) {
		return account.DoNotContact(t, v.Channel, v.Address)
	})
	if err != nil {
		return err
	}
	return a.showTold(t, "Stop %d: nothing goes to %s%s any more.", t.ID, customerText(t.customer), reachText(t.Channel, t.Address))
}

// reachText says by which way, for a person.
func reachText(channel, address string) string {
	text := ""
	if channel != "" {
		text += " by " + channel
	}
	if address != "" {
		text += " at " + address
	}
	return text
}

type contactResumeVerb struct {
	customerFlags
	reachFlags
	factFlags
}

// Help says more than the line in the list of verbs.
func (v *contactResumeVerb) Help() string {
	return "Without a channel or an address every stop of the customer is taken back, else those of that channel or address."
}

// Run takes stops of contact back.
func (v *contactResumeVerb) Run(ctx context.Context, a *App) error {
	st, err := a.FactStore(ctx)
	if err != nil {
		return err
	}
	defer st.Close()
	among, err := a.places(ctx, st, v.Company)
	if err != nil {
		return err
	}
	customer, p, err := a.customerNamed(ctx, st, v.Customer, among)
	if err != nil {
		return err
	}
	account, err := st.IntakeAccount(ctx, customer.Account)
	if err != nil {
		return err
	}
	n := 0
	for _, f := range account.Facts {
		if f.Kind != intake.DoNotContact || !v.means(&f) {
			continue
		}
		_, err := keep(ctx, st, told{customer: customer, place: p}, v.factFlags, func(account *intake.Account, t intake.Teller) (intake.Fact, error) {
			t.Key = keyOfEnd(t.Key, f.ID)
			return account.End(t, f.ID, intake.Withdrawn, "")
		})
		if err != nil {
			return err
		}
		n++
	}
	if n == 0 {
		return fault.New(fault.NotFound, "no stop of contact stands for %s%s", customerText(customer), reachText(v.Channel, v.Address)).
			WithCure("see holdfast contact list %s", customer.Account.Customer)
	}
	a.Say("%s may be contacted again%s: %s taken back.", customerText(customer), reachText(v.Channel, v.Address), count(n, "stop"))
	return nil
}

// keyOfEnd makes one key for each of several facts that are ended under one.
func keyOfEnd(key string, id int64) string {
	if key == "" {
		return ""
	}
	return fmt.Sprintf("%s|%d", key, id)
}

// means reports whether a stop is among those to be taken back.
func (v *contactResumeVerb) means(f *intake.Fact) bool {
	return (v.Channel == "" || strings.EqualFold(v.Channel, f.Channel)) && (v.Address == "" || strings.EqualFold(v.Address, f.Address))
}

type contactListVerb struct{ factListFlags }

// Run lists the stops that stand.
func (v *contactListVerb) Run(ctx context.Context, a *App) error {
	all, err := a.factsTold(ctx, v.factListFlags, intake.DoNotContact)
	if err != nil {
		return err
	}
	return a.showReaches(ctx, all, v.Company, "Everybody may be contacted.")
}

// showReaches lists facts about channels and addresses that stand.
func (a *App) showReaches(ctx context.Context, all gathered[intake.Fact], company, none string) error {
	ended, err := a.endings(ctx, company)
	if err != nil {
		return err
	}
	rows := []factRow{}
	for _, f := range all.list {
		if _, over := ended[f.ID]; !over {
			rows = append(rows, newFactRow(f, all.key(f.Account), all.known[f.Account]))
		}
	}
	if a.JSON {
		return a.WriteJSON(rows)
	}
	if len(rows) == 0 {
		a.Say("%s", none)
		return nil
	}
	var lines [][]string
	for _, r := range rows {
		lines = append(lines, []string{
			itoa(r.ID), r.On.String(), r.Company, first(r.Customer, string(r.CustomerID)), first(r.Value, "stopped"),
			first(r.Channel, "any"), first(r.Address, "any"), r.By,
		})
	}
	return a.Table([]Column{
		{"No", true}, {"Told", false}, {"Company", false}, {"Customer", false}, {"What", false}, {"Channel", false}, {"Address", false}, {"By", false},
	}, lines)
}
