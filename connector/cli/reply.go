package cli

import (
	"context"
	"slices"
	"strings"
	"time"

	"holdfast/engine/intake"
	"holdfast/engine/store"
)

// replyVerb is what customers wrote back.
type replyVerb struct {
	Add    replyAddVerb    `cmd:"" help:"Keep that a customer wrote: reminders wait until somebody answers."`
	Answer replyAnswerVerb `cmd:"" help:"Say that a reply was dealt with."`
	List   replyListVerb   `cmd:"" help:"List replies."`

	Unmatched replyUnmatchedVerb `cmd:"" help:"List what people wrote that fits no account."`
	Assign    replyAssignVerb    `cmd:"" help:"Say whose a reply is that fits no account."`
	Drop      replyDropVerb      `cmd:"" help:"Say that what fits no account is nobody's."`
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

// replyRow is a reply as programs read it.
type replyRow struct {
	factRow
	Message int64     `json:"message_id,omitzero"` // that it answers; 0: none that is known
	Subject string    `json:"subject,omitempty"`   // of the reply
	Wrote   time.Time `json:"wrote,omitzero"`      // when it was written, where a channel brought it
}

// Run lists replies.
func (v *replyListVerb) Run(ctx context.Context, a *App) error {
	all, ended, err := a.factsWithEnds(ctx, v.factListFlags, intake.Reply)
	if err != nil {
		return err
	}
	told, err := a.toldBy(ctx, all.list)
	if err != nil {
		return err
	}
	rows := []replyRow{}
	for _, f := range all.list {
		e := told[hashIn(f.Key)]
		r := replyRow{newFactRow(f, all.key(f.Account), all.known[f.Account]), e.Delivery, e.Subject, e.At}
		r.State = replyOpen
		if end, is := ended[f.ID]; is {
			r.State = end.Code
		}
		if v.All || r.State == replyOpen {
			rows = append(rows, r)
		}
	}
	return a.showReplies(rows)
}

func (a *App) showReplies(rows []replyRow) error {
	if a.JSON {
		return a.WriteJSON(rows)
	}
	if len(rows) == 0 {
		a.Say("No reply waits for an answer.")
		return nil
	}
	var lines [][]string
	for _, r := range rows {
		message := ""
		if r.Message != 0 {
			message = itoa(r.Message)
		}
		lines = append(lines, []string{
			itoa(r.ID), r.On.String(), r.Company, first(r.Customer, string(r.CustomerID)), r.State, message, r.By, short(r.Text, replyShown),
		})
	}
	return a.Table([]Column{
		{"No", true}, {"Told", false}, {"Company", false}, {"Customer", false}, {"State", false}, {"Message", true}, {"By", false}, {"What", false},
	}, lines)
}

// replyShown is how much of a reply a table shows; --json has all of it.
const replyShown = 160

// toldBy reads the events that replies came of, by their hash.
func (a *App) toldBy(ctx context.Context, facts []intake.Fact) (map[string]store.Event, error) {
	st, err := a.ReadStore(ctx)
	if err != nil {
		return nil, err
	}
	defer st.Close()
	told := map[string]store.Event{}
	for some := range slices.Chunk(facts, 500) {
		hashes := []string{}
		for i := range some {
			if hash := hashIn(some[i].Key); hash != "" {
				hashes = append(hashes, hash)
			}
		}
		found, err := st.Events(ctx, store.EventFilter{Hashes: hashes})
		if err != nil {
			return nil, err
		}
		for _, e := range found {
			told[e.Hash] = e
		}
	}
	return told, nil
}

// hashIn is the hash of the event that a fact's key names, empty where no channel
// told it.
func hashIn(key string) string {
	parts := strings.SplitN(key, ":", 4)
	if len(parts) < 4 || parts[0] != "event" {
		return ""
	}
	return parts[2]
}
