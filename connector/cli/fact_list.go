package cli

import (
	"context"

	"holdfast/engine/ar"
	"holdfast/engine/intake"
	"holdfast/engine/store"
)

// factListFlags narrow a list of what was told.
type factListFlags struct {
	Customer string `arg:"" optional:"" help:"Only this customer: its id, number or whole name."`
	Company  string `placeholder:"KEY" help:"Only this company."`
}

// factsTold reads what was told of some kinds, in the order of its telling.
func (a *App) factsTold(ctx context.Context, v factListFlags, kinds ...intake.Kind) (gathered[intake.Fact], error) {
	only := ""
	if v.Customer != "" {
		id, err := a.customerID(ctx, v)
		if err != nil {
			return gathered[intake.Fact]{}, err
		}
		only = id.String()
	}
	return gather(ctx, a, v.Company, accountOf,
		func(st *store.Store, p place) ([]intake.Fact, error) {
			all, err := st.Facts(ctx, store.FactFilter{Source: p.ERP.Source, Company: p.ERP.ID, Kinds: kinds})
			var list []intake.Fact
			for _, f := range all {
				if only == "" || f.Account.String() == only {
					list = append(list, f)
				}
			}
			return list, err
		})
}

// factsWithEnds reads what a list shows, and what ended any of it, by the number
// of what it ended.
func (a *App) factsWithEnds(ctx context.Context, v factListFlags, kinds ...intake.Kind) (gathered[intake.Fact], map[int64]intake.Fact, error) {
	all, err := a.factsTold(ctx, v, kinds...)
	if err != nil {
		return all, nil, err
	}
	ended, err := a.endings(ctx, v.Company)
	return all, ended, err
}

// customerID finds the one customer that a list is narrowed to.
func (a *App) customerID(ctx context.Context, v factListFlags) (ar.AccountID, error) {
	st, err := a.ReadStore(ctx)
	if err != nil {
		return ar.AccountID{}, err
	}
	defer st.Close()
	among, err := a.places(ctx, st, v.Company)
	if err != nil {
		return ar.AccountID{}, err
	}
	c, _, err := a.customerNamed(ctx, st, v.Customer, among)
	return c.Account, err
}

// endings reads by which fact others were ended, and how.
func (a *App) endings(ctx context.Context, company string) (map[int64]intake.Fact, error) {
	all, err := a.factsTold(ctx, factListFlags{Company: company}, intake.End)
	ended := map[int64]intake.Fact{}
	for _, f := range all.list {
		ended[f.Ref] = f
	}
	return ended, err
}

// accountOf is the account of a fact.
func accountOf(f intake.Fact) ar.AccountID { return f.Account }
