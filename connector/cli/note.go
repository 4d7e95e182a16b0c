package cli

import (
	"context"
	"strings"

	"holdfast/engine/intake"
)

// noteVerb is what is worth knowing of a customer.
type noteVerb struct {
	Add  noteAddVerb  `cmd:"" help:"Keep a note; it has no effect."`
	List noteListVerb `cmd:"" help:"List notes."`
}

type noteAddVerb struct {
	customerFlags
	Text     string   `arg:"" help:"What is worth knowing."`
	Document []string `sep:"none" placeholder:"NUMBER" help:"Document that it is about; may be given several times (default: the account)."`
	factFlags
}

// Run keeps a note.
func (v *noteAddVerb) Run(ctx context.Context, a *App) error {
	t, err := a.tell(ctx, v.customerFlags, v.factFlags, func(account *intake.Account, t intake.Teller) (intake.Fact, error) {
		return account.Note(t, v.Text, v.Document)
	})
	if err != nil {
		return err
	}
	return a.showTold(t, "Note %d of %s is kept.", t.ID, customerText(t.customer))
}

type noteListVerb struct{ factListFlags }

// Run lists notes.
func (v *noteListVerb) Run(ctx context.Context, a *App) error {
	all, err := a.factsTold(ctx, v.factListFlags, intake.Note)
	if err != nil {
		return err
	}
	rows := []factRow{}
	for _, f := range all.list {
		rows = append(rows, newFactRow(f, all.key(f.Account), all.known[f.Account]))
	}
	if a.JSON {
		return a.WriteJSON(rows)
	}
	if len(rows) == 0 {
		a.Say("No note is known.")
		return nil
	}
	var lines [][]string
	for _, r := range rows {
		about := r.Text
		if len(r.Documents) > 0 {
			about += " (" + strings.Join(r.Documents, ", ") + ")"
		}
		lines = append(lines, []string{itoa(r.ID), r.On.String(), r.Company, first(r.Customer, string(r.CustomerID)), r.By, about})
	}
	return a.Table([]Column{{"No", true}, {"Told", false}, {"Company", false}, {"Customer", false}, {"By", false}, {"Note", false}}, lines)
}
