package sequence

import (
	"errors"
	"fmt"
	"strings"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/vm"

	"holdfast/engine/ar"
)

// Facts is what a condition can see. Its names are those of docs/sequences.md.
type Facts struct {
	Document DocumentFacts `expr:"document"`
	Customer CustomerFacts `expr:"customer"`
	Account  AccountFacts  `expr:"account"`
}

// accountOnly is what a condition of a sequence over accounts can see.
type accountOnly struct {
	Customer CustomerFacts `expr:"customer"`
	Account  AccountFacts  `expr:"account"`
}

// DocumentFacts is one instalment.
type DocumentFacts struct {
	Number      string         `expr:"number"`
	Kind        string         `expr:"kind"`
	Currency    string         `expr:"currency"`
	Amount      ar.Money       `expr:"amount"`
	Open        ar.Money       `expr:"open"`
	DaysPastDue int            `expr:"days_past_due"`
	DaysIssued  int            `expr:"days_since_issued"`
	Disputed    bool           `expr:"disputed"`
	PONumber    string         `expr:"po_number"`
	OrderNumber string         `expr:"order_number"`
	ShipTo      string         `expr:"ship_to"`
	X           map[string]any `expr:"x"`
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
	X             map[string]any `expr:"x"`
}

// AccountFacts is what a whole party owes.
type AccountFacts struct {
	Overdue     Sum `expr:"overdue"` // undisputed overdue less unapplied credit
	Open        Sum `expr:"open"`
	Unapplied   Sum `expr:"unapplied"` // positive
	DaysPastDue int `expr:"days_past_due"`
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

// compile checks an expression against the facts of a subject.
func compile(text string, subject SubjectKind) (*condition, error) {
	var env any = accountOnly{}
	if subject == SubjectInvoice {
		env = Facts{}
	}
	options := append([]expr.Option{expr.Env(env), expr.AsBool(), expr.MaxNodes(500)}, moneyOptions()...)
	program, err := expr.Compile(text, options...)
	if err != nil {
		first, _, _ := strings.Cut(err.Error(), "\n")
		return nil, fmt.Errorf("%q cannot be read: %s", text, first)
	}
	return &condition{text: text, program: program}, nil
}

// holds evaluates the condition; nil is true. An error means that it abstains.
func (c *condition) holds(m *vm.VM, subject SubjectKind, f *Facts) (bool, error) {
	if c == nil {
		return true, nil
	}
	var env any = f
	if subject == SubjectAccount {
		env = accountOnly{Customer: f.Customer, Account: f.Account}
	}
	out, err := m.Run(c.program, env)
	if err != nil {
		return false, err
	}
	return out.(bool), nil
}
