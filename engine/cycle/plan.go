package cycle

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"holdfast/engine/ar"
	"holdfast/engine/sequence"
)

// PlanRow is one effect that a plan foresees, in one currency.
type PlanRow struct {
	Day        ar.Day          `json:"day"`
	Effect     string          `json:"effect"` // the same on all rows of one effect
	Kind       string          `json:"kind"`
	Company    string          `json:"company"`
	Customer   string          `json:"customer"`
	CustomerID ar.CustomerID   `json:"customer_id"`
	Number     string          `json:"customer_number"`
	Sequence   string          `json:"sequence"`
	Step       string          `json:"step"`
	Channel    string          `json:"channel"`
	To         string          `json:"to"`
	Documents  []string        `json:"documents"` // numbers
	Amount     string          `json:"amount"`
	Currency   ar.Currency     `json:"currency"`
	Reason     sequence.Reason `json:"reason"`
	Approval   bool            `json:"approval"` // waits for a person's yes
}

// Plan foresees what Run would do for companies on a number of days, from the
// moment of each on, by the same decisions, and carries nothing out. emit gets
// the rows in the order of days, companies and parties. For a single day memory does
// not grow with the ledger.
func (c *Cycle) Plan(ctx context.Context, companies []*Company, at func(*Company) Moment, days int, emit func(PlanRow) error) error {
	return c.Foresee(ctx, companies, at, days, Outlook{}, func(f *Foreseen) error { return f.Rows(emit) })
}

// Rows passes an effect as plan writes it: one row per currency.
func (f *Foreseen) Rows(emit func(PlanRow) error) error {
	co, m, cs, in := f.Company, f.Moment, f.Case, f.Intent
	row := PlanRow{
		Day: m.Day, Effect: effectOf(cs.Party, m.Day, in), Kind: string(in.Kind), Company: co.Key, CustomerID: in.Account.Customer,
		Sequence: in.Sequence, Step: in.Step, Channel: in.Channel, To: in.Recipient(), Reason: in.Reason, Approval: in.Approve,
	}
	for _, a := range cs.Accounts {
		if a.Customer.Account == in.Account {
			row.Customer, row.Number = a.Customer.Name, a.Customer.Number
		}
	}
	asked := in.Asked
	if len(asked) == 0 {
		asked = linesBalance(in.Lines, cs.Company.BaseCurrency)
	}
	for _, money := range asked {
		row.Amount, row.Currency, row.Documents = money.Amount(), money.Currency, numbers(in.Lines, money.Currency)
		if err := emit(row); err != nil {
			return err
		}
	}
	return nil
}

// linesBalance sums what an intent without an amount of its own names.
func linesBalance(lines []sequence.Line, base ar.Currency) ar.Balance {
	var sum ar.Balance
	for _, l := range lines {
		sum = sum.Add(l.Document.Open, l.Document.Currency)
	}
	if len(sum) == 0 {
		sum = sum.Add(0, base)
	}
	return sum
}

// numbers lists the numbers of the debit documents of one currency, each once.
func numbers(lines []sequence.Line, cur ar.Currency) []string {
	list := []string{}
	for _, l := range lines {
		if l.Document.Currency == cur && l.Document.Open > 0 && !slices.Contains(list, l.Document.Number) {
			list = append(list, l.Document.Number)
		}
	}
	return list
}

// effectOf names an effect, the same in every plan of the same decision.
func effectOf(party ar.PartyID, day ar.Day, in *sequence.Intent) string {
	h := sha256.New()
	h.Write([]byte(party.String() + day.String() + string(in.Kind) + in.Key))
	for _, o := range in.Occasions {
		h.Write([]byte(o.Key()))
	}
	h.Write([]byte(in.Account.String()))
	return hex.EncodeToString(h.Sum(nil)[:6])
}
