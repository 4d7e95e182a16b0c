package cli

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"

	"holdfast/engine/ar"
	"holdfast/engine/cycle"
	"holdfast/engine/sequence"
)

// diffVerb is `holdfast diff`.
type diffVerb struct {
	Sequence string `arg:"" help:"The sequence, or one of its kept versions: past-due, past-due@1a2b3c."`
	Other    string `arg:"" optional:"" help:"The version to compare it with: past-due@4d5e6f."`
	With     string `placeholder:"FILE" help:"The changed file to compare it with."`
	Days     int    `default:"30" placeholder:"N" help:"How many days, today included (default: 30)."`
	Migrate  bool   `help:"Subjects under way move to the new version first; without, they stay with their own."`
	AsOf     ar.Day `name:"as-of" placeholder:"DAY" help:"First day (default: today)."`
	Company  string `placeholder:"KEY" help:"Only this company."`
	expecting
}

// compared is what diff says to programs.
type compared struct {
	Sequence string `json:"sequence"`
	Before   string `json:"before"` // version
	After    string `json:"after"`
	Migrate  bool   `json:"migrate"`
	cycle.Differences
	Assumptions []string `json:"assumptions"`
}

// Run plans today's ledger with two versions of a sequence and shows who gets
// what differently. It only reads.
func (v *diffVerb) Run(ctx context.Context, a *App) error {
	if v.Days < 1 || v.Days > 366 {
		return usage("--days %d: a plan covers 1 to 366 days", v.Days)
	}
	if (v.With == "") == (v.Other == "") {
		return usage("diff compares a sequence with one other version of it").WithCure("name the changed file by --with, or a second version such as past-due@1a2b3c")
	}
	c, done, err := a.ReadCycle(ctx)
	if err != nil {
		return err
	}
	defer done()
	companies, err := a.Selected(c, v.Company)
	if err != nil {
		return err
	}
	old, now, err := v.versions(a, companies[0].Book)
	if err != nil {
		return err
	}
	d, err := v.compare(ctx, a, c, companies, old, now)
	if err != nil {
		return err
	}
	if a.JSON {
		return a.WriteJSON(d)
	}
	return v.text(a, d, len(companies) > 1)
}

// versions returns the two versions to compare; the former is nil where the
// file is that of a new sequence.
func (v *diffVerb) versions(a *App, b *sequence.Book) (old, now *sequence.Sequence, err error) {
	name, _, pinned := strings.Cut(v.Sequence, "@")
	if v.With == "" {
		now, err = versionOf(b, v.Other)
	} else {
		now, err = a.sequenceFile(v.With)
	}
	if err == nil && (v.With == "" || pinned || b.Sequence(name) != nil) {
		old, err = versionOf(b, v.Sequence)
	}
	if err == nil && now.Name != name {
		err = usage("%s and %s are two sequences, not two versions of one", name, now.Name).WithCure("compare versions of one sequence")
	}
	return old, now, err
}

// sequenceFile reads one sequence file from anywhere.
func (a *App) sequenceFile(path string) (*sequence.Sequence, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, usage("%w", err)
	}
	s, problems := sequence.Parse(path, data, a.Parts.Steps)
	if err := problems.Err(); err != nil {
		return nil, usage("%w", err)
	}
	return s, nil
}

// versionOf finds a sequence by its name, or a version of it by name@hash.
func versionOf(b *sequence.Book, text string) (*sequence.Sequence, error) {
	name, hash, pinned := strings.Cut(text, "@")
	s := b.Sequence(name)
	if pinned {
		s = b.Version(name, hash)
	}
	if s != nil {
		return s, nil
	}
	if pinned {
		return nil, usage("no single version %q is kept", text).WithCure("the kept versions: %s", join(b.Versions(name)))
	}
	var names []string
	for _, s := range b.Sequences {
		names = append(names, s.Name)
	}
	slices.Sort(names)
	return nil, usage("there is no sequence %q", text).WithCure("there are: %s", join(names))
}

