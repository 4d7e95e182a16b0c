package store

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"holdfast/engine"
	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/intake"
	"holdfast/engine/sequence"
)

// FactFilter narrows a list of facts; a zero field does not narrow.
type FactFilter = engine.FactFilter

// outcomeDays is for how many days an event, an outcome or a reply is shown to
// decisions as standing.
const outcomeDays = 180

// AddFact keeps what a person told, with what follows at once: a task is
// closed, another fact ended, and the party made due in every lane.
func (s *Store) AddFact(ctx context.Context, f intake.Fact) (intake.Fact, error) {
	err := s.write(ctx, "keep the "+strings.ReplaceAll(string(f.Kind), "_", " "), func(tx *sql.Tx) error {
		var err error
		f, err = addFact(ctx, tx, f)
		return err
	})
	return f, err
}

// addFact is AddFact within a transaction.
func addFact(ctx context.Context, tx *sql.Tx, f intake.Fact) (intake.Fact, error) {
	f.At = f.At.UTC()
	tasks, err := tasksOf(ctx, tx, &f)
	if err != nil {
		return f, err
	}
	co, err := findCompany(ctx, tx, f.Account.Source, f.Account.Company)
	if err != nil {
		return f, err
	}
	if co.no == 0 {
		return f, fault.New(fault.NotFound, "nothing is known of the company %s/%s", f.Account.Source, f.Account.Company)
	}
	if earlier, found, err := toldBefore(ctx, tx, co, f.Key); err != nil || found {
		return earlier, err
	}
	add := factAdd{tx: tx, company: co, fact: &f, tasks: tasks}
	return f, add.run(ctx)
}

// toldBefore finds the fact of a key.
func toldBefore(ctx context.Context, tx *sql.Tx, co company, key string) (intake.Fact, bool, error) {
	if key == "" {
		return intake.Fact{}, false, nil
	}
	row, err := scanFact(tx.QueryRowContext(ctx, factFrom+`WHERE f.company_no = ? AND f.key <> '' AND f.key = ?`, co.no, key))
	if errors.Is(err, sql.ErrNoRows) {
		return row.Fact, false, nil
	}
	return row.Fact, err == nil, err
}

// factAdd is one fact being kept.
type factAdd struct {
	tx      *sql.Tx
	company company
	payer   ar.CustomerID
	fact    *intake.Fact
	tasks   []Task // of the key that it closes
	notes   []note
}

func (a *factAdd) run(ctx context.Context) error {
	steps := []func(context.Context) error{a.findPayer, a.checkTasks, a.end, a.replace, a.insert, a.closeTasks, a.reached, a.wake}
	for _, step := range steps {
		if err := step(ctx); err != nil {
			return err
		}
	}
	told := note{at: a.fact.At, actor: a.fact.By, kind: "fact." + string(a.fact.Kind), subject: a.fact.Account.String(), body: a.fact}
	return journal(ctx, a.tx, append(a.notes, told)...)
}

// findPayer finds the party of the fact's customer. A company's own task has no
// customer.
func (a *factAdd) findPayer(ctx context.Context) error {
	id := a.fact.Account.Customer
	if id == "" && len(a.tasks) > 0 {
		return nil
	}
	err := a.tx.QueryRowContext(ctx, `SELECT payer FROM customer WHERE company_no = ? AND id = ?`, a.company.no, string(id)).Scan(&a.payer)
	if errors.Is(err, sql.ErrNoRows) {
		return fault.New(fault.NotFound, "there is no customer %s", a.fact.Account)
	}
	return err
}

// end ends the fact that an End names. What was granted stays until the ledger
// shows it.
func (a *factAdd) end(ctx context.Context) error {
	f := a.fact
	if f.Kind != intake.End {
		return nil
	}
	old, err := scanFact(a.tx.QueryRowContext(ctx, factFrom+`WHERE f.id = ?`, f.Ref))
	if errors.Is(err, sql.ErrNoRows) || err == nil && (old.Account != f.Account || old.Kind == intake.End) {
		return fault.New(fault.NotFound, "%s has no fact %d to be ended", f.Account, f.Ref)
	}
	if err != nil {
		return err
	}
	if old.over != 0 && old.over <= f.On {
		return fault.New(fault.Conflict, "the %s %d is over since %s", old.Kind, old.ID, old.over)
	}
	if f.Code != intake.Granted {
		return overOn(ctx, a.tx, f.Ref, f.On)
	}
	ended, err := column[int64](ctx, a.tx, `SELECT id FROM fact WHERE ref <> 0 AND ref = ?`, f.Ref)
	if err == nil && len(ended) > 0 {
		err = fault.New(fault.Conflict, "the %s %d was granted before, by fact %d", old.Kind, old.ID, ended[0])
	}
	return err
}

// overOn ends a fact, and the facts that granted it, on a day.
func overOn(ctx context.Context, tx *sql.Tx, id int64, day ar.Day) error {
	for _, query := range []string{`UPDATE fact SET over_on = ? WHERE id = ?`, `UPDATE fact SET over_on = ? WHERE ref <> 0 AND ref = ?`} {
		if _, err := tx.ExecContext(ctx, query, int64(day), id); err != nil {
			return err
		}
	}
	return nil
}

