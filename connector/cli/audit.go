package cli

import (
	"context"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/audit"
	"holdfast/engine/fault"
)

// auditVerb looks at the journal that nobody can quietly rewrite.
type auditVerb struct {
	Verify auditVerifyVerb `cmd:"" help:"Check that no entry of the journal was changed, dropped or slipped in."`
	List   auditListVerb   `cmd:"" help:"List the journal: who did what, and when."`
}

type auditVerifyVerb struct{}

// Run walks the chain of hashes.
func (v *auditVerifyVerb) Run(ctx context.Context, a *App) error {
	st, err := a.ReadStore(ctx)
	if err != nil {
		return err
	}
	defer st.Close()
	var last audit.Entry
	entries := func(yield func(audit.Entry, error) bool) {
		for e, err := range st.Audit(ctx, 1) {
			if err == nil {
				last = e
			}
			if !yield(e, err) {
				return
			}
		}
	}
	sound, err := audit.Verify(entries)
	if err != nil {
		return failed(fault.Wrap("verify the journal", err))
	}
	if a.JSON {
		return a.WriteJSON(map[string]any{"entries": sound, "last_hash": last.Hash})
	}
	a.Say("The journal is whole: %s.", count(int(sound), "line"))
	if sound > 0 {
		a.Say("Its last hash is %s; keep a copy elsewhere to prove that no later entry was cut off.", last.Hash)
	}
	return nil
}

type auditListVerb struct {
	Since ar.Day `placeholder:"DAY" help:"Only entries of this day (UTC) and later."`
}

// Run lists the journal.
func (v *auditListVerb) Run(ctx context.Context, a *App) error {
	st, err := a.ReadStore(ctx)
	if err != nil {
		return err
	}
	defer st.Close()
	list := []audit.Entry{}
	for e, err := range st.Audit(ctx, 1) {
		if err != nil {
			return err
		}
		if ar.DayOf(e.At) >= v.Since {
			list = append(list, e)
		}
	}
	if a.JSON {
		return a.WriteJSON(list)
	}
	var rows [][]string
	for _, e := range list {
		rows = append(rows, []string{itoa(e.Seq), e.At.Format(time.DateTime), e.Actor, e.Kind, e.Subject})
	}
	return a.Table([]Column{{"No", true}, {"When (UTC)", false}, {"Who", false}, {"What", false}, {"About", false}}, rows)
}
