package store

import (
	"context"
	"database/sql"
	"strings"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/intake"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
)

// SayYes keeps a person's yes and, where it is the last that is needed, lets the
// thing go on: the message may leave, the hold be written, the question is
// answered. It returns how the thing stands then. A person counts once.
//
// It returns fault.Conflict where the thing does not wait any more, where the
// bytes are not those that the person saw, and where the person said yes before.
func (s *Store) SayYes(ctx context.Context, w outbox.Word) (outbox.Approval, error) {
	var after outbox.Approval
	err := s.write(ctx, "say yes to "+w.Ref.String(), func(tx *sql.Tx) error {
		a, err := heldTo(ctx, tx, w)
		if err != nil {
			return err
		}
		a.Needs = a.Need(w.TwoAbove)
		if _, err := tx.ExecContext(ctx, `UPDATE approval SET needs = ? WHERE kind = ? AND item = ?`,
			int64(a.Needs), string(a.Ref.Kind), a.Ref.ID); err != nil {
			return err
		}
		w.Yes = true
		if err := keepWord(ctx, tx, &a, w); err != nil {
			return err
		}
		if len(a.Yes()) >= a.Needs {
			err = goOn(ctx, tx, &a, w)
		}
		if err == nil {
			after, err = findApproval(ctx, tx, w.Ref)
		}
		return err
	})
	return after, err
}

// SayNo keeps a person's no. One is enough: a message is superseded and its
// steps are passed over by the next decision, a hold is withdrawn and not
// proposed again by the same steps, a question is answered.
func (s *Store) SayNo(ctx context.Context, w outbox.Word) (outbox.Approval, error) {
	var after outbox.Approval
	err := s.write(ctx, "say no to "+w.Ref.String(), func(tx *sql.Tx) error {
		a, err := heldTo(ctx, tx, w)
		if err != nil {
			return err
		}
		w.Yes = false
		if err := keepWord(ctx, tx, &a, w); err != nil {
			return err
		}
		if err := decline(ctx, tx, &a, w); err != nil {
			return err
		}
		after, err = findApproval(ctx, tx, w.Ref)
		return err
	})
	return after, err
}

// heldTo returns the approval that a word is about, as the person saw it.
func heldTo(ctx context.Context, tx *sql.Tx, w outbox.Word) (outbox.Approval, error) {
	a, err := findApproval(ctx, tx, w.Ref)
	again := a.Ref.Kind == outbox.RefVolume && a.State == outbox.ApprovalDeclined
	switch {
	case err != nil:
		return a, err
	case w.By == "":
		return a, fault.New(fault.Invalid, "nobody is named who says so")
	case a.State != outbox.ApprovalWaits && !again:
		return a, settledBefore(&a)
	case !strings.HasPrefix(a.SHA, strings.ToLower(w.SHA)):
		return a, fault.New(fault.Conflict, "%s has other bytes than those that were shown: their SHA-256 is %s", a.Ref, a.SHA).
			WithCure(`look at it with "holdfast approve show %s"`, a.Ref)
	}
	return a, nil
}

// settledBefore says what became of something that does not wait any more.
func settledBefore(a *outbox.Approval) error {
	why := firstOf(a.Detail, string(a.Reason), "settled")
	if a.State != outbox.ApprovalGone {
		why = string(a.State)
	}
	return fault.New(fault.Conflict, "%s does not wait for a yes any more: %s", a.Ref, why).
		WithCure(`what waits now is in "holdfast approve list"`)
}

// keepWord writes what a person said, once, with a line in the journal, and adds
// it to the approval.
func keepWord(ctx context.Context, tx *sql.Tx, a *outbox.Approval, w outbox.Word) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO approval_word (kind, item, sha, yes, person, account, reason, said_at) VALUES (`+placeholders(8)+`)`,
		string(a.Ref.Kind), a.Ref.ID, a.SHA, bit(w.Yes), w.By, w.Account, w.Reason, instant(w.At))
	if isUnique(err) {
		return fault.New(fault.Conflict, "%s has said so to %s before", w.By, a.Ref).WithCure("another person must say yes too")
	}
	if err != nil {
		return err
	}
	a.Said = append(a.Said, w.Said)
	word := "no"
	if w.Yes {
		word = "yes"
	}
	return journal(ctx, tx, note{at: w.At, actor: ar.ProposedBy(w.By), kind: "approval." + word, subject: a.Account.String(), body: struct {
		Ref     outbox.Ref `json:"ref"`
		SHA     string     `json:"sha,omitempty"`
		Needs   int        `json:"needs"`
		Yes     []string   `json:"yes,omitempty"`
		Account string     `json:"typed_by,omitempty"`
		Reason  string     `json:"reason,omitempty"`
	}{a.Ref, a.SHA, a.Needs, a.Yes(), w.Account, w.Reason}})
}

// goOn lets what has its yeses go on.
func goOn(ctx context.Context, tx *sql.Tx, a *outbox.Approval, w outbox.Word) error {
	by := ar.ProposedBy(strings.Join(a.Yes(), " and "))
	switch a.Ref.Kind {
	case outbox.RefMessage:
		d, err := findDelivery(ctx, tx, a.Ref.ID)
		if err != nil {
			return err
		}
		return d.resolve(ctx, tx, outbox.Rendered, by, w.At, 0)
	case outbox.RefHold:
		return moveProposed(ctx, tx, a.Ref.ID, ar.EntryPlanned, "a yes by "+strings.Join(a.Yes(), " and "), by, w.At)
	case outbox.RefQuestion:
		return answerQuestion(ctx, tx, a, intake.Yes, by, w)
	}
	return nil
}

// decline ends what a person said no to.
func decline(ctx context.Context, tx *sql.Tx, a *outbox.Approval, w outbox.Word) error {
	by := ar.ProposedBy(w.By)
	switch a.Ref.Kind {
	case outbox.RefMessage:
		d, err := findDelivery(ctx, tx, a.Ref.ID)
		if err != nil {
			return err
		}
		if err := tellNo(ctx, tx, a, d.Occasions, w); err != nil {
			return err
		}
		d.Reason, d.Detail = sequence.ReasonDeclined, w.By+": "+w.Reason
		if err := d.shift(ctx, tx, outbox.Superseded, w.At); err != nil {
			return err
		}
		if err := d.free(ctx, tx); err != nil {
			return err
		}
		return journal(ctx, tx, deliveryNote(d.Delivery, by, w.At))
	case outbox.RefHold:
		h, err := findHold(ctx, tx, a.Ref.ID)
		if err != nil {
			return err
		}
		if err := tellNo(ctx, tx, a, h.occasions, w); err != nil {
			return err
		}
		return moveProposed(ctx, tx, a.Ref.ID, ar.EntryWithdrawn, "a no by "+w.By+": "+w.Reason, by, w.At)
	case outbox.RefQuestion:
		return answerQuestion(ctx, tx, a, intake.No, by, w)
	}
	return nil
}

// moveProposed moves a proposed hold on in the journal and makes its party due.
func moveProposed(ctx context.Context, tx *sql.Tx, id int64, to ar.EntryState, outcome, by string, at time.Time) error {
	h, err := findHold(ctx, tx, id)
	if err != nil {
		return err
	}
	c, err := scanCompany(tx.QueryRowContext(ctx, `SELECT `+companyColumns+` FROM company WHERE no = ?`, h.no))
	if err != nil {
		return err
	}
	h.Account, h.State, h.Outcome = c.account(h.Account.Customer), to, outcome
	if err := h.save(ctx, tx, by, at); err != nil {
		return err
	}
	return touchLane(ctx, tx, h.no, h.mode, h.payer)
}
