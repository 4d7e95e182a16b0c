package cli

import (
	"slices"

	"holdfast/engine/ar"
	"holdfast/engine/intake"
	"holdfast/engine/message"
	"holdfast/engine/sequence"
	"holdfast/engine/store"
	"holdfast/engine/worklist"
)

// speaker returns what writes the script of an open task for its customer. A
// script that is not there, or cannot be filled, is logged and left out.
func (a *App) speaker(p place, open []store.Task, day ar.Day) (func(*worklist.Task, *sequence.Case) string, error) {
	templates, err := a.loadTemplates()
	if err != nil {
		return nil, err
	}
	byID := map[int64]*store.Task{}
	for i := range open {
		byID[open[i].ID] = &open[i]
	}
	return func(t *worklist.Task, c *sequence.Case) string {
		if c == nil {
			return ""
		}
		text, err := templates.Script(t.Script, message.Input{
			Intent: spoken(byID[t.ID], c), Company: sender(p.Company, p.ERP), Party: c.Party, Accounts: leading(c.Accounts, t.Account),
			DataDay: c.DataDay, Today: day, Stated: statedLanguage(*c, t.Account), Base: p.ERP.BaseCurrency,
			Language: p.Company.Language,
		})
		if err != nil {
			a.Log().Warn("a worklist goes without a script", "script", t.Script, "task", t.ID, "because", err)
		}
		return text
	}, nil
}

// leading puts the account of a task first: a message speaks to that one.
func leading(accounts []sequence.Account, id ar.AccountID) []sequence.Account {
	i := slices.IndexFunc(accounts, func(a sequence.Account) bool { return a.Customer.Account == id })
	if i <= 0 {
		return accounts
	}
	return slices.Concat(accounts[i:i+1], accounts[:i], accounts[i+1:])
}

// spoken is a task as the decision asked for it, with the figures of the case.
func spoken(t *store.Task, c *sequence.Case) sequence.Intent {
	in := sequence.Intent{
		Kind: sequence.Task, Account: t.Account, Sequence: t.Sequence, Step: t.Step, Key: t.Key, Script: t.Script, Text: t.Text, Role: t.Role,
		DueOn: t.DueOn, Outcomes: t.Outcomes, Yes: t.Yes,
	}
	for i := range c.Accounts {
		for _, d := range c.Accounts[i].Documents {
			named := slices.Contains(t.Documents, d.ID)
			if d.Open <= 0 || !named && (len(t.Documents) > 0 || d.Account != t.Account) {
				continue
			}
			line := sequence.Line{Document: d, AtStep: true, Disputed: d.DisputedOpen(), Asked: d.Open - d.DisputedOpen()}
			in.Lines, in.Asked = append(in.Lines, line), in.Asked.Add(line.Asked, d.Currency)
		}
	}
	if i := slices.IndexFunc(c.Facts, func(f intake.Fact) bool { return f.ID == t.Fact }); t.Fact != 0 && i >= 0 {
		f := &c.Facts[i]
		in.About = &sequence.Heard{Fact: f, Day: f.Day, Left: f.Amount}
		if f.Kind == intake.Dispute {
			in.About.Subject.Kind = sequence.SubjectDispute
		} else {
			in.About.Subject.Kind = sequence.SubjectPromise
		}
	}
	return in
}