// replace ends an older preference of the same name.
func (a *factAdd) replace(ctx context.Context) error {
	f := a.fact
	if f.Kind != intake.Preference {
		return nil
	}
	_, err := a.tx.ExecContext(ctx, `UPDATE fact SET over_on = ? WHERE company_no = ? AND customer_id = ? AND kind = ? AND code = ?
		AND over_on IS NULL`, int64(f.On), a.company.no, string(f.Account.Customer), string(f.Kind), f.Code)
	return err
}

func (a *factAdd) insert(ctx context.Context) error {
	f := a.fact
	f.ID = 0
	body, err := asJSON(f)
	if err != nil {
		return err
	}
	return a.tx.QueryRowContext(ctx, `INSERT INTO fact (company_no, customer_id, payer, kind, code, address, task, ref, body, told_on, told_at, key, over_on)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`, a.company.no, string(f.Account.Customer), string(a.payer),
		string(f.Kind), f.Code, f.Address, f.Task, f.Ref, body, int64(f.On), instant(f.At), f.Key, nextOn(overFrom(f))).Scan(&f.ID)
}

// overFrom returns the day from which a fact is over by itself, zero where it
// stands until something ends it.
func overFrom(f *intake.Fact) ar.Day {
	switch f.Kind {
	case intake.Note:
		return f.On
	case intake.Pause:
		return f.Day + 1
	case intake.Reply, intake.Event, intake.Outcome:
		return f.On + outcomeDays
	case intake.End:
		if f.Code != intake.Granted {
			return f.On
		}
	}
	return 0
}

// reached keeps that a person was reached at an address.
func (a *factAdd) reached(ctx context.Context) error {
	f := a.fact
	if f.Kind != intake.Outcome || f.Channel != intake.LiveVoice || f.Address == "" || f.Code != intake.Reached && f.Code != intake.Promised {
		return nil
	}
	loc, err := zoneOf(ctx, a.tx, a.company, f.Account.Customer)
	if err != nil {
		return err
	}
	return addContactEvent(ctx, a.tx, engine.ContactEvent{
		Address: f.Address, Medium: sequence.MediumVoice, Kind: engine.ContactReached, At: f.At, Hour: f.At.In(loc).Hour(),
	})
}

// zoneOf returns a customer's zone, else that of its company, else UTC.
func zoneOf(ctx context.Context, tx *sql.Tx, co company, id ar.CustomerID) (*time.Location, error) {
	var zone string
	err := tx.QueryRowContext(ctx, `SELECT time_zone FROM customer WHERE company_no = ? AND id = ?`, co.no, string(id)).Scan(&zone)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, err
	}
	if zone == "" {
		zone = co.TimeZone
	}
	loc, err := time.LoadLocation(zone)
	if err != nil {
		loc = time.UTC
	}
	return loc, nil
}

// wake makes the party due in every lane, though nothing of it may be open. A
// case read before the first lane was opened is told by the company's reads.
func (a *factAdd) wake(ctx context.Context) error {
	if a.payer == "" {
		return nil
	}
	if err := touchParty(ctx, a.tx, a.company.no, a.payer); err != nil {
		return err
	}
	_, err := a.tx.ExecContext(ctx, `UPDATE party_state SET quiet = 0 WHERE company_no = ?
		AND mode IN (SELECT mode FROM lane WHERE company_no = ?) AND payer = ?`, a.company.no, a.company.no, string(a.payer))
	if err != nil {
		return err
	}
	_, err = a.tx.ExecContext(ctx, `UPDATE company SET reads = reads + 1 WHERE no = ?`, a.company.no)
	return err
}

// factRow is one fact with the day from which it is over, zero while it stands.
type factRow struct {
	intake.Fact
	over ar.Day
}

// factFrom reads facts f of companies c.
const factFrom = `SELECT f.id, f.body, COALESCE(f.over_on, 0) FROM fact f JOIN company c ON c.no = f.company_no `

func scanFact(row interface{ Scan(...any) error }) (factRow, error) {
	var f factRow
	var id int64
	var body string
	if err := row.Scan(&id, &body, (*int32)(&f.over)); err != nil {
		return f, err
	}
	err := fromJSON(body, &f.Fact)
	f.ID = id
	return f, err
}

var _ engine.FactStore = (*Store)(nil)

// Facts lists what was told, in the order of its telling.
func (s *Store) Facts(ctx context.Context, f FactFilter) ([]intake.Fact, error) {
	list, err := listFacts(ctx, s.r, f)
	return list, wrap("list facts", err)
}

func listFacts(ctx context.Context, q querier, f FactFilter) ([]intake.Fact, error) {
	var c conditions
	c.text("c.source = ?", string(f.Source))
	c.text("c.id = ?", string(f.Company))
	c.text("f.customer_id = ?", string(f.Customer))
	if f.Kinds != nil {
		c.among("f.kind", anys(f.Kinds, func(k intake.Kind) any { return string(k) }))
	}
	if f.Standing != 0 {
		c.add("f.told_on <= ? AND (f.over_on IS NULL OR f.over_on > ?)", int64(f.Standing), int64(f.Standing))
	}
	if f.Since != 0 {
		c.add("f.told_on >= ?", int64(f.Since))
	}
	rows, err := q.QueryContext(ctx, factFrom+c.where()+` ORDER BY f.id`, c.args...)
	var list []intake.Fact
	err = each(rows, err, func(rows *sql.Rows) error {
		row, err := scanFact(rows)
		list = append(list, row.Fact)
		return err
	})
	return list, err
}
