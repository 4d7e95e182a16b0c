package cli

import (
	"context"
	"strings"
	"time"

	"holdfast/connector/config"
	"holdfast/engine/ar"
	"holdfast/engine/store"
)

// place is one configured company as far as the config and the state know it,
// for verbs that ask no ERP.
type place struct {
	*config.Company
	ERP  ar.Company // as last read; only its ids are filled before the first pull
	Zone *time.Location
}

// today is the company's own day.
func (p place) today() ar.Day { return ar.DayOf(time.Now().In(p.Zone)) }

// places returns the company of a key, or all for "".
func (a *App) places(ctx context.Context, st *store.Store, key string) ([]place, error) {
	cfg, err := a.Config()
	if err != nil {
		return nil, err
	}
	read, err := st.Companies(ctx)
	if err != nil {
		return nil, err
	}
	var all []place
	var keys []string
	for i := range cfg.Company {
		co := &cfg.Company[i]
		keys = append(keys, co.Key)
		if key == "" || co.Key == key {
			all = append(all, placeOf(co, read))
		}
	}
	if len(all) == 0 {
		return nil, notFound("company", key).WithCure("there are: %s", join(keys))
	}
	return all, nil
}

// placeOne returns the company of a key; "" is the only one there is.
func (a *App) placeOne(ctx context.Context, st *store.Store, key string) (place, error) {
	all, err := a.places(ctx, st, key)
	if err != nil {
		return place{}, err
	}
	if len(all) == 1 {
		return all[0], nil
	}
	var keys []string
	for _, p := range all {
		keys = append(keys, p.Key)
	}
	return place{}, usage("there are several companies").WithCure("name one with --company: %s", join(keys))
}

func placeOf(co *config.Company, read []ar.Company) place {
	p := place{Company: co, ERP: ar.Company{Source: co.Source(), ID: co.CompanyID()}}
	for _, known := range read {
		if known.Source == p.ERP.Source && known.ID == p.ERP.ID {
			p.ERP = known
		}
	}
	zone, err := time.LoadLocation(first(co.TimeZone, p.ERP.TimeZone))
	if err != nil {
		zone = time.UTC
	}
	p.Zone = zone
	return p
}

// keyOf returns the key of the company that an account belongs to, its id where
// the company is not configured any more.
func keyOf(all []place, source ar.Source, id ar.CompanyID) string {
	for _, p := range all {
		if p.ERP.Source == source && p.ERP.ID == id {
			return p.Key
		}
	}
	return string(id)
}

// customers finds the master data of the named accounts; one that is not in the
// state any more is left out.
func customers(ctx context.Context, st *store.Store, ids []ar.AccountID) (map[ar.AccountID]ar.Customer, error) {
	wanted := map[ar.AccountID]bool{}
	companies := map[ar.PartyID]bool{} // without a payer: the company
	for _, id := range ids {
		wanted[id], companies[ar.PartyID{Source: id.Source, Company: id.Company}] = true, true
	}
	found := map[ar.AccountID]ar.Customer{}
	for co := range companies {
		for c, err := range st.Customers(ctx, co.Source, co.Company) {
			if err != nil {
				return nil, err
			}
			if wanted[c.Account] {
				found[c.Account] = c
			}
		}
	}
	return found, nil
}

// customerNamed finds the one customer whose id, number or name is text. Where
// several are, the error lists them.
func (a *App) customerNamed(ctx context.Context, st *store.Store, text string, among []place) (ar.Customer, place, error) {
	all, err := st.FindCustomer(ctx, text, "")
	if err != nil {
		return ar.Customer{}, place{}, err
	}
	var found []ar.Customer
	var at []place
	var lines []string
	for _, c := range all {
		for _, p := range among {
			if p.ERP.Source == c.Account.Source && p.ERP.ID == c.Account.Company {
				found, at = append(found, c), append(at, p)
				lines = append(lines, "id "+string(c.Account.Customer)+", number "+c.Number+", "+c.Name+", in company "+p.Key)
			}
		}
	}
	switch len(found) {
	case 1:
		return found[0], at[0], nil
	case 0:
		return ar.Customer{}, place{}, usage("there is no customer %q", text).
			WithCure("give the id, the number or the whole name as the ERP has it")
	}
	return ar.Customer{}, place{}, usage("%q is more than one customer: %s", text, strings.Join(lines, "; ")).
		WithCure("give the id, and the company with --company")
}
