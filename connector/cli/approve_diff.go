package cli

import (
	"context"
	"slices"
	"strings"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/outbox"
)

// How a line stands to the earlier list.
const (
	differenceNew     = "new"
	differenceSame    = "same"
	differenceChanged = "changed"
	differenceGone    = "gone"
)

var differenceMarks = map[string]string{differenceNew: "+", differenceSame: "=", differenceChanged: "~", differenceGone: "-"}

// approvalDifference is one matter on two lists; now or before is nil where it
// is on one only.
type approvalDifference struct {
	kind        string
	now, before *outbox.Approval
}

// compareApprovals matches two lists: what has the same number is the same
// bytes; what is about the same step of the same customer is the same matter,
// changed. What waits comes first, what is gone last.
func compareApprovals(now, before []outbox.Approval) []approvalDifference {
	left := make([]*outbox.Approval, len(before))
	for i := range before {
		left[i] = &before[i]
	}
	take := func(same func(b *outbox.Approval) bool) *outbox.Approval {
		i := slices.IndexFunc(left, same)
		if i < 0 {
			return nil
		}
		found := left[i]
		left = slices.Delete(left, i, i+1)
		return found
	}
	list := make([]approvalDifference, len(now))
	for i := range now {
		list[i] = approvalDifference{kind: differenceSame, now: &now[i], before: take(func(b *outbox.Approval) bool { return b.Ref == now[i].Ref })}
	}
	for i := range list {
		d := &list[i]
		if d.before != nil {
			continue
		}
		d.kind = differenceNew
		if d.before = take(func(b *outbox.Approval) bool { return b.Topic() == d.now.Topic() }); d.before != nil {
			d.kind = differenceChanged
		}
	}
	for _, b := range left {
		list = append(list, approvalDifference{kind: differenceGone, before: b})
	}
	return list
}

// add puts one matter on the list.
func (l *approveList) add(ctx context.Context, d approvalDifference) error {
	shown := d.now
	change := ""
	switch d.kind {
	case differenceGone:
		fate, err := l.store.Approval(ctx, d.before.Ref)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		shown, change = d.before, fateText(&fate)
		shown.State = fate.State
	case differenceChanged:
		if err := l.readNumbers(ctx, d.now.Account); err != nil {
			return err
		}
		change = changeText(d.before, d.now, l.numbers[d.now.Account])
	}
	r := newApproveRow(shown, l.place, l.known[shown.Account])
	r.Difference, r.Change = d.kind, change
	l.rows = append(l.rows, r)
	return nil
}

// readNumbers finds the numbers of an account's documents, open or closed.
func (l *approveList) readNumbers(ctx context.Context, id ar.AccountID) error {
	if l.numbers[id] != nil {
		return nil
	}
	l.numbers[id] = map[ar.DocumentID]string{}
	account, err := l.store.IntakeAccount(ctx, id)
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	for _, d := range account.Documents {
		l.numbers[id][d.ID] = d.Number
	}
	for _, d := range account.Closed {
		l.numbers[id][d.ID] = d.Number
	}
	return err
}

// changeText says how a matter differs from what it was.
func changeText(before, now *outbox.Approval, numbers map[ar.DocumentID]string) string {
	var parts []string
	if was, is := before.Amount.String(), now.Amount.String(); was != is {
		parts = append(parts, was+" -> "+is)
	}
	if added := missing(now.Documents, before.Documents, numbers); added != "" {
		parts = append(parts, "added "+added)
	}
	if removed := missing(before.Documents, now.Documents, numbers); removed != "" {
		parts = append(parts, "removed "+removed)
	}
	if len(parts) == 0 {
		return "written anew, was " + before.Ref.String()
	}
	return strings.Join(append(parts, "was "+before.Ref.String()), "; ")
}

// missing lists the documents of a that b does not have, by their numbers.
func missing(a, b []ar.DocumentID, numbers map[ar.DocumentID]string) string {
	var list []string
	for _, id := range a {
		if !slices.Contains(b, id) {
			list = append(list, first(numbers[id], string(id)))
		}
	}
	return strings.Join(list, ", ")
}

// fateText says what became of what waits no more.
func fateText(a *outbox.Approval) string {
	switch a.State {
	case outbox.ApprovalGiven:
		return strings.TrimSuffix("approved by "+join(a.Yes()), " by ")
	case outbox.ApprovalDeclined:
		for _, s := range a.Said {
			if !s.Yes {
				return "declined by " + s.By + ": " + s.Reason
			}
		}
	case outbox.ApprovalWaits:
		return "its day is over"
	}
	if a.Ref.Kind == outbox.RefMessage {
		return strings.TrimSuffix("superseded: "+reasonText(a.Reason)+", "+a.Detail, ", ")
	}
	return first(a.Detail, "gone")
}
