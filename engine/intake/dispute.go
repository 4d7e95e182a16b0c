package intake

import (
	"slices"
	"strings"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

// Claimed is one document that a customer contests.
type Claimed struct {
	Number string    // or its id
	Amount *ar.Money // how much of it; nil: all
}

// Dispute is told when a customer contests documents, or a part of each; none
// named are all that it owes. Every instalment of a number is meant: an amount is
// taken from the earliest first. owner is who works on it, a role or a name; it
// and text may be empty.
func (a *Account) Dispute(t Teller, documents []Claimed, code, owner, text string) (Fact, error) {
	f, done, err := a.begin(t, Dispute)
	if done || err != nil {
		return f, err
	}
	if !slices.Contains(DisputeCodes, code) {
		return Fact{}, fault.New(fault.Invalid, "%q is no reason of a dispute", code).WithCure("the reasons are: %s", strings.Join(DisputeCodes, ", "))
	}
	if len(documents) == 0 {
		debts, err := a.debts(nil)
		if err != nil {
			return Fact{}, err
		}
		for _, d := range debts {
			documents = append(documents, Claimed{Number: string(d.ID)})
		}
	}
	for _, claim := range documents {
		if err := a.claim(&f, claim); err != nil {
			return Fact{}, err
		}
	}
	f.Code, f.Owner, f.Text = code, strings.TrimSpace(owner), strings.TrimSpace(text)
	return f, nil
}

// claim adds what is contested of one number to a dispute.
func (a *Account) claim(f *Fact, claim Claimed) error {
	debts, err := a.debts([]string{claim.Number})
	if err != nil {
		return err
	}
	rest := owed(debts)
	left := ar.Money{Minor: 0, Currency: debts[0].Currency}
	for _, d := range debts {
		if f.covered(d.ID) != nil {
			return fault.New(fault.Invalid, "document %s is named twice in one dispute", d.Number).WithCure("name it once")
		}
		left.Minor += max(0, d.Open-a.contested(d))
	}
	if left.Minor == 0 {
		return fault.New(fault.Conflict, "document %s is wholly disputed already", debts[0].Number).
			WithCure("end that dispute first, or add a note to it")
	}
	if claim.Amount == nil {
		a.contest(f, debts, left.Minor)
		return nil
	}
	switch m := *claim.Amount; {
	case m.Currency != left.Currency:
		return fault.New(fault.Invalid, "%s is disputed, but document %s is in %s", m, debts[0].Number, left.Currency)
	case m.Minor <= 0:
		return fault.New(fault.Invalid, "the disputed amount of document %s is %s: a dispute is of more than nothing", debts[0].Number, m)
	case m.Minor > left.Minor && left.Minor < rest.In(m.Currency):
		return fault.New(fault.Invalid, "%s of document %s is disputed, but of the %s open only %s is not disputed already", m, debts[0].Number,
			rest, left).WithCure("dispute no more than is left")
	case m.Minor > left.Minor:
		return fault.New(fault.Invalid, "%s of document %s is disputed, but only %s is open", m, debts[0].Number, left).
			WithCure("dispute no more than is open")
	}
	a.contest(f, debts, claim.Amount.Minor)
	return nil
}

// contest spreads a disputed amount over instalments, the earliest first.
func (a *Account) contest(f *Fact, debts []*ar.Document, amount int64) {
	for _, d := range debts {
		part := min(amount, d.Open-min(d.Open, a.contested(d)))
		if part == 0 {
			continue
		}
		c := cover(d)
		if part < d.Open {
			c.Amount = part
		}
		f.Documents = append(f.Documents, c)
		amount -= part
	}
}

// contested returns what disputes that were told contest of a document, minor
// units.
func (a *Account) contested(d *ar.Document) int64 {
	sum := int64(0)
	for i := range a.Facts {
		if f := &a.Facts[i]; f.Kind == Dispute {
			sum += f.Contested(d.ID, d.Open)
		}
	}
	return min(d.Open, sum)
}

// Classify is told when somebody has looked at a suspected deduction: what is
// left of a part-paid document. document is its number or id.
func (a *Account) Classify(t Teller, document, code string) (Fact, error) {
	f, done, err := a.begin(t, Classified)
	if done || err != nil {
		return f, err
	}
	if !slices.Contains(DeductionCodes, code) {
		return Fact{}, fault.New(fault.Invalid, "%q is no kind of deduction", code).WithCure("the kinds are: %s", strings.Join(DeductionCodes, ", "))
	}
	debts, err := a.debts([]string{document})
	if err != nil {
		return Fact{}, err
	}
	f.Documents, f.Code = covers(debts), code
	return f, nil
}
