package cli

import (
	"context"
	"slices"
	"strings"

	"holdfast/engine/ar"
	"holdfast/engine/intake"
	"holdfast/engine/store"
)

type taskDoneVerb struct {
	ID      int64  `arg:"" help:"Number of the task, as the list shows it."`
	Outcome string `required:"" placeholder:"CODE" help:"How it ended: a code that task show names, or a few words, which count as done."`
	Text    string `placeholder:"TEXT" help:"More about it; it stays with the task."`
	Address string `placeholder:"NUMBER" help:"Telephone number that was called, where the task asks for a call."`
	factFlags
}

// Help says more than the line in the list of verbs.
func (v *taskDoneVerb) Help() string {
	return "The outcome is a fact: the sequence that gave the task sees it with its next decision. A task that asks for a yes is answered by yes or no. " +
		"A task with a script asks for a call, which counts among the contacts that the contact rules limit."
}

// Run closes a task.
func (v *taskDoneVerb) Run(ctx context.Context, a *App) error {
	st, err := a.FactStore(ctx)
	if err != nil {
		return err
	}
	defer st.Close()
	if strings.TrimSpace(v.Outcome) == "" {
		return usage("--outcome is empty").WithCure("say in a few words how the task ended")
	}
	task, err := st.Task(ctx, v.ID)
	if err != nil {
		return err
	}
	p, err := a.placeOf(ctx, st, task.Account)
	if err != nil {
		return err
	}
	f, err := v.outcome(&task, p)
	if err != nil {
		return err
	}
	if _, err := st.AddFact(ctx, f); err != nil {
		return err
	}
	if f.Code == intake.Done && f.Text != "" {
		a.Say("Task %d is closed: %s", v.ID, f.Text)
		return nil
	}
	a.Say("Task %d is closed: %s", v.ID, strings.TrimSpace(kindText(f.Code)+detailText(f.Text)))
	return nil
}

// outcome is the fact that closes a task. Words that are no code say that it was
// done, unless it asks for a yes or a no.
func (v *taskDoneVerb) outcome(task *store.Task, p place) (intake.Fact, error) {
	t, err := v.teller(p)
	if err != nil {
		return intake.Fact{}, err
	}
	code, text, allowed := strings.ToLower(strings.TrimSpace(v.Outcome)), v.Text, outcomesOf(task)
	if strings.ContainsAny(code, " :,.") && !task.Yes && text == "" {
		code, text, allowed = intake.Done, v.Outcome, append(allowed, intake.Done)
	}
	if !task.ClosedAt.IsZero() {
		allowed = append(allowed, code) // refused where it would be kept: it is closed
	}
	if !slices.Contains(allowed, code) {
		return intake.Fact{}, usage("task %d cannot end as %q", task.ID, v.Outcome).
			WithCure("the codes are %s; say more with --text", join(outcomesOf(task)))
	}
	f, err := answered(t, task, allowed, code, v.Address, text)
	f.Account = task.Account
	return f, err
}

// answered is the fact that ends a task. One with a script asks for a call.
func answered(t intake.Teller, task *store.Task, allowed []string, code, address, text string) (intake.Fact, error) {
	if task.Script == "" || task.Yes {
		return intake.Answer(t, task.Key, allowed, code, text)
	}
	return intake.AnswerCall(t, task.Key, allowed, code, address, text)
}

// outcomesOf lists how a task can end.
func outcomesOf(t *store.Task) []string {
	if len(t.Outcomes) > 0 {
		return slices.Clone(t.Outcomes)
	}
	return slices.Clone(intake.Outcomes)
}

// placeOf is the configured company that an account belongs to.
func (a *App) placeOf(ctx context.Context, st *store.Store, id ar.AccountID) (place, error) {
	among, err := a.places(ctx, st, "")
	if err != nil {
		return place{}, err
	}
	for _, p := range among {
		if p.ERP.Source == id.Source && p.ERP.ID == id.Company {
			return p, nil
		}
	}
	return place{}, usage("the company of %s is not in the config any more", id).WithCure("put its [[company]] table back")
}
