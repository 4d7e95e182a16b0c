package cli

import (
	"context"

	"holdfast/engine/intake"
)

// consentVerb is who allowed what.
type consentVerb struct {
	Give   consentGiveVerb   `cmd:"" help:"Keep that a customer allows a channel or an address."`
	Revoke consentRevokeVerb `cmd:"" help:"Keep that a customer takes its consent back."`
	List   consentListVerb   `cmd:"" help:"List what was allowed and taken back; the latest word counts."`
}

type consentGiveVerb struct {
	customerFlags
	reachFlags
	factFlags
}

// Help says more than the line in the list of verbs.
func (v *consentGiveVerb) Help() string {
	return "Some contact rules let nothing out by a channel, such as text messages, before the customer agreed."
}

// Run keeps a consent.
func (v *consentGiveVerb) Run(ctx context.Context, a *App) error {
	return a.consent(ctx, v.customerFlags, v.reachFlags, v.factFlags, true)
}

type consentRevokeVerb struct {
	customerFlags
	reachFlags
	factFlags
}

// Help says more than the line in the list of verbs.
func (v *consentRevokeVerb) Help() string {
	return "It matters where the contact rules ask for consent; contact stop keeps messages back whatever the rules say."
}

// Run keeps that a consent was taken back.
func (v *consentRevokeVerb) Run(ctx context.Context, a *App) error {
	return a.consent(ctx, v.customerFlags, v.reachFlags, v.factFlags, false)
}

func (a *App) consent(ctx context.Context, c customerFlags, r reachFlags, f factFlags, given bool) error {
	t, err := a.tell(ctx, c, f, func(account *intake.Account, t intake.Teller) (intake.Fact, error) {
		return account.Consent(t, r.Channel, r.Address, given)
	})
	if err != nil {
		return err
	}
	what := "allows contact"
	if !given {
		what = "takes its consent back to contact"
	}
	return a.showTold(t, "Consent %d: %s %s%s.", t.ID, customerText(t.customer), what, reachText(t.Channel, t.Address))
}

type consentListVerb struct{ factListFlags }

// Run lists consents.
func (v *consentListVerb) Run(ctx context.Context, a *App) error {
	all, err := a.factsTold(ctx, v.factListFlags, intake.Consent)
	if err != nil {
		return err
	}
	return a.showReaches(ctx, all, v.Company, "No consent is known.")
}
