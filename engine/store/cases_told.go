package store

import (
	"cmp"
	"context"
	"database/sql"
	"slices"

	"holdfast/engine/ar"
	"holdfast/engine/intake"
	"holdfast/engine/sequence"
)

// lateFact is for how many days a fact that is over is still shown to a
// decision, so that what began by it can end well.
const lateFact = 60

// newDays is for how many days a new customer is looked at with nothing open,
// and toldDays for how many one of whom something was told.
const (
	newDays  = 120
	toldDays = 30
)

// readLives fills in since when each account is known, and when it paid.
func (b *caseBatch) readLives(ctx context.Context, tx *sql.Tx) error {
	return b.ofAccounts(ctx, tx, `SELECT customer_id, seen_on, first_paid_on, last_paid_on FROM customer_life`, "customer_id", ``,
		func(rows *sql.Rows) error {
			var id ar.CustomerID
			var seen, first, last int32
			if err := rows.Scan(&id, &seen, &first, &last); err != nil {
				return err
			}
			a := b.accounts[id].account()
			a.SeenOn, a.FirstPaidOn, a.LastPaidOn = ar.Day(seen), ar.Day(first), ar.Day(last)
			return nil
		})
}

// readFacts finds what was told of the accounts of each party, and who must not
// be contacted at its addresses, in the order of its telling.
func (b *caseBatch) readFacts(ctx context.Context, tx *sql.Tx) error {
	var any bool
	if err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM fact)`).Scan(&any); err != nil || !any {
		return err
	}
	if err := b.readOwnFacts(ctx, tx); err != nil {
		return err
	}
	if err := b.readAddressFacts(ctx, tx); err != nil {
		return err
	}
	for i := range b.cases {
		c := &b.cases[i]
		slices.SortFunc(c.Facts, func(x, y intake.Fact) int { return cmp.Compare(x.ID, y.ID) })
		c.Facts = slices.CompactFunc(c.Facts, func(x, y intake.Fact) bool { return x.ID == y.ID })
		c.Facts = lastEnds(c.Facts)
	}
	return nil
}

// The facts that a decision of a day reads. A preference that is over must not
// come back when the newer one is withdrawn.
const (
	ownFacts = ` AND told_on <= ?
		AND (over_on IS NULL OR over_on > CASE WHEN kind = 'preference' THEN ? ELSE ? END)`
	addressFacts = factFrom + `WHERE f.told_on <= ? AND (f.over_on IS NULL OR f.over_on > ?)
		AND f.kind IN ('do_not_contact', 'consent') AND f.address <> '' AND f.address IN (`
)

// readOwnFacts reads what was told of the batch's accounts.
func (b *caseBatch) readOwnFacts(ctx context.Context, tx *sql.Tx) error {
	today := int64(b.sel.Today)
	return b.ofAccounts(ctx, tx, factFrom, "customer_id", ownFacts,
		func(rows *sql.Rows) error {
			f, err := scanFact(rows)
			if err != nil {
				return err
			}
			c := b.accounts[f.Account.Customer].c
			c.Facts = append(c.Facts, f.Fact)
			if f.keepsAwake(b.sel.Today) {
				b.awake[c.Party.Payer] = true
			}
			return nil
		}, today, today, today-lateFact)
}

// keepsAwake reports whether a party of whom this was told is looked at though
// nothing of it is open.
func (f *factRow) keepsAwake(today ar.Day) bool {
	switch f.Kind {
	case intake.Promise, intake.Plan, intake.Dispute:
		return f.over == 0 || f.over > today
	case intake.Event, intake.Outcome, intake.Reply:
		return f.On > today-toldDays
	}
	return false
}

// readAddressFacts reads who must not be contacted, or agreed to be, at an
// address of the batch, whoever told it.
func (b *caseBatch) readAddressFacts(ctx context.Context, tx *sql.Tx) error {
	today := int64(b.sel.Today)
	return b.ofAddresses(ctx, tx, addressFacts, `)`,
		func(rows *sql.Rows) error {
			f, err := scanFact(rows)
			if err != nil {
				return err
			}
			for _, c := range b.owners[f.Address] {
				c.Facts = append(c.Facts, f.Fact)
			}
			return nil
		}, today, today)
}

// lastEnds keeps the last word on each fact: what was granted may be withdrawn
// later.
func lastEnds(facts []intake.Fact) []intake.Fact {
	last := map[int64]int64{}
	for i := range facts {
		if f := &facts[i]; f.Kind == intake.End {
			last[f.Ref] = f.ID
		}
	}
	return slices.DeleteFunc(facts, func(f intake.Fact) bool { return f.Kind == intake.End && last[f.Ref] != f.ID })
}

// endFacts sets from when on the promises, plans and disputes are over that a
// decision saw end in the ledger.
func endFacts(ctx context.Context, tx *sql.Tx, before, after []sequence.Told, facts []intake.Fact) error {
	for _, t := range after {
		known := slices.ContainsFunc(before, func(b sequence.Told) bool { return b.Fact == t.Fact && b.Part == t.Part })
		if known || t.As == sequence.ToldOpen || t.As == sequence.ToldWaiting {
			continue
		}
		i := slices.IndexFunc(facts, func(f intake.Fact) bool { return f.ID == t.Fact })
		if i >= 0 && facts[i].Kind == intake.Plan && t.As == sequence.ToldKept && t.Part < len(facts[i].Parts)-1 {
			continue
		}
		if err := overOnce(ctx, tx, t.Fact, t.On); err != nil {
			return err
		}
	}
	return nil
}

const (
	overByRef = `UPDATE fact SET over_on = ? WHERE ref <> 0 AND ref = ? AND over_on IS NULL`
	overByID  = `UPDATE fact SET over_on = ? WHERE id = ? AND over_on IS NULL`
)

// overOnce ends a fact, and the facts that granted it, unless it is over.
func overOnce(ctx context.Context, tx *sql.Tx, id int64, day ar.Day) error {
	for _, query := range []string{overByRef, overByID} {
		if _, err := tx.ExecContext(ctx, query, int64(day), id); err != nil {
			return err
		}
	}
	return nil
}
