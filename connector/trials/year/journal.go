package year

import (
	"context"
	"fmt"
	"slices"

	"holdfast/engine/ar"
	"holdfast/engine/sequence"
	"holdfast/engine/walk"
)

// line writes an effect as one line of a journal: the same for the same effect.
func line(day ar.Day, kind sequence.IntentKind, account ar.AccountID, rest string) string {
	return fmt.Sprintf("%s %s %s %s", day, kind, account.Customer, rest)
}

// waits marks a message that waits for a yes, or waited until it was planned
// anew.
const waits = " waits for a yes"

func message(day ar.Day, account ar.AccountID, seq, step, template, to string, docs []ar.DocumentID, asked ar.Balance, state string) string {
	return line(day, sequence.Message, account, fmt.Sprintf("%s/%s %s to %s about %v asks %s%s", seq, step, template, to, docs, asked, state))
}

func task(day ar.Day, account ar.AccountID, key, role string, reason sequence.Reason, docs []ar.DocumentID, due ar.Day) string {
	return line(day, sequence.Task, account, fmt.Sprintf("%s for %s: %s about %v by %s", key, role, reason, docs, due))
}

// liveWalked lives the history in memory and returns the journal of what came
// about.
func liveWalked(ctx context.Context, book *sequence.Book, h walk.History, o Options) ([]string, error) {
	w := walk.New(book, h, walk.Options{})
	var lines []string
	for n := range o.Days {
		err := w.Day(ctx, o.First+ar.Day(n), func(t *walk.Touch) error {
			if text := written(t); text != "" {
				lines = append(lines, text)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	slices.Sort(lines)
	return lines, nil
}

// written is the journal's line of a touch, empty for one of which the hold
// journal keeps no day: a proposal and its end.
func written(t *walk.Touch) string {
	docs := t.Documents()
	switch t.Kind {
	case sequence.Message:
		state := ""
		if t.Waits() {
			state = waits
		}
		return message(t.Day, t.Account, t.Sequence, t.Step, t.Template, t.Recipient(), docs, t.Asked, state)
	case sequence.Task:
		return task(t.Day, t.Account, t.Key, t.Role, t.Reason, docs, t.DueOn)
	case sequence.Hold:
		if t.Waits() {
			return ""
		}
		return line(t.Day, t.Kind, t.Account, t.Occasions[0].Key())
	}
	if t.Withdrawn {
		return ""
	}
	return line(t.Day, t.Kind, t.Account, "")
}
