package cycle

import (
	"context"
	"slices"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/sequence"
	"holdfast/engine/store"
)

// MigrateRow says what moving one subject to the current version of its
// sequence changes for it.
type MigrateRow struct {
	Company    string        `json:"company"`
	CustomerID ar.CustomerID `json:"customer_id"`
	Number     string        `json:"customer_number"`
	Customer   string        `json:"customer"`
	Subject    string        `json:"subject"`  // kind:customer/document#ref
	Document   string        `json:"document"` // its number; empty where the subject is none
	Sequence   string        `json:"sequence"`
	From       string        `json:"from"` // version
	To         string        `json:"to"`
	Done       []string      `json:"done"`    // steps done that both versions have
	Gone       []string      `json:"gone"`    // steps done that the new version has not
	Dropped    []string      `json:"dropped"` // steps ahead that it has not
	Passed     []string      `json:"passed"`  // its steps that count as passed
	Before     MigrateNext   `json:"before"`
	After      MigrateNext   `json:"after"`
	Waiting    int           `json:"waiting"` // messages about it that never left and are planned anew
}

// MigrateNext is what comes next with a subject.
type MigrateNext struct {
	Step   string          `json:"step"` // empty: nothing
	On     ar.Day          `json:"on"`   // zero where no day can be told
	Reason sequence.Reason `json:"reason"`
}

// Migrate moves the running subjects of a company from earlier versions of a
// sequence to the current one, a party a transaction, and returns what that
// changes. Without write it only returns it. What was moved stays moved where
// the work is cut short; the next call moves the rest.
func (c *Cycle) Migrate(ctx context.Context, co *Company, m Moment, name, by string, write bool) ([]MigrateRow, error) {
	if co.Book.Sequence(name) == nil {
		return nil, fault.New(fault.Invalid, "company %s has no sequence %q", co.Key, name).WithCure("name one of its files")
	}
	var rows []MigrateRow
	for cs, err := range c.Store.Cases(ctx, c.selection(co, m)) {
		if err != nil {
			return rows, fault.Wrap("migrate "+name+" in company "+co.Key, err)
		}
		some, err := c.migrateParty(ctx, co, m, cs, name, by, write)
		if err != nil {
			return rows, fault.Wrap("migrate "+name+" in company "+co.Key, err)
		}
		rows = append(rows, some...)
	}
	return rows, nil
}

// migrateParty moves the subjects of one party, from its case as it is now.
func (c *Cycle) migrateParty(ctx context.Context, co *Company, m Moment, cs sequence.Case, name, by string, write bool) ([]MigrateRow, error) {
	for try := 0; ; try++ {
		after, moved := co.Book.Migrate(cs, name)
		rows := migrateRows(co, &cs, name, moved)
		if !write || len(moved) == 0 {
			return rows, nil
		}
		err := c.Store.Migrate(ctx, migration(co, &after, name, moved), by, c.Clock.Now())
		if err == nil || !fault.Is(err, fault.Conflict) || try == 5 {
			return rows, err
		}
		sel := c.selection(co, m)
		sel.Parties = []ar.PartyID{cs.Party}
		for again, err := range c.Store.Cases(ctx, sel) {
			if err != nil {
				return nil, err
			}
			cs = again
		}
	}
}

func migration(co *Company, after *sequence.Case, name string, moved []sequence.Migrated) store.Migration {
	m := store.Migration{
		Party: after.Party, Version: after.Version, Mode: co.Mode, Sequence: name, Hash: co.Book.Sequence(name).Hash,
		Positions: after.State.Positions,
	}
	for i := range moved {
		m.Subjects = append(m.Subjects, moved[i].Subject)
	}
	for _, p := range after.Pending {
		if slices.ContainsFunc(m.Subjects, func(s sequence.Subject) bool { return speaksOf(p, name, s) }) {
			m.Waiting = append(m.Waiting, p.Delivery)
		}
	}
	return m
}

// speaksOf reports whether a delivery does a step of a subject in a sequence.
func speaksOf(p sequence.Pending, name string, s sequence.Subject) bool {
	return slices.ContainsFunc(p.Occasions, func(o sequence.Occasion) bool { return o.Sequence == name && o.Subject == s })
}

func migrateRows(co *Company, cs *sequence.Case, name string, moved []sequence.Migrated) []MigrateRow {
	rows := make([]MigrateRow, len(moved))
	for i := range moved {
		m := &moved[i]
		rows[i] = MigrateRow{
			Company: co.Key, CustomerID: m.Subject.Customer, Subject: m.Subject.String(), Sequence: name, From: m.From, To: m.To,
			Done: list(m.Kept), Gone: list(m.Gone), Dropped: list(m.Dropped), Passed: list(m.Passed),
			Before: nextOf(m.Before, cs.Today), After: nextOf(m.After, cs.Today),
		}
		for _, p := range cs.Pending {
			if speaksOf(p, name, m.Subject) {
				rows[i].Waiting++
			}
		}
		rows[i].name(cs, m.Subject)
	}
	return rows
}

// name fills in who and what a subject is.
func (r *MigrateRow) name(cs *sequence.Case, s sequence.Subject) {
	for _, a := range cs.Accounts {
		if a.Customer.Account.Customer != s.Customer {
			continue
		}
		r.Customer, r.Number = a.Customer.Name, a.Customer.Number
		for _, d := range a.Documents {
			if d.ID == s.Document {
				r.Document = d.Number
			}
		}
	}
}

// nextOf is a verdict as what comes next: a step whose day has come comes today.
func nextOf(v sequence.Verdict, today ar.Day) MigrateNext {
	n := MigrateNext{Step: v.Step, On: v.On, Reason: v.Reason}
	if v.On != 0 {
		n.On = max(v.On, today)
	}
	return n
}

// list is a list that is never nil.
func list(words []string) []string { return append([]string{}, words...) }
