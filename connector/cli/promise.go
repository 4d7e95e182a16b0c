package cli

import (
	"context"
	"fmt"
	"strings"

	"holdfast/engine/ar"
	"holdfast/engine/intake"
)

// promiseVerb is what customers promise to pay.
type promiseVerb struct {
	Add      promiseAddVerb      `cmd:"" help:"Keep that a customer will pay by a day."`
	Plan     promisePlanVerb     `cmd:"" help:"Keep an instalment plan."`
	List     promiseListVerb     `cmd:"" help:"List promises and parts of plans, with what came in."`
	Withdraw promiseWithdrawVerb `cmd:"" help:"Take a promise or a plan back: it was a mistake, or is no longer so."`
}

type promiseAddVerb struct {
	customerFlags
	Day      ar.Day    `required:"" placeholder:"DAY" help:"The day by which they will pay, as 2026-12-01."`
	Amount   *ar.Money `placeholder:"MONEY" help:"How much, as \"500.00 USD\" (default: all that is open of the documents)."`
	Document []string  `sep:"none" placeholder:"NUMBER" help:"Document that it is for; may be given several times (default: all that is owed)."`
	factFlags
}

// Help says more than the line in the list of verbs.
func (v *promiseAddVerb) Help() string {
	return "Until the day, and the grace of company.promise after it, the documents are not reminded of. Whether it was kept is read from the ledger."
}

// Run keeps a promise.
func (v *promiseAddVerb) Run(ctx context.Context, a *App) error {
	t, err := a.tell(ctx, v.customerFlags, v.factFlags, func(account *intake.Account, t intake.Teller) (intake.Fact, error) {
		return account.Promise(t, v.Document, v.Day, v.Amount)
	})
	if err != nil {
		return err
	}
	return a.showTold(t, "Promise %d: %s pays %s by %s, for %s.", t.ID, customerText(t.customer), t.Amount, dayText(t.Day), aboutText(&t.Fact))
}

type promisePlanVerb struct {
	customerFlags
	Part     []planPart `required:"" sep:"none" placeholder:"DAY=MONEY" help:"One instalment, as \"2026-12-01=500.00 USD\"; give it for each."`
	Document []string   `sep:"none" placeholder:"NUMBER" help:"Document that it is for; may be given several times (default: all that is owed)."`
	factFlags
}

// Help says more than the line in the list of verbs.
func (v *promisePlanVerb) Help() string {
	return "The parts add up to what is open of the documents, or to what of it is not disputed. When one is not kept, those after it are void and all is due at once."
}

// planPart is one instalment as a person types it.
type planPart intake.Part

// UnmarshalText reads "2026-12-01=500.00 USD".
func (p *planPart) UnmarshalText(text []byte) error {
	day, amount, ok := strings.Cut(string(text), "=")
	if !ok {
		return fmt.Errorf("%q is not a part of a plan; write it as 2026-12-01=500.00 USD", text)
	}
	if err := p.Day.UnmarshalText([]byte(strings.TrimSpace(day))); err != nil {
		return err
	}
	return p.Amount.UnmarshalText([]byte(strings.TrimSpace(amount)))
}

// Run keeps an instalment plan.
func (v *promisePlanVerb) Run(ctx context.Context, a *App) error {
	parts := make([]intake.Part, len(v.Part))
	for i, p := range v.Part {
		parts[i] = intake.Part(p)
	}
	t, err := a.tell(ctx, v.customerFlags, v.factFlags, func(account *intake.Account, t intake.Teller) (intake.Fact, error) {
		return account.Plan(t, v.Document, parts)
	})
	if err != nil {
		return err
	}
	last := t.Parts[len(t.Parts)-1]
	return a.showTold(t, "Plan %d: %s pays %s in %d parts until %s, for %s.", t.ID, customerText(t.customer),
		t.Total(len(t.Parts)-1), len(t.Parts), dayText(last.Day), aboutText(&t.Fact))
}

type promiseWithdrawVerb struct {
	ID   int64  `arg:"" help:"Number of the promise or plan, as the list shows it."`
	Text string `placeholder:"TEXT" help:"Why."`
	factFlags
}

// Run takes a promise or a plan back.
func (v *promiseWithdrawVerb) Run(ctx context.Context, a *App) error {
	t, err := a.end(ctx, v.ID, v.factFlags, intake.Withdrawn, v.Text, intake.Promise, intake.Plan)
	if err != nil {
		return err
	}
	what := "Promise"
	if t.Kind == intake.Plan {
		what = "Plan"
	}
	return a.showTold(t, "%s %d of %s is withdrawn: what it covered is asked for again.", what, t.ID, customerText(t.customer))
}
