package store

import (
	"context"
	"database/sql"

	"holdfast/engine/ar"
)

// Kin lists the parties of a company in groups: those of a group have an address
// in common with another of it. Groups and parties are in the order of payers.
func (s *Store) Kin(ctx context.Context, source ar.Source, id ar.CompanyID) ([][]ar.CustomerID, error) {
	const op = "read who shares an address"
	c, err := findCompany(ctx, s.r, source, id)
	if err != nil {
		return nil, wrap(op, err)
	}
	payers, err := column[ar.CustomerID](ctx, s.r, `SELECT DISTINCT payer FROM customer WHERE company_no = ? ORDER BY payer`, c.no)
	if err != nil {
		return nil, wrap(op, err)
	}
	k := kin{of: map[ar.CustomerID]ar.CustomerID{}, at: map[string]ar.CustomerID{}}
	rows, err := s.r.QueryContext(ctx, `SELECT c.payer, lower(trim(k.email)), lower(trim(k.phone)), lower(trim(k.mobile))
		FROM customer c JOIN contact k ON k.company_no = c.company_no AND k.customer_id = c.id WHERE c.company_no = ? ORDER BY c.payer`, c.no)
	err = each(rows, err, func(rows *sql.Rows) error {
		var payer ar.CustomerID
		var email, phone, mobile string
		err := rows.Scan(&payer, &email, &phone, &mobile)
		for _, address := range []string{email, phone, mobile} {
			k.join(payer, address)
		}
		return err
	})
	return k.groups(payers), wrap(op, err)
}

// kin joins parties by their addresses: of names the first party of each one's
// group, at that of each address.
type kin struct {
	of map[ar.CustomerID]ar.CustomerID
	at map[string]ar.CustomerID
}

func (k *kin) head(p ar.CustomerID) ar.CustomerID {
	for {
		up, ok := k.of[p]
		if !ok || up == p {
			return p
		}
		p = up
	}
}

func (k *kin) join(p ar.CustomerID, address string) {
	if address == "" {
		return
	}
	other, taken := k.at[address]
	if !taken {
		k.at[address] = p
		return
	}
	a, b := k.head(p), k.head(other)
	k.of[max(a, b)] = min(a, b)
}

func (k *kin) groups(payers []ar.CustomerID) [][]ar.CustomerID {
	var groups [][]ar.CustomerID
	place := map[ar.CustomerID]int{}
	for _, p := range payers {
		head := k.head(p)
		i, known := place[head]
		if !known {
			i, groups = len(groups), append(groups, nil)
			place[head] = i
		}
		groups[i] = append(groups[i], p)
	}
	return groups
}
