package cli

import (
	"slices"
	"strings"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/intake"
	"holdfast/engine/worklist"
)

// customerless refuses a promise or a dispute of a task that is of no customer.
func (r *rowIntake) customerless(head string) bool {
	if r.task.Account.Customer != "" {
		return false
	}
	r.wrong(head, "the task is of no customer", "leave the cell empty, and say in the note what there is to say")
	return true
}

// documents returns the documents that a row is about: those named, else those
// of the task that are still open, in one currency where that is given. None
// are all that the customer owes.
func (r *rowIntake) documents(cur ar.Currency) []string {
	if len(r.Only) > 0 || len(r.task.Documents) == 0 {
		return r.Only
	}
	var ids []string
	for _, d := range r.account.Documents {
		if d.Open > 0 && slices.Contains(r.task.Documents, d.ID) && (cur == "" || d.Currency == cur) {
			ids = append(ids, string(d.ID))
		}
	}
	if len(ids) == 0 { // all closed by now: let intake say so
		ids = append(ids, string(r.task.Documents[0]))
	}
	return ids
}

func (r *rowIntake) promise() {
	if r.Promised == 0 || r.customerless(worklist.CellPromise) {
		return
	}
	t := r.teller("promise", r.Promised, r.Amount, r.Only)
	if r.told(worklist.CellPromise, t.Key) {
		return
	}
	var cur ar.Currency
	if r.Amount != nil {
		cur = r.Amount.Currency
	}
	over, account := r.replaced("promise")
	f, err := account.Promise(t, r.documents(cur), r.Promised, r.Amount)
	r.add(worklist.CellPromise, f, over, err)
}

func (r *rowIntake) dispute() {
	if r.Dispute == "" || r.customerless(worklist.CellDispute) {
		return
	}
	t := r.teller("dispute", r.Dispute, r.Disputed, r.Only)
	if r.told(worklist.CellDispute, t.Key) {
		return
	}
	documents := r.documents("")
	if r.Disputed != nil && len(documents) != 1 {
		r.wrong(worklist.CellDisputed, "an amount is of one document, and the row is about several",
			"name the document in the column \""+worklist.CellOnly+"\"")
		return
	}
	var claims []intake.Claimed
	for _, d := range documents {
		claims = append(claims, intake.Claimed{Number: d, Amount: r.Disputed})
	}
	over, account := r.replaced("dispute")
	f, err := account.Dispute(t, claims, r.Dispute, "", r.Note)
	r.add(worklist.CellDispute, f, over, err)
}

// words are the note and the day on which to call back.
func (r *rowIntake) words() string {
	text := r.Note
	if r.CallBack != 0 {
		text = strings.TrimPrefix(text+"; call back on "+r.CallBack.String(), "; ")
	}
	return text
}

// note tells the note by itself where no outcome carries it. The outcome of a
// task that this very list closed before stays, and takes a new note beside it.
func (r *rowIntake) note() {
	text := r.words()
	if text == "" || r.Outcome != "" && !r.closedAs() {
		return
	}
	t := r.teller("note", text)
	if r.carried(text) || r.told(worklist.CellNote, t.Key) {
		return
	}
	if r.task.Account.Customer == "" {
		r.wrong(worklist.CellNote, "the task is of no customer, so a note needs an outcome beside it", "choose the outcome")
		return
	}
	f, err := r.account.Note(t, text, nil)
	r.add(worklist.CellNote, f, 0, err)
}

// closedAs reports whether the task ended before as the row says.
func (r *rowIntake) closedAs() bool {
	return !r.task.ClosedAt.IsZero() && slices.ContainsFunc(r.earlier, func(f intake.Fact) bool { return f.Task == r.Task && f.Code == r.Outcome })
}

// carried reports whether the outcome that was told carries a text.
func (r *rowIntake) carried(text string) bool {
	return slices.ContainsFunc(r.earlier, func(f intake.Fact) bool { return f.Task == r.Task && f.Text == text })
}

func (r *rowIntake) outcome() {
	if r.Outcome == "" {
		return
	}
	if r.closedAs() {
		r.known++
		return
	}
	t := r.teller("outcome", r.Outcome, r.words())
	f, err := answered(t, &r.task, outcomesOf(&r.task), r.Outcome, "", r.words())
	f.Account = r.task.Account
	if err == nil && !r.task.ClosedAt.IsZero() && r.task.Account.Customer != "" {
		err = fault.New(fault.Conflict, "the task ended before as %s, by %s on %s", first(r.task.Outcome, "done"), teller(r.task.ClosedBy),
			ar.DayOf(r.task.ClosedAt)).WithCure("an outcome stays; say in the note what is new, and leave the outcome as it was")
	}
	r.add(worklist.CellOutcome, f, 0, err)
}
