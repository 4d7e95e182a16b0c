package cli

import (
	"context"

	"holdfast/engine/ar"
	"holdfast/engine/cycle"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
	"holdfast/engine/store"
)

// explainVerb is `holdfast explain`.
type explainVerb struct {
	Customer string `arg:"" help:"The customer's id, number or name."`
	Company  string `placeholder:"KEY" help:"Where the customer is known in several companies."`
	AsOf     ar.Day `name:"as-of" placeholder:"DAY" help:"Day to look at: a past one from the journal, one ahead by a plan (default: today)."`
	expecting
}

// explained is all that is said of one customer.
type explained struct {
	Company   string              `json:"company"`
	Day       ar.Day              `json:"day"`
	Source    string              `json:"source"`               // now, journal, plan
	DecidedOn ar.Day              `json:"decided_on,omitempty"` // of what the journal has
	Customer  ar.CustomerID       `json:"customer_id"`
	Number    string              `json:"customer_number"`
	Name      string              `json:"customer"`
	Payer     ar.CustomerID       `json:"payer"`
	DataDay   ar.Day              `json:"data_day"`
	Documents []explainedDocument `json:"documents"`
	Notes     []explainedNote     `json:"account"`
	Next      []explainedNext     `json:"next"`
	Holds     []ar.HoldEntry      `json:"holds"`
	Pending   []sequence.Pending  `json:"pending"`
	Sent      []explainedSent     `json:"sent"`
	Tasks     []store.Task        `json:"tasks"`
	Told      []explainedTold     `json:"told"`
	Rules     []explainedRule     `json:"contact_rules"`

	Until       []cycle.PlanRow `json:"until"` // what a plan foresees on the days before
	Assumptions []string        `json:"assumptions"`
}

// explainedDocument is one open document with its place in each sequence.
type explainedDocument struct {
	Customer  ar.CustomerID       `json:"customer_id"`
	Document  ar.DocumentID       `json:"document_id"`
	Number    string              `json:"document"`
	Kind      ar.Kind             `json:"kind"`
	DueOn     ar.Day              `json:"due_on"`
	Open      string              `json:"open"`
	Disputed  string              `json:"disputed"`
	Currency  ar.Currency         `json:"currency"`
	Positions []explainedPosition `json:"positions"`
}

// explainedPosition is where a document stands in one sequence.
type explainedPosition struct {
	Sequence string          `json:"sequence"`
	Entered  ar.Day          `json:"entered_on"`
	Done     []sequence.Done `json:"done"`
	Ended    sequence.Reason `json:"ended,omitempty"`
	Next     string          `json:"next_step,omitempty"`
	On       ar.Day          `json:"next_on,omitempty"`
	Reason   sequence.Reason `json:"reason,omitempty"`
	Detail   string          `json:"detail,omitempty"`
}

// explainedNote is a verdict on an account as a whole.
type explainedNote struct {
	Customer ar.CustomerID   `json:"customer_id"`
	Sequence string          `json:"sequence,omitempty"`
	About    string          `json:"about,omitempty"` // the fact, its part, or the month
	Reason   sequence.Reason `json:"reason"`
	Detail   string          `json:"detail,omitempty"`
}

// explainedNext is what the day brings.
type explainedNext struct {
	Kind      sequence.IntentKind `json:"kind"`
	Sequence  string              `json:"sequence"`
	Step      string              `json:"step"`
	Channel   string              `json:"channel,omitempty"`
	To        string              `json:"to,omitempty"`
	Asked     ar.Balance          `json:"asked"`
	Reason    sequence.Reason     `json:"reason"`
	Detail    string              `json:"detail,omitempty"`
	Approval  bool                `json:"approval"`
	Documents []string            `json:"documents"`
}

// explainedSent is one message of the past.
type explainedSent struct {
	Day       ar.Day       `json:"day"`
	State     outbox.State `json:"state"`
	Step      string       `json:"step"`
	Channel   string       `json:"channel"`
	Recipient string       `json:"recipient"`
	Asked     ar.Balance   `json:"asked"`
}

// Run says where a customer stands, what comes next and why not now.
func (v *explainVerb) Run(ctx context.Context, a *App) error {
	c, done, err := a.ReadCycle(ctx)
	if err != nil {
		return err
	}
	defer done()
	co, customer, err := v.find(ctx, a, c)
	if err != nil {
		return err
	}
	e := newExplained(co, firstDay(v.AsOf, co), customer)
	if err := e.when(ctx, c, co, customer, v.outlook()); err != nil {
		return err
	}
	if a.JSON {
		return a.WriteJSON(e)
	}
	return e.text(a, co)
}

// find returns the one customer meant. Two are an error of usage that lists
// them.
func (v *explainVerb) find(ctx context.Context, a *App, c *cycle.Cycle) (*cycle.Company, ar.Customer, error) {
	companies, err := a.Selected(c, v.Company)
	if err != nil {
		return nil, ar.Customer{}, err
	}
	var where []*cycle.Company
	var found []ar.Customer
	for _, co := range companies {
		some, err := c.Store.FindCustomer(ctx, v.Customer, co.ID)
		if err != nil {
			return nil, ar.Customer{}, err
		}
		for _, customer := range some {
			if customer.Account.Source == co.Source {
				where, found = append(where, co), append(found, customer)
			}
		}
	}
	switch len(found) {
	case 0:
		return nil, ar.Customer{}, usage("there is no customer %q", v.Customer).WithCure("name it by its id, its number or its whole name")
	case 1:
		return where[0], found[0], nil
	}
	list := ""
	for i, customer := range found {
		list += "\n  company " + where[i].Key + ": " + customer.Number + " " + customer.Name
	}
	return nil, ar.Customer{}, usage("%q is known more than once%s\nsay which by its number, and --company where need be", v.Customer, list)
}
