package sequence

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/vm"

	"holdfast/engine/ar"
)

// Facts is what a condition can see. Its names are those of docs/sequences.md.
// Which of them there are depends on the subject.
type Facts struct {
	Document DocumentFacts     `expr:"document"`
	Dispute  DisputeFacts      `expr:"dispute"`
	Promise  PromiseFacts      `expr:"promise"`
	Event    EventFacts        `expr:"event"`
	Month    MonthFacts        `expr:"month"`
	Company  CompanyFacts      `expr:"company"`
	Customer *CustomerFacts    `expr:"customer"`
	Account  *AccountFacts     `expr:"account"`
	Outcome  map[string]string `expr:"outcome"` // of the subject's tasks, by step; not_done where nobody did it in time
}

// factsOf lists what the conditions of each subject can see, besides company,
// customer, account and outcome.
var factsOf = map[SubjectKind][]string{
	SubjectInvoice: {"document"},
	SubjectAccount: {"event"},
	SubjectDispute: {"dispute", "document"},
	SubjectPromise: {"promise"},
	SubjectMonth:   {"month"},
}

// DocumentFacts is one instalment.
type DocumentFacts struct {
	Number      string         `expr:"number"`
	Kind        string         `expr:"kind"`
	Currency    string         `expr:"currency"`
	Amount      ar.Money       `expr:"amount"`
	Open        ar.Money       `expr:"open"`
	DaysPastDue int            `expr:"days_past_due"` // for contact: of the pay run where the customer pays on days of its own
	DaysIssued  int            `expr:"days_since_issued"`
	Disputed    bool           `expr:"disputed"`
	PONumber    string         `expr:"po_number"`
	OrderNumber string         `expr:"order_number"`
	ShipTo      string         `expr:"ship_to"`
	X           map[string]any `expr:"x"`
}

// DisputeFacts is one dispute.
type DisputeFacts struct {
	Code     string `expr:"code"`
	Owner    string `expr:"owner"`
	State    string `expr:"state"` // open; waiting for the credit that was granted
	DaysOpen int    `expr:"days_open"`
	InERP    bool   `expr:"in_erp"` // the ERP says so, nobody told us
}

// PromiseFacts is one promise or one part of a plan.
type PromiseFacts struct {
	State     string `expr:"state"` // open, kept, partly, broken
	DaysUntil int    `expr:"days_until"`
	Plan      bool   `expr:"plan"`
	Part      int    `expr:"part"` // from 1
	Parts     int    `expr:"parts"`
}

// EventFacts is what began a sequence of an account; empty where nothing did.
type EventFacts struct {
	Code    string `expr:"code"`
	Text    string `expr:"text"`
	Value   string `expr:"value"`
	DaysAgo int    `expr:"days_ago"`
}

// MonthFacts is the month of a subject.
type MonthFacts struct {
	Name      string `expr:"name"` // 2026-10
	DaysAfter int    `expr:"days_after"`
}

// CompanyFacts is what the seller's config says.
type CompanyFacts struct {
	SendsInvoices bool `expr:"sends_invoices"` // Holdfast sends new invoices, the ERP does not
}

// CustomerFacts is the master data of one account.
type CustomerFacts struct {
	Number        string         `expr:"number"`
	Name          string         `expr:"name"`
	Segment       string         `expr:"segment"`
	Country       string         `expr:"country"`
	Language      string         `expr:"language"`
	TermsCode     string         `expr:"terms_code"`
	PaymentMethod string         `expr:"payment_method"`
	DebtorKind    string         `expr:"debtor_kind"`
	Collector     string         `expr:"collector"`
	CashInAdvance bool           `expr:"cash_in_advance"`
	Active        bool           `expr:"active"`
	WhiteGlove    bool           `expr:"white_glove"`
	HasLimit      bool           `expr:"has_limit"`
	DaysKnown     int            `expr:"days_known"`  // since it was first read; 100000 where it was there from the start
	HasPaid       bool           `expr:"has_paid"`    // a receipt of it is known
	Anniversary   int            `expr:"anniversary"` // days since its yearly day, 0 to 365
	Missing       []string       `expr:"missing"`     // master data that is not there: email, address, terms, language
	X             map[string]any `expr:"x"`
}

