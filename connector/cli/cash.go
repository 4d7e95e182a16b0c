package cli

import (
	"context"
	"time"

	"holdfast/engine/ar"
)

// cashVerb is what a person knows about receipts.
type cashVerb struct {
	PostedThrough cashPostedVerb `cmd:"" name:"posted-through" help:"Say that all receipts up to a day are posted in the ERP."`
}

// cashPostedVerb says how far the receipts of one source are posted.
type cashPostedVerb struct {
	Day     ar.Day `arg:"" help:"The last day whose receipts are all posted, as 2026-11-20."`
	Company string `placeholder:"KEY" help:"Company; needed where there are several."`
	Source  string `placeholder:"NAME" help:"Bank account or source of receipts; needed where several are configured."`
}

// Help says more than the line in the list of verbs.
func (v *cashPostedVerb) Help() string {
	return "Until the receipts are posted far enough (company.cash in the config), the company's reminders and holds wait."
}

// Run keeps the day.
func (v *cashPostedVerb) Run(ctx context.Context, a *App) error {
	st, err := a.FactStore(ctx)
	if err != nil {
		return err
	}
	defer st.Close()
	p, err := a.placeOne(ctx, st, v.Company)
	if err != nil {
		return err
	}
	name, err := cashSource(p, v.Source)
	if err != nil {
		return err
	}
	if v.Day > p.today() {
		return usage("%s is in the future: today is %s", v.Day, p.today()).WithCure("give a day that is over")
	}
	told := ar.Freshness{Source: p.ERP.Source, Company: p.ERP.ID, Name: name, PostedThrough: v.Day}
	if err := st.SetCash(ctx, told, byPerson(), time.Now()); err != nil {
		return err
	}
	a.Say("Company %s: receipts of %s are posted through %s.", p.Key, name, v.Day)
	return nil
}

// cashSource returns the configured source of a name; "" is the only one.
func cashSource(p place, name string) (string, error) {
	var names []string
	for _, s := range p.Cash.Sources {
		if s.Name == name || name == "" && len(p.Cash.Sources) == 1 {
			return s.Name, nil
		}
		names = append(names, s.Name)
	}
	switch {
	case len(names) == 0:
		return "", usage("company %s has no source of receipts in the config, so nobody would look", p.Key).
			WithCure(`write sources = [{ name = "bank" }] below [company.cash]`)
	case name == "":
		return "", usage("company %s has several sources of receipts", p.Key).WithCure("name one with --source: %s", join(names))
	}
	return "", notFound("source of receipts", name).WithCure("there are: %s", join(names))
}
