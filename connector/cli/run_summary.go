package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"holdfast/engine/ar"
	"holdfast/engine/cycle"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
	"holdfast/engine/store"
)

// summary shows what a cycle did.
type summary struct {
	*App
	cycle *cycle.Cycle
}

// show writes the report: JSON, or what a person wants to know.
func (s *summary) show(ctx context.Context, r cycle.Report) error {
	if s.JSON {
		return s.WriteJSON(r)
	}
	for i := range r.Companies {
		co, err := s.Company(s.cycle, r.Companies[i].Company)
		if err != nil {
			return err
		}
		s.company(co, r.Day, &r.Companies[i])
	}
	s.messages(r)
	s.heard(r)
	if r.Stopped != "" {
		s.Say("Nothing left: everything is stopped: %s. To go on: holdfast resume.", r.Stopped)
	}
	return s.waiting(ctx)
}

// company writes what was read, decided and held.
func (s *summary) company(co *cycle.Company, day ar.Day, r *cycle.CompanyReport) {
	s.Say("Company %s, %s, mode %s", r.Company, dayText(day), co.Mode)
	p := r.Pull
	read := fmt.Sprintf("%s and %s", count(p.Customers, "customer"), count(p.Documents, "document"))
	s.Say("  read       %s%s", read, listed(
		counted{p.Changed, "changed"}, counted{p.Closed, "closed"}, counted{p.Vanished, "vanished"}, counted{p.Flaws, "that cannot be read"}))
	d := r.Decided
	s.Say("  decided    %s%s", count(d.Parties, "party"), listed(
		counted{d.Messages, nouns(d.Messages, "message")}, counted{d.Tasks, nouns(d.Tasks, "task")},
		counted{d.Holds, nouns(d.Holds, "hold")}, counted{d.Releases, nouns(d.Releases, "release")}))
	if r.Behind != "" {
		s.Say("  receipts   %s: reminders wait", r.Behind)
	}
	s.holds(co, r.Holds)
}

// holds writes what was held and how far that reaches in this ERP.
func (s *summary) holds(co *cycle.Company, h cycle.Held) {
	text := listed(
		counted{h.Placed, "placed"}, counted{h.Released, "lifted"}, counted{h.Shadowed, "journalled only: holds are not enabled"},
		counted{h.Withdrawn, "withdrawn by the last look"}, counted{h.Conflicts, "left alone: somebody else changed it"},
		counted{h.Drifted, "changed by somebody in the ERP"}, counted{h.Waiting, "waiting for a yes"}, counted{h.Later, "for the next working day"},
		counted{h.Asked, "asked of the ERP's own job"}, counted{h.SetAgain, "set again after the ERP had lifted it"},
		counted{h.OrdersHeld, "open orders held"}, counted{h.OrdersFreed, "open orders put back"})
	if text == "" {
		return
	}
	s.Say("  holds      %s. A hold here %s (level %d).", strings.TrimPrefix(text, ": "), co.Adapter.Capability().Level, int(co.Adapter.Capability().Level))
}

// messages writes what left by each channel and what was kept back.
func (s *summary) messages(r cycle.Report) {
	var names []string
	for name := range r.Delivered {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		d := r.Delivered[name]
		if d.Alarm != "" {
			s.Say("Channel %s: %s", name, d.Alarm)
			continue
		}
		asks := ""
		if d.Accepted > 0 {
			asks = fmt.Sprintf(", asking for %s on %s", d.Asked, count(d.Documents, "document"))
		}
		s.Say("Channel %s: %s%s", name, d, asks)
	}
	if n := r.Recovered; n.Accepted+n.Retry+n.Uncertain+n.Refused > 0 {
		s.Say("Left over from a run that was cut off: %s", n)
	}
	for _, line := range keptLines(r.Kept()) {
		s.Say("  kept back  %s", line)
	}
}

// keptLines lists reasons with their counts, the most frequent first.
func keptLines(kept map[sequence.Reason]int) []string {
	var reasons []sequence.Reason
	for r := range kept {
		reasons = append(reasons, r)
	}
	slices.SortFunc(reasons, func(x, y sequence.Reason) int {
		if kept[x] != kept[y] {
			return kept[y] - kept[x]
		}
		return strings.Compare(string(x), string(y))
	})
	var lines []string
	for _, r := range reasons {
		lines = append(lines, fmt.Sprintf("%s: %s", number(kept[r]), reasonText(r)))
	}
	return lines
}

// waiting writes what waits for a person, over all companies.
func (s *summary) waiting(ctx context.Context) error {
	for _, co := range s.cycle.Companies {
		w, err := waitingFor(ctx, s.cycle.Store, co)
		if err != nil {
			return err
		}
		lines := w.lines()
		if len(lines) == 0 {
			continue
		}
		s.Say("Waiting for a person in company %s:", co.Key)
		for _, line := range lines {
			s.Say("  %s", line)
		}
	}
	return nil
}

// waiting counts what only a person can move on.
type waiting struct{ tasks, approvals, uncertain, proposed int }

func waitingFor(ctx context.Context, st *store.Store, co *cycle.Company) (waiting, error) {
	tasks, err := st.Tasks(ctx, store.TaskFilter{Source: co.Source, Company: co.ID, Mode: co.Mode, Open: true})
	if err != nil {
		return waiting{}, err
	}
	w := waiting{tasks: len(tasks)}
	open, err := st.Deliveries(ctx, store.DeliveryFilter{
		Source: co.Source, Company: co.ID, Mode: co.Mode, States: []outbox.State{outbox.Waiting, outbox.Uncertain},
	})
	if err != nil {
		return w, err
	}
	for _, d := range open {
		if d.State == outbox.Uncertain {
			w.uncertain++
		} else {
			w.approvals++
		}
	}
	holds, err := st.Holds(ctx, store.HoldFilter{
		Source: co.Source, Company: co.ID, Mode: co.Mode, States: []ar.EntryState{ar.EntryProposed},
	})
	w.proposed = len(holds)
	return w, err
}

// lines says what waits and where to look.
func (w waiting) lines() []string {
	var lines []string
	add := func(n int, noun, rest, verb string) {
		if n > 0 {
			lines = append(lines, fmt.Sprintf("%-34s %s", count(n, noun)+rest, verb))
		}
	}
	add(w.tasks, "open task", "", "holdfast task list")
	add(w.approvals, "message", " to approve", "holdfast approve list")
	add(w.uncertain, "message", " of unknown fate", "holdfast outbox list")
	add(w.proposed, "hold", " to approve", "holdfast approve list")
	return lines
}

// counted is a number with what it counts.
type counted struct {
	n    int
	what string
}

// listed writes ": 3 changed, 1 closed", leaving out what is none.
func listed(parts ...counted) string {
	var all []string
	for _, p := range parts {
		if p.n > 0 {
			all = append(all, number(p.n)+" "+p.what)
		}
	}
	if len(all) == 0 {
		return ""
	}
	return ": " + strings.Join(all, ", ")
}

// nouns returns a noun in the number that goes with n.
func nouns(n int, noun string) string {
	if n == 1 {
		return noun
	}
	return noun + "s"
}
