package worklist

import (
	"iter"
	"slices"
	"strings"

	"holdfast/engine/ar"
	"holdfast/engine/sequence"
)

// ofCollector is the role of whoever the ERP names as a customer's collector.
const ofCollector = "collector"

// Parties lists the parties that tasks are about, each once, for reading their
// cases.
func Parties(tasks []Task) []ar.PartyID {
	var ids []ar.PartyID
	seen := map[ar.PartyID]bool{}
	for i := range tasks {
		if id := tasks[i].Party; id.Payer != "" && !seen[id] {
			seen[id] = true
			ids = append(ids, id)
		}
	}
	return ids
}

// Build makes the worklists of a company's open tasks, one per collector, by
// name. cases are those of Parties, in any order; one is kept no longer than its
// rows are made. A task whose party does not come is listed without figures.
func Build(tasks []Task, cases iter.Seq2[sequence.Case, error], o Options) ([]*List, error) {
	b := builder{Options: o, lists: map[string]*List{}, open: map[ar.PartyID][]*Task{}}
	for i := range tasks {
		t := &tasks[i]
		b.open[t.Party] = append(b.open[t.Party], t)
	}
	for c, err := range cases {
		if err != nil {
			return nil, err
		}
		for _, t := range b.open[c.Party] {
			b.add(t, &c)
		}
		delete(b.open, c.Party)
	}
	for _, rest := range b.open {
		for _, t := range rest {
			b.add(t, nil)
		}
	}
	return b.done(), nil
}

// builder gathers rows by collector.
type builder struct {
	Options
	lists map[string]*List
	open  map[ar.PartyID][]*Task // whose case has not come yet
}

// add makes the row of one task. c is nil where its party is not known.
func (b *builder) add(t *Task, c *sequence.Case) {
	row := Row{
		Task: t.ID, Key: t.Key, Account: t.Account, Number: string(t.Account.Customer), Do: t.Text, Why: t.Why, Script: t.Script,
		DueOn: t.DueOn, Outcomes: t.Outcomes, Documents: []Document{},
	}
	var a *sequence.Account
	if c != nil {
		a = accountOf(c, t.Account)
	}
	if a != nil {
		p := party{Case: c, lead: a, day: b.Day, roles: b.Contact}
		p.fill(&row, t)
	}
	if b.Say != nil && t.Script != "" {
		row.Say = b.Say(t, c)
	}
	row.rank = rankOf(&row, t.Yes, b.Base)
	row.Because = row.rank.words()
	name := collectorOf(t, a)
	l := b.lists[strings.ToLower(name)]
	if l == nil {
		l = &List{Options: b.Options, Collector: name}
		b.lists[strings.ToLower(name)] = l
	}
	l.Rows = append(l.Rows, row)
}

// done orders the lists and their rows.
func (b *builder) done() []*List {
	var all []*List
	for _, l := range b.lists {
		slices.SortFunc(l.Rows, compare)
		for i := range l.Rows {
			l.Rows[i].Place = i + 1
		}
		all = append(all, l)
	}
	slices.SortFunc(all, func(x, y *List) int {
		return strings.Compare(strings.ToLower(x.Collector), strings.ToLower(y.Collector))
	})
	return all
}

// accountOf returns the account of a task: its own, or the payer's.
func accountOf(c *sequence.Case, id ar.AccountID) *sequence.Account {
	for i := range c.Accounts {
		if c.Accounts[i].Customer.Account == id {
			return &c.Accounts[i]
		}
	}
	return nil
}

// collectorOf says in whose list a task stands: the customer's collector for
// what is the collector's, the customer's sales rep for what is the sales rep's,
// and whoever the task names for all else.
func collectorOf(t *Task, a *sequence.Account) string {
	role := strings.TrimSpace(t.Role)
	if a != nil {
		switch strings.ReplaceAll(strings.ToLower(role), " ", "_") {
		case "", ofCollector:
			role = first(strings.TrimSpace(a.Customer.Collector), ofCollector)
		case "sales_rep":
			role = first(strings.TrimSpace(a.Customer.SalesRep), role)
		}
	}
	return first(role, ofCollector)
}

// first returns the first text that is not empty.
func first(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}
