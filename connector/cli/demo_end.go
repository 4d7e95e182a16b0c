package cli

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"holdfast/adapters/demoerp"
	"holdfast/engine/ar"
)

// end counts what is left and tells the story.
func (d *demo) end(ctx context.Context) error {
	last, err := d.erp.Balance(ctx, d.figures.LastDay+1)
	if err != nil {
		return err
	}
	d.figures.OverdueLast = last.Overdue
	slices.SortStableFunc(d.figures.Warehouse, byHold)
	if d.JSON {
		return d.WriteJSON(d.figures)
	}
	d.told()
	d.toldWarehouse()
	d.toldMonths()
	d.toldNext()
	return nil
}

// byHold orders stories: the deadbeat's own, then those with a hold, by its day.
func byHold(x, y *demoStory) int {
	rank := func(s *demoStory) int {
		switch {
		case s.Customer == demoerp.Deadbeat:
			return 0
		case !s.Held.IsZero():
			return int(s.Held)
		}
		return int(s.Refused[0]) << 1
	}
	return rank(x) - rank(y)
}

// told tells of the days and the money.
func (d *demo) told() {
	f := &d.figures
	d.Say("Harbourline Supply Co lived %s, %s to %s.", count(f.Days, "day"), dayText(f.FirstDay), dayText(f.LastDay))
	d.Say("")
	d.Say("  The ERP    %s: %s, %s, %s, %s, %s.", count(f.Customers, "customer"), count(f.Orders, "order"),
		count(f.Shipments, "shipment"), count(f.Receipts, "receipt"), count(f.Returned, "bounced receipt"), count(f.Disputes, "new dispute"))
	d.Say("  Holdfast   %s left, each as an .eml, a .txt and a .pdf; %s went to people.", count(f.Messages, "message"), count(f.Tasks, "task"))
	d.Say("  Last look  %s", d.keptText())
	level := d.company.Adapter.Capability().Level
	d.Say("  Holds      %s placed, %s lifted, %s for a yes. A hold here %s (level %d).",
		number(f.Placed), number(f.Released), waitText(f.Proposed), level, int(level))
	d.Say("")
	for _, m := range f.OverdueFirst {
		d.Say("  Overdue    %18s on the first day, %18s after the last; %s received.", m,
			ar.Money{Minor: f.OverdueLast.In(m.Currency), Currency: m.Currency},
			ar.Money{Minor: f.Received.In(m.Currency), Currency: m.Currency})
	}
}

// keptText says what the last look kept back.
func (d *demo) keptText() string {
	kept := keptLines(d.figures.Kept)
	if len(kept) == 0 {
		return "each was checked against the ERP right before it left; none had been paid meanwhile."
	}
	return "kept back before sending: " + strings.Join(kept, "; ") + "."
}

func waitText(n int) string {
	if n == 1 {
		return "1 waits"
	}
	return number(n) + " wait"
}

// storiesTold is how many customers the warehouse's story names.
const storiesTold = 8

// toldWarehouse tells whose goods stayed and when they left again.
func (d *demo) toldWarehouse() {
	stories := d.figures.Warehouse
	if len(stories) == 0 {
		return
	}
	d.Say("")
	d.Say("The warehouse, where the ERP's own trigger refuses goods to customers on hold")
	var rows [][]string
	for _, s := range stories[:min(len(stories), storiesTold)] {
		rows = append(rows, []string{"  " + shorten(s.Name, 34), "held " + shortDay(s.Held), s.refusedText(), s.endText()})
	}
	d.Table([]Column{{}, {}, {}, {}}, rows)
	if more := len(stories) - storiesTold; more > 0 {
		d.Say("  and %s more.", number(more))
	}
}

func shortDay(day ar.Day) string { return day.Time(time.UTC).Format("2 Jan") }

func (s *demoStory) refusedText() string {
	switch len(s.Refused) {
	case 0:
		return ""
	case 1:
		return "goods refused " + shortDay(s.Refused[0])
	}
	return fmt.Sprintf("goods refused %s, on %s", shortDay(s.Refused[0]), count(len(s.Refused), "day"))
}

func (s *demoStory) endText() string {
	switch {
	case s.Lifted.IsZero():
		return "held to the last day"
	case s.Shipped == s.Lifted:
		return "paid, lifted and shipped " + shortDay(s.Lifted)
	}
	return fmt.Sprintf("lifted %s, shipped %s", shortDay(s.Lifted), shortDay(s.Shipped))
}

// toldMonths tells of the months that were closed.
func (d *demo) toldMonths() {
	for _, m := range d.figures.Months {
		d.Say("")
		ties := "It ties to the ledger"
		if !m.Ties {
			ties = "It does NOT tie to the ledger"
		}
		var closing ar.Balance
		for _, t := range m.Totals {
			closing = closing.Add(t.Closing(), t.Currency)
		}
		d.Say("%s is closed: %s and a workbook of all. %s: %s.", m.Month, count(m.Statements, "statement"), ties, closing)
	}
}

// toldNext says where to look, with commands that work as they stand.
func (d *demo) toldNext() {
	f := &d.figures
	config, program := filepath.Join(d.verb.Dir, "config.toml"), programName()
	tomorrow := f.LastDay + 1
	d.Say("")
	d.Say("Where to look next")
	d.Say("  %s", filepath.Join(d.verb.Dir, "outbox"))
	for _, m := range f.Months {
		d.Say("  %s", m.All)
	}
	d.Say("  %s plan --config %s --as-of %s --days 7", program, config, tomorrow)
	d.Say("  %s explain %s --config %s --as-of %s", program, demoerp.Deadbeat, config, tomorrow)
	d.Say("  %s report aging --config %s --as-of %s", program, config, f.LastDay)
	d.Say("  %s hold list --config %s", program, config)
}

// programName is how the person called this program.
func programName() string {
	path, err := os.Executable()
	if err == nil && strings.Contains(path, "go-build") {
		return "go run ./connector"
	}
	return "holdfast"
}
