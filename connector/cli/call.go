package cli

import (
	"context"

	"holdfast/engine/intake"
)

// callVerb is telephone calls.
type callVerb struct {
	Log callLogVerb `cmd:"" help:"Keep how a call ended that no task asked for."`
}

type callLogVerb struct {
	customerFlags
	Outcome string `required:"" placeholder:"CODE" help:"How it ended: reached, no_answer, voicemail, promised, disputed, wrong_contact, copy_requested, says_paid, refused, call_back or done."`
	Address string `placeholder:"NUMBER" help:"Telephone number that was called."`
	Text    string `placeholder:"TEXT" help:"What was said."`
	factFlags
}

// Help says more than the line in the list of verbs.
func (v *callLogVerb) Help() string {
	return "The call counts among the contacts that the contact rules limit. A call that a task asked for is told by task done."
}

// Run keeps the outcome of a call.
func (v *callLogVerb) Run(ctx context.Context, a *App) error {
	t, err := a.tell(ctx, v.customerFlags, v.factFlags, func(account *intake.Account, t intake.Teller) (intake.Fact, error) {
		return account.Called(t, v.Outcome, v.Address, v.Text)
	})
	if err != nil {
		return err
	}
	return a.showTold(t, "Call %d to %s: %s.", t.ID, customerText(t.customer), kindText(t.Code))
}
