package cli

import (
	"context"

	"holdfast/engine/intake"
)

// eventVerb is what happened by which sequences begin.
type eventVerb struct {
	Add eventAddVerb `cmd:"" help:"Keep that something happened; sequences of that event begin."`
}

type eventAddVerb struct {
	customerFlags
	Code     string   `arg:"" help:"What happened, such as copy_requested or collection_failed."`
	Text     string   `placeholder:"TEXT" help:"More about it."`
	Document []string `sep:"none" placeholder:"NUMBER" help:"Document that it is about; may be given several times (default: the account)."`
	factFlags
}

// Run keeps an event.
func (v *eventAddVerb) Run(ctx context.Context, a *App) error {
	t, err := a.tell(ctx, v.customerFlags, v.factFlags, func(account *intake.Account, t intake.Teller) (intake.Fact, error) {
		return account.Event(t, v.Code, v.Text, v.Document)
	})
	if err != nil {
		return err
	}
	return a.showTold(t, "Event %d of %s: %s, about %s.", t.ID, customerText(t.customer), kindText(t.Code), aboutText(&t.Fact))
}

// acceptedVerb is what the customers' portals took.
type acceptedVerb struct {
	Add acceptedAddVerb `cmd:"" help:"Keep that the customer's portal took documents: they may be asked for."`
}

type acceptedAddVerb struct {
	customerFlags
	Document []string `required:"" sep:"none" placeholder:"NUMBER" help:"Document that was taken; may be given several times."`
	factFlags
}

// Run keeps an acceptance.
func (v *acceptedAddVerb) Run(ctx context.Context, a *App) error {
	t, err := a.tell(ctx, v.customerFlags, v.factFlags, func(account *intake.Account, t intake.Teller) (intake.Fact, error) {
		return account.Accepted(t, v.Document)
	})
	if err != nil {
		return err
	}
	return a.showTold(t, "Kept as %d: the portal of %s took %s.", t.ID, customerText(t.customer), aboutText(&t.Fact))
}

// returnedVerb is what the agency or a lawyer gave back.
type returnedVerb struct {
	Add returnedAddVerb `cmd:"" help:"Keep that the agency or the lawyer gave documents back: they are ours to follow again."`
}

type returnedAddVerb struct {
	customerFlags
	Document []string `sep:"none" placeholder:"NUMBER" help:"Document that came back; may be given several times (default: the account)."`
	factFlags
}

// Run keeps what came back.
func (v *returnedAddVerb) Run(ctx context.Context, a *App) error {
	t, err := a.tell(ctx, v.customerFlags, v.factFlags, func(account *intake.Account, t intake.Teller) (intake.Fact, error) {
		return account.Returned(t, v.Document)
	})
	if err != nil {
		return err
	}
	return a.showTold(t, "Kept as %d: %s of %s came back.", t.ID, aboutText(&t.Fact), customerText(t.customer))
}

// classifyVerb says what a suspected deduction is.
type classifyVerb struct {
	customerFlags
	Document string `arg:"" help:"Number of the part-paid document."`
	Code     string `arg:"" help:"What its rest is: short_pay, discount, dispute or write_off."`
	factFlags
}

// Help says more than the line in the list of verbs.
func (v *classifyVerb) Help() string {
	return "The rest of a part payment is not asked for until somebody has looked. short_pay is chased; the others are dealt with in the ERP or as a dispute."
}

// Run keeps what a deduction is.
func (v *classifyVerb) Run(ctx context.Context, a *App) error {
	t, err := a.tell(ctx, v.customerFlags, v.factFlags, func(account *intake.Account, t intake.Teller) (intake.Fact, error) {
		return account.Classify(t, v.Document, v.Code)
	})
	if err != nil {
		return err
	}
	return a.showTold(t, "Kept as %d: the rest of %s of %s is a %s.", t.ID, aboutText(&t.Fact), customerText(t.customer), kindText(t.Code))
}
