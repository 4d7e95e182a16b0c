package cli

import (
	"context"
	"path/filepath"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/dossier"
	"holdfast/engine/store"
)

type taskDossierVerb struct {
	ID    int64  `arg:"" help:"Number of the task, as the list shows it."`
	Out   string `required:"" placeholder:"DIR" help:"Folder to write to; the dossier gets a folder of its own in it."`
	AsOf  ar.Day `name:"as-of" placeholder:"DAY" help:"Day at whose end the debts are counted (default: today)."`
	Force bool   `help:"Replace the dossier that is there."`
}

// Help says more than the line in the list of verbs.
func (v *taskDossierVerb) Help() string {
	return "The folder dossier-CUSTOMER-TASK holds a workbook, the messages as they went, copies of the invoices, a statement, and MANIFEST.txt " +
		"with the SHA-256 of each file. It holds personal data: keep it where only those look who need it."
}

// Run writes the dossier of a task's customer.
func (v *taskDossierVerb) Run(ctx context.Context, a *App) error {
	out, err := filepath.Abs(v.Out)
	if err != nil {
		return err
	}
	st, err := a.ReadStore(ctx)
	if err != nil {
		return err
	}
	defer st.Close()
	d, err := v.gather(ctx, a, st)
	if err != nil {
		return err
	}
	m, err := d.Save(out, dossier.Maker{By: person(), At: time.Now(), Program: "holdfast " + a.Parts.Version}, v.Force)
	if err != nil {
		return failed(err)
	}
	if a.JSON {
		return a.WriteJSON(m)
	}
	a.Say("Dossier of %s for task %d, as of %s: %s in %s", customerText(d.Customer), v.ID, dayText(d.Day), count(len(m.Files)+1, "file"), m.Folder)
	for _, c := range d.Claims() {
		a.Say("Claimed: %s", ar.Money{Minor: c.Claimed(), Currency: c.Currency})
	}
	for _, note := range m.Notes {
		a.Say("It has %s.", note)
	}
	return nil
}

// gather reads all that is known of the customer of the task.
func (v *taskDossierVerb) gather(ctx context.Context, a *App, st *store.Store) (*dossier.Dossier, error) {
	task, err := st.Task(ctx, v.ID)
	if err != nil {
		return nil, err
	}
	if task.Account.Customer == "" {
		return nil, usage("task %d is about no customer", v.ID).WithCure("name a task that is: holdfast task list shows them")
	}
	p, err := a.placeOf(ctx, st, task.Account)
	if err != nil {
		return nil, err
	}
	g := dossierGather{App: a, st: st, task: task, place: p, day: v.AsOf}
	if g.day.IsZero() {
		g.day = p.today()
	}
	return g.all(ctx)
}
