package cli

import (
	"context"

	"holdfast/engine/intake"
)

// replyVerb is what customers wrote back.
type replyVerb struct {
	Add    replyAddVerb    `cmd:"" help:"Keep that a customer wrote: reminders wait until somebody answers."`
	Answer replyAnswerVerb `cmd:"" help:"Say that a reply was dealt with."`
	List   replyListVerb   `cmd:"" help:"List replies."`
}

type replyAddVerb struct {
	customerFlags
	Text     string   `arg:"" help:"What they wrote, in short."`
	Document []string `sep:"none" placeholder:"NUMBER" help:"Document that it is about; may be given several times (default: the account)."`
	factFlags
}

// Help says more than the line in the list of verbs.
func (v *replyAddVerb) Help() string {
	return "Reminders wait for contact.reply_pause of the config at most; then a deputy gets the reply as a task."
}

// Run keeps a reply.
func (v *replyAddVerb) Run(ctx context.Context, a *App) error {
	t, err := a.tell(ctx, v.customerFlags, v.factFlags, func(account *intake.Account, t intake.Teller) (intake.Fact, error) {
		return account.Reply(t, v.Text, v.Document)
	})
	if err != nil {
		return err
	}
	return a.showTold(t, "Reply %d of %s is kept: reminders wait until it is answered, %s at most.", t.ID, customerText(t.customer),
		count(t.place.Contact.ReplyPause.N, "business day"))
}

type replyAnswerVerb struct {
	ID   int64  `arg:"" help:"Number of the reply, as the list shows it."`
	Text string `placeholder:"TEXT" help:"What was answered."`
	factFlags
}

// Run ends the wait for an answer.
func (v *replyAnswerVerb) Run(ctx context.Context, a *App) error {
	t, err := a.end(ctx, v.ID, v.factFlags, intake.Answered, v.Text, intake.Reply)
	if err != nil {
		return err
	}
	return a.showTold(t, "Reply %d of %s is answered: reminders go on.", t.ID, customerText(t.customer))
}

type replyListVerb struct {
	factListFlags
	All bool `help:"The answered ones too."`
}

// replyOpen is the state of a reply that nobody has answered.
const replyOpen = "open"

// Run lists replies.
func (v *replyListVerb) Run(ctx context.Context, a *App) error {
	all, ended, err := a.factsWithEnds(ctx, v.factListFlags, intake.Reply)
	if err != nil {
		return err
	}
	rows := []factRow{}
	for _, f := range all.list {
		r := newFactRow(f, all.key(f.Account), all.known[f.Account])
		r.State = replyOpen
		if end, is := ended[f.ID]; is {
			r.State = end.Code
		}
		if v.All || r.State == replyOpen {
			rows = append(rows, r)
		}
	}
	if a.JSON {
		return a.WriteJSON(rows)
	}
	if len(rows) == 0 {
		a.Say("No reply waits for an answer.")
		return nil
	}
	var lines [][]string
	for _, r := range rows {
		lines = append(lines, []string{itoa(r.ID), r.On.String(), r.Company, first(r.Customer, string(r.CustomerID)), r.State, r.Text})
	}
	return a.Table([]Column{{"No", true}, {"Wrote", false}, {"Company", false}, {"Customer", false}, {"State", false}, {"What", false}}, lines)
}
