package cli

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"time"

	"holdfast/engine"
	"holdfast/engine/ar"
	"holdfast/engine/cycle"
	"holdfast/engine/store"
	"holdfast/engine/worklist"
)

// worklistVerb is `holdfast worklist`.
type worklistVerb struct {
	Collector string `placeholder:"NAME" help:"Only the list of this collector."`
	Company   string `placeholder:"KEY" help:"Only this company."`
	Out       string `placeholder:"DIR" help:"Write each list as a workbook into this folder."`
	Send      bool   `help:"Send each list to its collector by e-mail, once a day."`
	AsOf      ar.Day `name:"as-of" placeholder:"DAY" help:"Count days as of this day (default: today)."`
}

// Help says more than the line in the list of verbs.
func (v *worklistVerb) Help() string {
	return "One list per collector, as the ERP names them, or per role: the most urgent first, with why it stands there. The workbook is filled in " +
		"and comes back through \"intake import\". Addresses stand in [[company.collector]]. The service sends the lists by itself."
}

// worklistRow is one list as programs read it.
type worklistRow struct {
	Company   string         `json:"company"`
	Collector string         `json:"collector"`
	Day       ar.Day         `json:"day"`
	Rows      []worklist.Row `json:"rows"`
	File      string         `json:"file"` // empty: not written
	Sent      string         `json:"sent"` // to whom; empty: not sent
	NotSent   string         `json:"not_sent"`
}

// Run makes worklists, and writes and sends them where that is asked for.
func (v *worklistVerb) Run(ctx context.Context, a *App) error {
	if v.Send {
		return v.send(ctx, a)
	}
	st, err := a.ReadStore(ctx)
	if err != nil {
		return err
	}
	defer st.Close()
	return v.each(ctx, a, st, nil)
}

// send takes the state, so that no running service sends the same.
func (v *worklistVerb) send(ctx context.Context, a *App) error {
	st, release, err := a.EffectStore(ctx)
	if err != nil {
		return err
	}
	defer release()
	lanes, quit, err := a.Lanes(ctx)
	if err != nil {
		return err
	}
	defer quit()
	return v.each(ctx, a, st, lanes)
}

// each makes the lists of each company.
func (v *worklistVerb) each(ctx context.Context, a *App, st *store.Store, lanes map[string]cycle.Lane) error {
	among, err := a.places(ctx, st, v.Company)
	if err != nil {
		return err
	}
	rows, known := []worklistRow{}, []string{}
	for _, p := range among {
		lists, err := a.worklists(ctx, st, p, v.day(p))
		if err != nil {
			return failed(err)
		}
		for _, l := range lists {
			known = append(known, l.Collector)
			if v.Collector != "" && !strings.EqualFold(l.Collector, v.Collector) {
				continue
			}
			row, err := v.one(ctx, a, &post{App: a, store: st, lanes: lanes, place: p}, l)
			if err != nil {
				return failed(err)
			}
			rows = append(rows, row)
		}
	}
	if v.Collector != "" && len(rows) == 0 {
		a.note("There is no work for %q. Lists with work: %s.", v.Collector, first(join(known), "none"))
	}
	return a.showWorklists(rows)
}

func (v *worklistVerb) day(p place) ar.Day {
	if v.AsOf.IsZero() {
		return p.today()
	}
	return v.AsOf
}

// one writes and sends one list, as far as that is asked for.
func (v *worklistVerb) one(ctx context.Context, a *App, p *post, l *worklist.List) (worklistRow, error) {
	row := worklistRow{Company: l.Company, Collector: l.Collector, Day: l.Day, Rows: l.Rows}
	if v.Out != "" {
		path, err := writeWorklist(v.Out, l)
		if err != nil {
			return row, err
		}
		row.File = path
	}
	if !v.Send {
		return row, nil
	}
	var err error
	row.Sent, row.NotSent, err = p.send(ctx, l)
	if row.NotSent != "" {
		a.Waits()
	}
	return row, err
}

// writeWorklist writes a list's workbook into a folder, whole or not at all.
func writeWorklist(dir string, l *worklist.List) (string, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	var book bytes.Buffer
	if err := l.Write(&book); err != nil {
		return "", err
	}
	path := filepath.Join(dir, l.FileName())
	if err := os.WriteFile(path+".part", book.Bytes(), 0o600); err != nil {
		return "", err
	}
	return path, os.Rename(path+".part", path)
}

// worklists makes the lists of one company as of a day, from what is open in the
// state.
func (a *App) worklists(ctx context.Context, st *store.Store, p place, day ar.Day) ([]*worklist.List, error) {
	open, err := st.Tasks(ctx, store.TaskFilter{Source: p.ERP.Source, Company: p.ERP.ID, Mode: p.Mode, Open: true})
	if err != nil {
		return nil, err
	}
	sign, err := p.SigningKey.Resolve()
	if err != nil {
		return nil, usage("signing_key of company %s: %w", p.Key, err)
	}
	say, err := a.speaker(p, open, day)
	if err != nil {
		return nil, err
	}
	tasks := make([]worklist.Task, len(open))
	for i := range open {
		tasks[i] = worklistTask(&open[i])
	}
	s := seller(p.Company, p.ERP)
	return worklist.Build(tasks, st.Cases(ctx, engine.Selection{
		Source: p.ERP.Source, Company: p.ERP.ID, Parties: worklist.Parties(tasks), Mode: p.Mode, Today: day, Now: time.Now(),
	}), worklist.Options{
		Company: p.Key, Name: first(s.Name, p.Key), Base: p.ERP.BaseCurrency, Day: day, Contact: p.Contact.To, Sign: []byte(sign),
		Letter: s.Letter, Say: say,
	})
}

// worklistTask is a task as a worklist needs it.
func worklistTask(t *store.Task) worklist.Task {
	text := t.Text
	if text == "" && t.Script == "" {
		text = "look into it: " + reasonText(t.Reason)
	}
	return worklist.Task{
		ID: t.ID, Key: t.Key, Party: t.Party, Account: t.Account, Script: t.Script, Text: text, Role: t.Role, Why: reasonText(t.Reason) + detailText(t.Detail),
		Documents: t.Documents, DueOn: t.DueOn, Outcomes: outcomesOf(t), Yes: t.Yes,
	}
}

// showWorklists shows lists to a person or a program.
func (a *App) showWorklists(rows []worklistRow) error {
	if a.JSON {
		return a.WriteJSON(rows)
	}
	if len(rows) == 0 {
		a.Say("No task waits for a person.")
		return nil
	}
	for i, r := range rows {
		if i > 0 {
			a.Say("")
		}
		a.Say("%s, company %s, %s: %s.", r.Collector, r.Company, dayText(r.Day), count(len(r.Rows), "task"))
		switch {
		case r.Sent != "":
			a.Say("Sent to %s.", r.Sent)
		case r.NotSent != "":
			a.Say("Not sent: %s.", r.NotSent)
		}
		if r.File != "" {
			a.Say("Written to %s.", r.File)
			continue
		}
		if err := a.Table([]Column{{"No", true}, {"Task", true}, {"Due", false}, {"Customer", false}, {"What to do", false}, {"Why it stands here", false}},
			worklistLines(r.Rows)); err != nil {
			return err
		}
	}
	return nil
}

func worklistLines(rows []worklist.Row) [][]string {
	lines := make([][]string, len(rows))
	for i, r := range rows {
		lines[i] = []string{
			number(r.Place), itoa(r.Task), r.DueOn.String(), first(r.Customer, r.Number, "-"), first(r.Do, r.Script, r.Why), r.Because,
		}
	}
	return lines
}
