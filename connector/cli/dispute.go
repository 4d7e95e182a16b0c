package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"holdfast/engine/ar"
	"holdfast/engine/intake"
	"holdfast/engine/sequence"
)

// disputeVerb is what customers contest.
type disputeVerb struct {
	Add     disputeAddVerb     `cmd:"" help:"Keep that a customer contests documents, or an amount of them."`
	List    disputeListVerb    `cmd:"" help:"List the disputes that were told, with where they stand."`
	Resolve disputeResolveVerb `cmd:"" help:"Say how a dispute ended."`
}

type disputeAddVerb struct {
	customerFlags
	Document []claim `sep:"none" placeholder:"NUMBER[=AMOUNT]" help:"Document, and how much of it is contested; may be given several times (default: all that is owed)."`
	Code     string  `required:"" placeholder:"CODE" help:"Why: price, quantity, damaged, not_delivered, wrong_goods, quality, duplicate, tax, missing_po, paid_already, terms or other."`
	Owner    string  `placeholder:"NAME" help:"Who works on it: a role, such as sales, or a name."`
	Text     string  `placeholder:"TEXT" help:"What the customer says."`
	factFlags
}

// Help says more than the line in the list of verbs.
func (v *disputeAddVerb) Help() string {
	return "Only the contested amount is kept out of reminders and holds; the rest of a document stays asked for."
}

// claim is one contested document as a person types it.
type claim struct{ number, amount string }

// UnmarshalText reads "NUMBER" or "NUMBER=AMOUNT".
func (c *claim) UnmarshalText(text []byte) error {
	c.number, c.amount = string(text), ""
	if i := strings.LastIndexByte(c.number, '='); i >= 0 {
		c.number, c.amount = c.number[:i], c.number[i+1:]
	}
	if strings.TrimSpace(c.number) == "" {
		return fmt.Errorf("%q names no document; write it as INV-1001 or INV-1001=120.00", text)
	}
	return nil
}

// claimed reads the amount of a claim in the currency of its document, unless it
// names one.
func (c claim) claimed(account *intake.Account) (intake.Claimed, error) {
	out := intake.Claimed{Number: strings.TrimSpace(c.number)}
	if c.amount == "" {
		return out, nil
	}
	text := strings.TrimSpace(c.amount)
	if !strings.ContainsFunc(text, func(r rune) bool { return r >= 'A' && r <= 'Z' }) {
		text += " " + string(currencyOf(account, out.Number))
	}
	amount, err := ar.ParseMoney(text)
	if err != nil {
		return out, usage("--document %s=%s: %w", c.number, c.amount, err)
	}
	out.Amount = &amount
	return out, nil
}

// currencyOf is the currency of a document by number or id, the company's where
// there is none.
func currencyOf(account *intake.Account, name string) ar.Currency {
	i := slices.IndexFunc(account.Documents, func(d ar.Document) bool { return string(d.ID) == name || strings.EqualFold(d.Number, name) })
	if i < 0 {
		return account.Base
	}
	return account.Documents[i].Currency
}

// Run keeps a dispute.
func (v *disputeAddVerb) Run(ctx context.Context, a *App) error {
	t, err := a.tell(ctx, v.customerFlags, v.factFlags, func(account *intake.Account, t intake.Teller) (intake.Fact, error) {
		var claims []intake.Claimed
		for _, c := range v.Document {
			claimed, err := c.claimed(account)
			if err != nil {
				return intake.Fact{}, err
			}
			claims = append(claims, claimed)
		}
		return account.Dispute(t, claims, v.Code, v.Owner, v.Text)
	})
	if err != nil {
		return err
	}
	return a.showTold(t, "Dispute %d: %s contests %s of %s (%s).", t.ID, customerText(t.customer), contested(&t.Fact), aboutText(&t.Fact), kindText(t.Code))
}

// contested is how much a dispute contested when it was told.
func contested(f *intake.Fact) ar.Balance {
	var sum ar.Balance
	for _, c := range f.Documents {
		sum = sum.Add(f.Contested(c.Document, c.Open), c.Currency)
	}
	return sum
}

// kindText writes a code for a person.
func kindText(code string) string { return strings.ReplaceAll(code, "_", " ") }

type disputeResolveVerb struct {
	ID   int64  `arg:"" help:"Number of the dispute, as the list shows it."`
	As   string `required:"" enum:"rejected,granted,withdrawn" placeholder:"HOW" help:"rejected: it is owed after all; granted: a credit follows; withdrawn: they no longer contest it."`
	Text string `placeholder:"TEXT" help:"Why."`
	factFlags
}

// Help says more than the line in the list of verbs.
func (v *disputeResolveVerb) Help() string {
	return "What is granted stays out of reminders until the ledger shows the credit or the payment."
}

// Run ends a dispute.
func (v *disputeResolveVerb) Run(ctx context.Context, a *App) error {
	t, err := a.end(ctx, v.ID, v.factFlags, v.As, v.Text, intake.Dispute)
	if err != nil {
		return err
	}
	after := "what it contested is asked for again"
	if v.As == intake.Granted {
		after = "what it contested stays out until the ledger shows the credit"
	}
	return a.showTold(t, "Dispute %d of %s is %s: %s.", t.ID, customerText(t.customer), v.As, after)
}

type disputeListVerb struct {
	factListFlags
	Open bool   `help:"Only those that are not closed."`
	AsOf ar.Day `name:"as-of" placeholder:"DAY" help:"Day on which they are looked at (default: today)."`
}

// disputeRow is a dispute as programs read it.
type disputeRow struct {
	factRow
	Amount ar.Balance `json:"amount"`
	Owner  string     `json:"owner"`
}

// Run lists disputes.
func (v *disputeListVerb) Run(ctx context.Context, a *App) error {
	all, err := a.factsTold(ctx, v.factListFlags, intake.Dispute)
	if err != nil {
		return err
	}
	heard, err := a.heard(ctx, all, v.AsOf)
	if err != nil {
		return err
	}
	ended, err := a.endings(ctx, v.Company)
	if err != nil {
		return err
	}
	rows := []disputeRow{}
	for _, f := range all.list {
		r := disputeRow{newFactRow(f, all.key(f.Account), all.known[f.Account]), contested(&f), f.Owner}
		r.State = string(sequence.ToldClosed)
		for _, h := range heard[f.ID] {
			r.State = string(h.State)
		}
		if end, over := ended[f.ID]; over && r.State == string(sequence.ToldClosed) {
			r.State = end.Code
		}
		if !v.Open || r.State == string(sequence.ToldOpen) || r.State == string(sequence.ToldWaiting) {
			rows = append(rows, r)
		}
	}
	return a.showDisputes(rows)
}

func (a *App) showDisputes(rows []disputeRow) error {
	if a.JSON {
		return a.WriteJSON(rows)
	}
	if len(rows) == 0 {
		a.Say("No dispute is known. What is marked as disputed in the ERP stands there.")
		return nil
	}
	var lines [][]string
	for _, r := range rows {
		lines = append(lines, []string{
			itoa(r.ID), r.On.String(), r.Company, first(r.Customer, string(r.CustomerID)), r.Amount.String(), kindText(r.Code),
			strings.Join(r.Documents, ", "), r.Owner, r.State, r.By,
		})
	}
	return a.Table([]Column{
		{"No", true}, {"Told", false}, {"Company", false}, {"Customer", false}, {"Contested", true}, {"Why", false},
		{"Documents", false}, {"Owner", false}, {"State", false}, {"By", false},
	}, lines)
}
