package cli

import (
	"context"
	"fmt"
	"strings"

	"holdfast/engine/ar"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
	"holdfast/engine/store"
)

// approveVerb is what waits for a yes.
type approveVerb struct {
	List approveListVerb `cmd:"" help:"List what waits for a yes, with the difference from yesterday's list."`
	Show approveShowVerb `cmd:"" help:"Show the very bytes that would leave, and what is behind them."`
	Yes  approveYesVerb  `cmd:"" help:"Say yes."`
	No   approveNoVerb   `cmd:"" help:"Say no, and why."`
}

type approveListVerb struct {
	Company string `placeholder:"KEY" help:"Only this company."`
	Since   ar.Day `placeholder:"DAY" help:"Compare with the list of this day, or the last before it (default: yesterday)."`
}

// Help says more than the line in the list of verbs.
func (v *approveListVerb) Help() string {
	return "+ is new, = was there, ~ is the same matter with other bytes, - is gone since. Each day's list is kept by the cycles of that day."
}

// approveRow is one line of the list as programs read it.
type approveRow struct {
	ID             outbox.Ref           `json:"id"`
	Kind           string               `json:"kind"`       // message, hold, question, volume
	Difference     string               `json:"difference"` // new, same, changed, gone
	Change         string               `json:"change"`     // what changed, or what became of it
	State          outbox.ApprovalState `json:"state"`
	Company        string               `json:"company"`
	CustomerID     ar.CustomerID        `json:"customer_id"`
	CustomerNumber string               `json:"customer_number"`
	Customer       string               `json:"customer"`
	Sequence       string               `json:"sequence"`
	Step           string               `json:"step"`
	What           string               `json:"what"`
	To             string               `json:"to"`
	Amount         ar.Balance           `json:"amount"`
	Documents      []ar.DocumentID      `json:"documents"`
	Since          ar.Day               `json:"since"`
	Because        sequence.Reason      `json:"because"`
	Needs          int                  `json:"needs"`
	Yes            []string             `json:"yes"`
	SHA            string               `json:"sha"`
}

var refKinds = map[outbox.RefKind]string{
	outbox.RefMessage: "message", outbox.RefHold: "hold", outbox.RefQuestion: "question", outbox.RefVolume: "volume",
}

func newApproveRow(a *outbox.Approval, p place, c ar.Customer) approveRow {
	r := approveRow{
		ID: a.Ref, Kind: refKinds[a.Ref.Kind], State: a.State, Company: p.Key, CustomerID: a.Account.Customer, CustomerNumber: c.Number,
		Customer: c.Name, Sequence: a.Sequence, Step: a.Step, What: a.What, To: a.To, Amount: a.Amount, Documents: a.Documents,
		Since: a.On, Because: a.Because, Needs: a.Need(p.Approve.TwoAbove), Yes: a.Yes(), SHA: a.SHA,
	}
	if r.Amount == nil {
		r.Amount = ar.Balance{}
	}
	if r.Documents == nil {
		r.Documents = []ar.DocumentID{}
	}
	if r.Yes == nil {
		r.Yes = []string{}
	}
	return r
}

// Run lists what waits for a yes.
func (v *approveListVerb) Run(ctx context.Context, a *App) error {
	st, err := a.ReadStore(ctx)
	if err != nil {
		return err
	}
	defer st.Close()
	among, err := a.places(ctx, st, v.Company)
	if err != nil {
		return err
	}
	rows := []approveRow{}
	for _, p := range among {
		l := &approveList{App: a, store: st, place: p, numbers: map[ar.AccountID]map[ar.DocumentID]string{}}
		if err := l.read(ctx, v.Since); err != nil {
			return err
		}
		if a.JSON {
			rows = append(rows, l.rows...)
			continue
		}
		if err := l.show(); err != nil {
			return err
		}
	}
	if a.JSON {
		return a.WriteJSON(rows)
	}
	return nil
}