// AccountFacts is what a whole party owes.
type AccountFacts struct {
	Overdue     Sum  `expr:"overdue"` // undisputed overdue less unapplied credit
	Open        Sum  `expr:"open"`
	Unapplied   Sum  `expr:"unapplied"` // positive
	Late        Sum  `expr:"late"`      // all past its due day, disputed and promised too
	Exposure    Sum  `expr:"exposure"`  // open and open orders less unapplied credit
	DaysPastDue int  `expr:"days_past_due"`
	Reminders   int  `expr:"reminders"`  // that its most reminded overdue document got; 0 where we sent none of them
	DueIn       int  `expr:"due_in"`     // days until the next document falls due; 100000 where none will
	LimitUsed   int  `expr:"limit_used"` // exposure in percent of the credit limits; 0 where there is none
	Reachable   bool `expr:"reachable"`  // by e-mail
	Held        bool `expr:"held"`       // by a hold of ours
	Broken      int  `expr:"broken_promises"`
	DaysUnpaid  int  `expr:"days_since_receipt"` // 100000 where none is known
}

// Sum is a balance with its worth in the company's base currency at the ERP's
// rate. BaseKnown is false where the ERP gives no rate for a part of it.
type Sum struct {
	Balance   ar.Balance
	Base      ar.Money
	BaseKnown bool
}

// errAbstain is why a comparison of money cannot be made.
var errAbstain = errors.New("the ERP gives no rate for this comparison")

// in returns the sum's worth in a currency.
func (s Sum) in(cur ar.Currency) (int64, error) {
	single := true
	for _, m := range s.Balance {
		single = single && (m.Currency == cur || m.Minor == 0)
	}
	switch {
	case single:
		return s.Balance.In(cur), nil
	case s.BaseKnown && s.Base.Currency == cur:
		return s.Base.Minor, nil
	}
	return 0, errAbstain
}

// condition is one expression of a sequence file, type-checked.
type condition struct {
	text    string
	program *vm.Program
}

// maxCondition is the length of the longest condition, in bytes.
const maxCondition = 2000

// compile checks an expression against the facts of a subject. What is wrong
// comes as a *wrong.
func compile(text string, subject SubjectKind) (*condition, error) {
	if len(text) > maxCondition {
		return nil, &wrong{fmt.Sprintf("the condition has %d characters; at most %d are read", len(text), maxCondition), "split it over two steps or two sequences"}
	}
	options := append([]expr.Option{
		expr.Env(Facts{}), expr.AsBool(), expr.MaxNodes(500), expr.DisableAllBuiltins(),
	}, moneyOptions()...)
	for _, name := range functions {
		options = append(options, expr.EnableBuiltin(name))
	}
	bad := func(w *wrong) error { return &wrong{fmt.Sprintf("%q cannot be read: %s", short(text), w.what), w.cure} }
	if err := vet(text); err != nil {
		return nil, bad(err)
	}
	program, err := expr.Compile(text, options...)
	if err != nil {
		return nil, bad(explain(err))
	}
	if other := foreign(program, subject); other != "" {
		return nil, &wrong{fmt.Sprintf("%q asks for %s, which the subject %s has not", short(text), other, subject), "ask for " + strings.Join(slices.Concat(factsOf[subject], []string{"customer", "account", "company"}), ", ")}
	}
	return &condition{text: text, program: program}, nil
}

// foreign returns the first name of a program that its subject has no facts
// for, empty where there is none.
func foreign(program *vm.Program, subject SubjectKind) string {
	names := &namesOf{}
	node := program.Node()
	ast.Walk(&node, names)
	for _, name := range names.found {
		if other := isFact(name); other && !slices.Contains(factsOf[subject], name) {
			return name
		}
	}
	return ""
}

// isFact reports whether a name is that of facts which only some subjects have.
func isFact(name string) bool {
	for _, names := range factsOf {
		if slices.Contains(names, name) {
			return true
		}
	}
	return false
}

// namesOf collects the identifiers of an expression.
type namesOf struct{ found []string }

// Visit notes an identifier.
func (n *namesOf) Visit(node *ast.Node) {
	if id, ok := (*node).(*ast.IdentifierNode); ok {
		n.found = append(n.found, id.Value)
	}
}

// holds evaluates the condition; nil is true. An error means that it abstains.
func (c *condition) holds(m *vm.VM, f *Facts) (bool, error) {
	if c == nil {
		return true, nil
	}
	out, err := m.Run(c.program, f)
	if err != nil {
		return false, err
	}
	return out.(bool), nil
}
