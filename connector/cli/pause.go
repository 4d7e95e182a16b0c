package cli

import (
	"context"
	"strings"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/intake"
)

// pauseVerb keeps everything automated back for a while.
type pauseVerb struct {
	Add  pauseAddVerb  `cmd:"" help:"Keep everything automated back until a day is over."`
	List pauseListVerb `cmd:"" help:"List pauses."`
	End  pauseEndVerb  `cmd:"" help:"End a pause before its day."`
}

type pauseAddVerb struct {
	customerFlags
	Until    ar.Day   `required:"" placeholder:"DAY" help:"The last day of the pause, as 2026-12-01."`
	Reason   string   `required:"" placeholder:"TEXT" help:"Why."`
	Document []string `sep:"none" placeholder:"NUMBER" help:"Only this document; may be given several times (default: the whole account)."`
	factFlags
}

// Help says more than the line in the list of verbs.
func (v *pauseAddVerb) Help() string {
	return "Answers to the customer, statements, and what only our own people do go on."
}

// Run keeps a pause.
func (v *pauseAddVerb) Run(ctx context.Context, a *App) error {
	t, err := a.tell(ctx, v.customerFlags, v.factFlags, func(account *intake.Account, t intake.Teller) (intake.Fact, error) {
		return account.Pause(t, v.Document, v.Until, v.Reason)
	})
	if err != nil {
		return err
	}
	return a.showTold(t, "Pause %d: nothing automated goes to %s for %s until %s is over.", t.ID, customerText(t.customer), aboutText(&t.Fact), dayText(t.Day))
}

type pauseEndVerb struct {
	ID   int64  `arg:"" help:"Number of the pause, as the list shows it."`
	Text string `placeholder:"TEXT" help:"Why."`
	factFlags
}

// Run ends a pause.
func (v *pauseEndVerb) Run(ctx context.Context, a *App) error {
	t, err := a.end(ctx, v.ID, v.factFlags, intake.Withdrawn, v.Text, intake.Pause)
	if err != nil {
		return err
	}
	return a.showTold(t, "Pause %d of %s is over: the next decision goes on where it stood.", t.ID, customerText(t.customer))
}

type pauseListVerb struct {
	factListFlags
	All  bool   `help:"Those that are over too."`
	AsOf ar.Day `name:"as-of" placeholder:"DAY" help:"Day on which they are looked at (default: today)."`
}

// States of a pause in the list.
const (
	pauseOn    = "on"
	pauseOver  = "over"
	pauseEnded = "ended" // before its day
)

// Run lists pauses.
func (v *pauseListVerb) Run(ctx context.Context, a *App) error {
	all, ended, err := a.factsWithEnds(ctx, v.factListFlags, intake.Pause)
	if err != nil {
		return err
	}
	rows := []factRow{}
	for _, f := range all.list {
		r := newFactRow(f, all.key(f.Account), all.known[f.Account])
		r.State = pauseState(&f, ended, all.today(f.Account, v.AsOf))
		if v.All || r.State == pauseOn {
			rows = append(rows, r)
		}
	}
	return a.showPauses(rows)
}

func pauseState(f *intake.Fact, ended map[int64]intake.Fact, day ar.Day) string {
	if end, is := ended[f.ID]; is && end.On <= day {
		return pauseEnded
	}
	if day > f.Day {
		return pauseOver
	}
	return pauseOn
}

// today is the day of an account's company, unless another is asked for.
func (g gathered[T]) today(id ar.AccountID, asked ar.Day) ar.Day {
	if !asked.IsZero() {
		return asked
	}
	for _, p := range g.among {
		if p.ERP.Source == id.Source && p.ERP.ID == id.Company {
			return p.today()
		}
	}
	return ar.DayOf(time.Now().UTC())
}

func (a *App) showPauses(rows []factRow) error {
	if a.JSON {
		return a.WriteJSON(rows)
	}
	if len(rows) == 0 {
		a.Say("Nothing is paused.")
		return nil
	}
	var lines [][]string
	for _, r := range rows {
		lines = append(lines, []string{
			itoa(r.ID), r.Day.String(), r.Company, first(r.Customer, string(r.CustomerID)), first(strings.Join(r.Documents, ", "), "the account"),
			r.Code, r.State, r.On.String(), r.By,
		})
	}
	return a.Table([]Column{
		{"No", true}, {"Until", false}, {"Company", false}, {"Customer", false}, {"What", false}, {"Why", false},
		{"State", false}, {"Told", false}, {"By", false},
	}, lines)
}
