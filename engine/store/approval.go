package store

import (
	"context"
	"database/sql"
	"errors"

	"holdfast/engine"
	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/intake"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
)

// ask keeps that a hold or a task of an intent waits for a yes, with what is at
// stake.
func (c *commit) ask(ctx context.Context, co company, m *engine.Move, ref outbox.Ref, in *sequence.Intent) error {
	a := outbox.Approval{
		Ref: ref, What: firstOf(in.Text, in.Script, in.Detail), Documents: in.Documents(), On: m.Case.Today,
		Because: sequence.Reason(firstOf(string(in.Because), string(sequence.ReasonApproval))),
	}
	for _, money := range in.Asked {
		if money.Minor != 0 {
			a.Amount = a.Amount.Add(money.Minor, money.Currency)
		}
	}
	a.Needs = outbox.YesNeeded(a.Amount, m.TwoAbove)
	return insertApproval(ctx, c.tx, co.no, m.Mode, &a)
}

// askTask is ask for a task that was just given.
func (c *commit) askTask(ctx context.Context, co company, m *engine.Move, in *sequence.Intent) error {
	ref := outbox.Ref{Kind: outbox.RefQuestion}
	err := c.tx.QueryRowContext(ctx, `SELECT id FROM task WHERE company_no = ? AND mode = ? AND key = ?`, co.no, string(m.Mode), in.Key).Scan(&ref.ID)
	if err != nil {
		return err
	}
	return c.ask(ctx, co, m, ref, in)
}

// askDelivery keeps that a message waits for a yes to its bytes.
func (c *commit) askDelivery(ctx context.Context, co company, m *engine.Move, d *outbox.Delivery) error {
	return insertApproval(ctx, c.tx, co.no, m.Mode, &outbox.Approval{
		Ref: outbox.Ref{Kind: outbox.RefMessage, ID: d.ID}, What: d.Template, Amount: d.Asked, Documents: d.Documents, On: m.Case.Today,
		Because: d.Reason, Needs: outbox.YesNeeded(d.Asked, m.TwoAbove),
	})
}