// approveList is the list of one company.
type approveList struct {
	*App
	store   *store.Store
	place   place
	against ar.Day // the day of the list it is compared with; zero: none is kept
	rows    []approveRow
	known   map[ar.AccountID]ar.Customer
	numbers map[ar.AccountID]map[ar.DocumentID]string
}

// read fills the list, and compares it with that of an earlier day.
func (l *approveList) read(ctx context.Context, since ar.Day) error {
	p := l.place
	today := p.today()
	if since.IsZero() {
		since = today - 1
	}
	waiting, err := l.store.Approvals(ctx, p.ERP.Source, p.ERP.ID, p.Mode, today)
	if err != nil {
		return err
	}
	var before []outbox.Approval
	if l.against, before, err = l.store.ApprovalsOn(ctx, p.ERP.Source, p.ERP.ID, p.Mode, since); err != nil {
		return err
	}
	var ids []ar.AccountID
	for _, a := range append(append([]outbox.Approval{}, waiting...), before...) {
		ids = append(ids, a.Account)
	}
	if l.known, err = customers(ctx, l.store, ids); err != nil {
		return err
	}
	for _, d := range compareApprovals(waiting, before) {
		if err := l.add(ctx, d); err != nil {
			return err
		}
	}
	return nil
}

// show writes the list for a person.
func (l *approveList) show() error {
	head := fmt.Sprintf("Company %s, mode %s, %s: %s for a yes", l.place.Key, l.place.Mode, dayText(l.place.today()), waits(l.waiting()))
	if l.against.IsZero() {
		l.Say("%s. No earlier list is kept, so everything counts as new.", head)
	} else {
		l.Say("%s. Compared with %s:", head, dayText(l.against))
	}
	if len(l.rows) == 0 {
		return nil
	}
	var lines [][]string
	for _, r := range l.rows {
		amount := ""
		if len(r.Amount) > 0 {
			amount = r.Amount.String()
		}
		who := first(r.Customer, string(r.CustomerID))
		lines = append(lines, []string{
			differenceMarks[r.Difference], r.ID.String(), who, r.title(), amount, r.Since.String(), r.yeses(), r.reasonWords(l.place), r.Change, r.SHA[:min(12, len(r.SHA))],
		})
	}
	return l.Table([]Column{{" ", false}, {"No", false}, {"Customer", false}, {"What", false}, {"Amount", true}, {"Since", false}, {"Yes", false},
		{"Why", false}, {"Difference", false}, {"SHA-256", false}}, lines)
}

func (l *approveList) waiting() int {
	n := 0
	for _, r := range l.rows {
		if r.Difference != differenceGone {
			n++
		}
	}
	return n
}

func waits(n int) string {
	switch n {
	case 0:
		return "nothing waits"
	case 1:
		return "1 waits"
	}
	return number(n) + " wait"
}

// title says in few words what a yes would do.
func (r *approveRow) title() string {
	step := strings.Trim(r.Sequence+"/"+r.Step, "/")
	switch r.ID.Kind {
	case outbox.RefHold:
		return "hold: " + step
	case outbox.RefQuestion:
		return r.What + " (" + step + ")"
	case outbox.RefVolume:
		return r.What
	}
	return "message: " + step
}

// yeses says who said yes, of how many.
func (r *approveRow) yeses() string {
	if r.Difference == differenceGone {
		return ""
	}
	text := fmt.Sprintf("%d of %d", len(r.Yes), r.Needs)
	if len(r.Yes) > 0 {
		text += ": " + join(r.Yes)
	}
	return text
}

// reasonWords says why it needs a yes, or two.
func (r *approveRow) reasonWords(p place) string {
	if r.Difference == differenceGone {
		return ""
	}
	text := reasonText(r.Because)
	if r.Because == sequence.ReasonApproval {
		text = "its step asks for a yes"
	}
	for _, limit := range p.Approve.TwoAbove {
		if r.Amount.In(limit.Currency) > limit.Minor {
			text += "; above " + limit.String() + " two people"
		}
	}
	return text
}