func (v *diffVerb) compare(ctx context.Context, a *App, c *cycle.Cycle, companies []*cycle.Company, old, now *sequence.Sequence) (*compared, error) {
	d := &compared{Sequence: now.Name, After: now.Hash, Migrate: v.Migrate, Assumptions: v.outlook().Assumptions()}
	before, err := companies, error(nil)
	if old != nil {
		d.Before = old.Hash
		if before, err = cycle.With(companies, old); err != nil {
			return nil, usage("%w", err)
		}
	}
	after, err := cycle.With(before, now)
	if err != nil {
		return nil, usage("%w", err)
	}
	migrate := ""
	if v.Migrate {
		migrate = now.Name
	}
	line := a.progress("comparing")
	at := func(co *cycle.Company) cycle.Moment { return cycle.Moment{Day: firstDay(v.AsOf, co)} }
	d.Differences, err = c.Diff(ctx, before, after, at, v.Days, migrate, v.outlook())
	line.end()
	return d, err
}

// text writes the differences for a person.
func (v *diffVerb) text(a *App, d *compared, several bool) error {
	a.Say("%s: version %s compared with %s%s, over %s.", d.Sequence, d.After, first(d.Before, "none"), v.source(), count(v.Days, "day"))
	if v.Migrate {
		a.Say("Subjects under way are moved to the new version first.")
	} else {
		a.Say("Subjects under way stay with the version that they entered under; --migrate moves them first.")
	}
	a.Say("")
	if len(d.Rows) == 0 {
		a.Say("Nothing differs: %s %s the same.", count(d.Same, "effect"), verbFor(d.Same, "stays", "stay"))
		return nil
	}
	if err := d.rows(a, several); err != nil {
		return err
	}
	a.Say("")
	if err := d.counts(a); err != nil {
		return err
	}
	a.Say("")
	a.Say("%s %s, %s %s the same.", count(len(d.Rows), "effect"), verbFor(len(d.Rows), "differs", "differ"), count(d.Same, "other"),
		verbFor(d.Same, "stays", "stay"))
	a.granted(d.Assumptions)
	return nil
}

func (v *diffVerb) source() string {
	if v.With == "" {
		return ""
	}
	return " (" + v.With + ")"
}

func verbFor(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// rows writes one line per difference.
func (d *compared) rows(a *App, several bool) error {
	var lines [][]string
	for i := range d.Rows {
		r := &d.Rows[i]
		customer := r.Number + " " + r.Customer
		if several {
			customer = r.Company + ": " + customer
		}
		lines = append(lines, []string{
			r.Kind, shorten(customer, 32), sideText(r.Before), sideText(r.After), strings.Join(r.What, ", "),
		})
	}
	return a.Table([]Column{{Title: "WHAT"}, {Title: "CUSTOMER"}, {Title: "BEFORE"}, {Title: "AFTER"}, {Title: "DIFFERS IN"}}, lines)
}

// sideText is one effect in a few words.
func sideText(s *cycle.Side) string {
	if s == nil {
		return "-"
	}
	text := s.Day.String() + " " + shorten(s.Step, 18)
	for _, m := range s.Amounts {
		if strings.Trim(m.Amount, "0.") != "" {
			text += fmt.Sprintf(" %s %s", comma(m.Amount), m.Currency)
		}
	}
	if s.Approval {
		text += " (waits for a yes)"
	}
	return text
}

// counts writes how often each step comes, where that differs.
func (d *compared) counts(a *App) error {
	var lines [][]string
	for _, s := range d.Steps {
		if s.Sequence != d.Sequence && s.Before == s.After {
			continue
		}
		change := ""
		if s.After != s.Before {
			change = fmt.Sprintf("%+d", s.After-s.Before)
		}
		lines = append(lines, []string{strings.TrimSpace(s.Sequence + " " + s.Step), s.Kind, number(s.Before), number(s.After), change})
	}
	return a.Table([]Column{{Title: "STEP"}, {Title: "WHAT"}, {Title: "BEFORE", Right: true}, {Title: "AFTER", Right: true}, {Title: "", Right: true}}, lines)
}