func insertApproval(ctx context.Context, tx *sql.Tx, no int64, mode outbox.Mode, a *outbox.Approval) error {
	amount, err := asJSON(a.Amount)
	if err != nil {
		return err
	}
	documents, err := asJSON(a.Documents)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO approval (kind, item, company_no, mode, what, needs, amount, documents, because, asked_on)
		VALUES (`+placeholders(10)+`)`, string(a.Ref.Kind), a.Ref.ID, no, string(mode), a.What, int64(a.Needs), amount, documents,
		string(a.Because), int64(a.On))
	return err
}

// firstOf returns the first text that is not empty.
func firstOf(texts ...string) string {
	for _, text := range texts {
		if text != "" {
			return text
		}
	}
	return ""
}

// approvalFrom reads approvals a with what they name: a delivery d, a hold h, a
// task t or a volume alarm v, and how it stands.
const approvalFrom = `SELECT a.kind, a.item, c.source, c.id, COALESCE(d.customer_id, h.customer_id, t.customer_id, ''),
	COALESCE(d.sequence, t.sequence, ''), COALESCE(d.step, t.step, ''), COALESCE(h.occasions, ''), a.what,
	COALESCE(d.recipient, t.role, ''), a.amount, a.documents, a.asked_on, a.because, a.needs, COALESCE(d.sha, ''),
	COALESCE(d.state, h.state, CASE WHEN t.closed_at = 0 THEN 'waiting' ELSE t.outcome END, 'waiting'), COALESCE(d.reason, ''),
	COALESCE(d.detail, h.outcome, t.closed_by, '')
	FROM approval a JOIN company c ON c.no = a.company_no
	LEFT JOIN delivery d ON a.kind = 'm' AND d.id = a.item
	LEFT JOIN hold_journal h ON a.kind = 'h' AND h.id = a.item
	LEFT JOIN task t ON a.kind = 'q' AND t.id = a.item
	LEFT JOIN volume_alarm v ON a.kind = 'v' AND v.id = a.item `

// approvalWaits is true of what nobody has settled yet. A volume alarm is over
// with its day.
const approvalWaits = `(d.state = 'waiting' OR h.state = 'proposed' OR t.closed_at = 0 OR v.day >= ?)`

// Approvals lists what waits for a yes in a company and mode on a day: volume
// alarms of the day, then messages, holds and questions, the longest waiting
// first.
func (s *Store) Approvals(ctx context.Context, source ar.Source, id ar.CompanyID, mode outbox.Mode, day ar.Day) ([]outbox.Approval, error) {
	var waiting []outbox.Approval
	err := s.read(ctx, "list what waits for a yes", func(tx *sql.Tx) error {
		co, err := findCompany(ctx, tx, source, id)
		if err != nil {
			return err
		}
		list, err := readApprovals(ctx, tx, approvalFrom+`WHERE a.company_no = ? AND a.mode = ? AND `+approvalWaits+`
			ORDER BY CASE a.kind WHEN 'v' THEN 0 WHEN 'm' THEN 1 WHEN 'h' THEN 2 ELSE 3 END, a.asked_on, a.item`,
			co.no, string(mode), int64(day))
		for _, a := range list {
			if a.State == outbox.ApprovalWaits {
				waiting = append(waiting, a)
			}
		}
		return err
	})
	return waiting, err
}

// Approval returns one thing that waits, or waited, for a yes.
func (s *Store) Approval(ctx context.Context, ref outbox.Ref) (outbox.Approval, error) {
	a, err := findApproval(ctx, s.r, ref)
	return a, wrap("read what waits for a yes", err)
}

func findApproval(ctx context.Context, q querier, ref outbox.Ref) (outbox.Approval, error) {
	list, err := readApprovals(ctx, q, approvalFrom+`WHERE a.kind = ? AND a.item = ?`, string(ref.Kind), ref.ID)
	if err == nil && len(list) == 0 {
		err = fault.New(fault.NotFound, "%s does not wait for a yes, and never did", ref).WithCure(`see "holdfast approve list"`)
	}
	if err != nil {
		return outbox.Approval{}, err
	}
	return list[0], nil
}

func readApprovals(ctx context.Context, q querier, query string, args ...any) ([]outbox.Approval, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	var list []outbox.Approval
	var states []string
	err = each(rows, err, func(rows *sql.Rows) error {
		a, state, err := scanApproval(rows)
		list, states = append(list, a), append(states, state)
		return err
	})
	for i := range list {
		if err != nil {
			break
		}
		if list[i].Said, err = wordsOn(ctx, q, &list[i]); err == nil {
			list[i].State = approvalState(&list[i], states[i])
		}
	}
	return list, err
}

func scanApproval(rows *sql.Rows) (a outbox.Approval, state string, err error) {
	var occasions, amount, documents string
	err = rows.Scan(&a.Ref.Kind, &a.Ref.ID, &a.Account.Source, &a.Account.Company, &a.Account.Customer, &a.Sequence, &a.Step, &occasions,
		&a.What, &a.To, &amount, &documents, (*int32)(&a.On), &a.Because, &a.Needs, &a.SHA, &state, &a.Reason, &a.Detail)
	if err != nil {
		return a, state, err
	}
	var of []sequence.Occasion
	err = errors.Join(fromJSON(occasions, &of), fromJSON(amount, &a.Amount), fromJSON(documents, &a.Documents))
	if len(of) > 0 {
		a.Sequence, a.Step = of[0].Sequence, of[0].Step
	}
	return a, state, err
}

// wordsOn returns what was said to the very bytes of an approval.
func wordsOn(ctx context.Context, q querier, a *outbox.Approval) ([]outbox.Said, error) {
	rows, err := q.QueryContext(ctx, `SELECT yes, person, account, reason, said_at FROM approval_word
		WHERE kind = ? AND item = ? AND sha = ? ORDER BY id`, string(a.Ref.Kind), a.Ref.ID, a.SHA)
	var said []outbox.Said
	return said, each(rows, err, func(rows *sql.Rows) error {
		var w outbox.Said
		var at int64
		err := rows.Scan(&w.Yes, &w.By, &w.Account, &w.Reason, &at)
		w.At = fromInstant(at)
		said = append(said, w)
		return err
	})
}

// approvalState says where an approval stands, by the state of what it names
// and by what was said.
func approvalState(a *outbox.Approval, state string) outbox.ApprovalState {
	declined := false
	for _, s := range a.Said {
		declined = declined || !s.Yes
	}
	switch {
	case a.Ref.Kind == outbox.RefVolume && len(a.Yes()) >= a.Needs:
		return outbox.ApprovalGiven
	case declined:
		return outbox.ApprovalDeclined
	}
	switch state {
	case string(outbox.Waiting), string(ar.EntryProposed):
		return outbox.ApprovalWaits
	case string(outbox.Superseded), string(ar.EntryWithdrawn):
		return outbox.ApprovalGone
	}
	if a.Ref.Kind == outbox.RefQuestion && state != intake.Yes {
		return outbox.ApprovalGone
	}
	return outbox.ApprovalGiven
}

// yesLacking returns how many yeses there are to the bytes of a delivery or a
// hold, and how many are needed, where they are too few.
func yesLacking(ctx context.Context, q querier, ref outbox.Ref, sha string) (have, needs int, lacking bool, err error) {
	err = q.QueryRowContext(ctx, `SELECT needs, (SELECT COUNT(*) FROM approval_word w
		WHERE w.kind = a.kind AND w.item = a.item AND w.sha = ? AND w.yes = 1) FROM approval a WHERE a.kind = ? AND a.item = ?`,
		sha, string(ref.Kind), ref.ID).Scan(&needs, &have)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, 0, false, nil // nobody had to be asked
	}
	return have, needs, have < needs, err
}

// holdApproved refuses to write a hold that has not all of its yeses.
func holdApproved(ctx context.Context, tx *sql.Tx, id int64) error {
	ref := outbox.Ref{Kind: outbox.RefHold, ID: id}
	have, needs, lacking, err := yesLacking(ctx, tx, ref, "")
	if err != nil || !lacking {
		return err
	}
	return fault.New(fault.Denied, "the hold %s needs %d yeses and has %d", ref, needs, have).WithCure(`see "holdfast approve list"`)
}

// ApprovalsOf returns the approvals of deliveries, by their ids. Those that
// nobody had to be asked for are left out.
func (s *Store) ApprovalsOf(ctx context.Context, ids []int64) (map[int64]outbox.Approval, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	list, err := readApprovals(ctx, s.r, approvalFrom+`WHERE a.kind = 'm' AND a.item IN (`+placeholders(len(ids))+`)`,
		anys(ids, func(id int64) any { return id })...)
	found := make(map[int64]outbox.Approval, len(list))
	for _, a := range list {
		found[a.Ref.ID] = a
	}
	return found, wrap("read the approvals of deliveries", err)
}
