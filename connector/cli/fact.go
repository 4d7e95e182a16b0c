package cli

import (
	"context"
	"slices"
	"strings"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/intake"
	"holdfast/engine/store"
)

// factFlags are what every verb takes that keeps what a person tells.
type factFlags struct {
	By  string `placeholder:"NAME" help:"Who tells it (default: you)."`
	On  ar.Day `placeholder:"DAY" help:"Day on which it was told (default: today)."`
	Key string `placeholder:"TEXT" help:"Tell it once: under the same key again nothing is added."`
}

// teller is who tells something of a company's customer.
func (f factFlags) teller(p place) (intake.Teller, error) {
	t := intake.Teller{By: byPerson(), On: f.On, At: time.Now(), Key: f.Key}
	if f.By != "" {
		t.By = ar.ProposedBy(f.By)
	}
	switch today := p.today(); {
	case t.On.IsZero():
		t.On = today
	case t.On > today:
		return t, usage("%s is in the future: today is %s", t.On, today).WithCure("give the day on which it was told")
	}
	return t, nil
}

// customerFlags name the customer that something is told of.
type customerFlags struct {
	Customer string `arg:"" help:"Id, number or whole name of the customer."`
	Company  string `placeholder:"KEY" help:"Company; needed where the customer is in several."`
}

// told is a fact that was kept, with the customer it speaks of.
type told struct {
	intake.Fact
	customer ar.Customer
	place    place
}

// telling makes a fact of an account, and finds what is wrong with it.
type telling func(account *intake.Account, t intake.Teller) (intake.Fact, error)

// tell keeps what a person tells of a customer, beside a running service.
func (a *App) tell(ctx context.Context, c customerFlags, f factFlags, what telling) (told, error) {
	st, err := a.FactStore(ctx)
	if err != nil {
		return told{}, err
	}
	defer st.Close()
	among, err := a.places(ctx, st, c.Company)
	if err != nil {
		return told{}, err
	}
	customer, p, err := a.customerNamed(ctx, st, c.Customer, among)
	if err != nil {
		return told{}, err
	}
	return keep(ctx, st, told{customer: customer, place: p}, f, what)
}

// keep checks a fact against its account and keeps it.
func keep(ctx context.Context, st *store.Store, of told, f factFlags, what telling) (told, error) {
	t, err := f.teller(of.place)
	if err != nil {
		return of, err
	}
	account, err := st.IntakeAccount(ctx, of.customer.Account)
	if err != nil {
		return of, err
	}
	if of.Fact, err = what(&account, t); err != nil {
		return of, err
	}
	of.Fact, err = st.AddFact(ctx, of.Fact)
	return of, err
}

// end ends a fact of one of some kinds, and returns the one that is over.
func (a *App) end(ctx context.Context, id int64, f factFlags, code, text string, kinds ...intake.Kind) (told, error) {
	st, err := a.FactStore(ctx)
	if err != nil {
		return told{}, err
	}
	defer st.Close()
	over, err := a.factNumbered(ctx, st, id, kinds)
	if err != nil {
		return told{}, err
	}
	_, err = keep(ctx, st, over, f, func(account *intake.Account, t intake.Teller) (intake.Fact, error) {
		return account.End(t, id, code, text)
	})
	return over, err
}

// factNumbered finds a fact of one of some kinds by its number.
func (a *App) factNumbered(ctx context.Context, st *store.Store, id int64, kinds []intake.Kind) (told, error) {
	among, err := a.places(ctx, st, "")
	if err != nil {
		return told{}, err
	}
	for _, p := range among {
		facts, err := st.Facts(ctx, store.FactFilter{Source: p.ERP.Source, Company: p.ERP.ID, Kinds: kinds})
		if err != nil {
			return told{}, err
		}
		if i := slices.IndexFunc(facts, func(f intake.Fact) bool { return f.ID == id }); i >= 0 {
			known, err := customers(ctx, st, []ar.AccountID{facts[i].Account})
			customer := known[facts[i].Account]
			customer.Account = facts[i].Account
			return told{facts[i], customer, p}, err
		}
	}
	return told{}, fault.New(fault.NotFound, "there is no %s %d", kindWords(kinds[0]), id).WithCure("see holdfast %s list", verbOfKind(kinds[0]))
}

// kindWords says for a person what a kind of fact is.
func kindWords(k intake.Kind) string {
	if k == intake.DoNotContact {
		return "stop of contact"
	}
	return strings.ReplaceAll(string(k), "_", " ")
}

// verbOfKind is the verb that deals with a kind of fact.
func verbOfKind(k intake.Kind) string {
	if k == intake.DoNotContact {
		return "contact"
	}
	return string(k)
}

// showTold says what was kept: a line for a person, the fact for a program.
func (a *App) showTold(t told, format string, args ...any) error {
	if a.JSON {
		return a.WriteJSON(newFactRow(t.Fact, t.place.Key, t.customer))
	}
	a.Say(format, args...)
	return nil
}

// factRow is a fact as programs read it.
type factRow struct {
	ID             int64         `json:"id"`
	Kind           intake.Kind   `json:"kind"`
	Company        string        `json:"company"`
	CustomerID     ar.CustomerID `json:"customer_id"`
	CustomerNumber string        `json:"customer_number"`
	Customer       string        `json:"customer"`
	Documents      []string      `json:"documents"` // numbers; none: the whole account
	On             ar.Day        `json:"on"`
	By             string        `json:"by"`
	Code           string        `json:"code,omitempty"`
	Value          string        `json:"value,omitempty"`
	Text           string        `json:"text,omitempty"`
	Day            ar.Day        `json:"day,omitzero"`
	Channel        string        `json:"channel,omitempty"`
	Address        string        `json:"address,omitempty"`
	State          string        `json:"state,omitempty"`
}

func newFactRow(f intake.Fact, company string, c ar.Customer) factRow {
	return factRow{
		ID: f.ID, Kind: f.Kind, Company: company, CustomerID: f.Account.Customer, CustomerNumber: c.Number, Customer: c.Name,
		Documents: coveredNumbers(&f), On: f.On, By: teller(f.By), Code: f.Code, Value: f.Value, Text: f.Text, Day: f.Day,
		Channel: f.Channel, Address: f.Address,
	}
}

// teller is the name of who told a fact.
func teller(by string) string { return strings.TrimPrefix(by, ar.ProposedBy("")) }

// coveredNumbers lists the numbers of a fact's documents, each once.
func coveredNumbers(f *intake.Fact) []string {
	numbers := []string{}
	for _, c := range f.Documents {
		if n := first(c.Number, string(c.Document)); !slices.Contains(numbers, n) {
			numbers = append(numbers, n)
		}
	}
	return numbers
}

// aboutText says which documents a fact is about, for a person.
func aboutText(f *intake.Fact) string {
	if len(f.Documents) == 0 {
		return "the account"
	}
	numbers := coveredNumbers(f)
	if n := len(numbers); n > 4 {
		return strings.Join(numbers[:3], ", ") + " and " + number(n-3) + " more"
	}
	return strings.Join(numbers, ", ")
}

// customerText calls a customer by number and name.
func customerText(c ar.Customer) string {
	return strings.TrimSpace(first(c.Number, string(c.Account.Customer)) + " " + c.Name)
}
