package store

import (
	"context"
	"database/sql"
	"fmt"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/intake"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
)

// tellNo keeps a person's no to steps as facts, one for each, so that the next
// decision passes them over and does not ask again. They are of the day that was
// asked about, so that a day which is played at another time sees them.
func tellNo(ctx context.Context, tx *sql.Tx, a *outbox.Approval, occasions []sequence.Occasion, w outbox.Word) error {
	co, err := findCompany(ctx, tx, a.Account.Source, a.Account.Company)
	if err != nil {
		return err
	}
	for i, o := range occasions {
		f := intake.Fact{
			Kind: intake.Outcome, Account: co.account(o.Subject.Customer), Code: intake.No, Text: w.Reason, Task: o.YesKey(),
			By: ar.ProposedBy(w.By), On: a.On, At: w.At, Key: fmt.Sprintf("%s|no|%d", a.Ref, i),
		}
		add := factAdd{tx: tx, company: co, fact: &f} // no task asks for it: the approval does
		if err := add.run(ctx); err != nil {
			return err
		}
	}
	return nil
}

// answerQuestion keeps the answer to a task that asks for a yes or a no, and
// closes it.
func answerQuestion(ctx context.Context, tx *sql.Tx, a *outbox.Approval, code, by string, w outbox.Word) error {
	var key string
	if err := tx.QueryRowContext(ctx, `SELECT key FROM task WHERE id = ?`, a.Ref.ID).Scan(&key); err != nil {
		return err
	}
	_, err := addFact(ctx, tx, intake.Fact{
		Kind: intake.Outcome, Account: a.Account, Code: code, Text: w.Reason, Task: key, By: by, On: w.Day, At: w.At,
	})
	return err
}

// mayAnswer refuses a yes to a question that needs more people's than have said
// it: that goes by SayYes, which counts them.
func mayAnswer(ctx context.Context, tx *sql.Tx, t Task, f *intake.Fact) error {
	if !t.Yes || !t.ClosedAt.IsZero() || f.Code != intake.Yes {
		return nil
	}
	ref := outbox.Ref{Kind: outbox.RefQuestion, ID: t.ID}
	have, needs, lacking, err := yesLacking(ctx, tx, ref, "")
	if err != nil || !lacking || needs < 2 {
		return err
	}
	return fault.New(fault.Denied, "task %d needs the yes of %d people and has %d", t.ID, needs, have).
		WithCure(`each says "holdfast approve yes %s"`, ref)
}
