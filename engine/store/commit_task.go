package store

import (
	"context"

	"holdfast/engine"
	"holdfast/engine/sequence"
)

// openTask gives a task to a person, once for its key: a task that was closed
// does not open again.
func (c *commit) openTask(ctx context.Context, co company, m *engine.Move, in *sequence.Intent) error {
	documents, err := asJSON(in.Documents())
	if err != nil {
		return err
	}
	outcomes := ""
	if len(in.Outcomes) > 0 {
		if outcomes, err = asJSON(in.Outcomes); err != nil {
			return err
		}
	}
	result, err := c.tx.ExecContext(ctx, `INSERT INTO task (company_no, mode, key, payer, customer_id, sequence, step, script, role,
		reason, detail, documents, text, outcomes, yes, away, fact_id, due_on, opened_on)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
		co.no, string(m.Mode), in.Key, string(m.Case.Party.Payer), string(in.Account.Customer), in.Sequence, in.Step, in.Script,
		in.Role, string(in.Reason), in.Detail, documents, in.Text, outcomes, bit(in.Yes), in.Away, factOf(in), int64(in.DueOn),
		int64(m.Case.Today))
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return err
	}
	c.notes = append(c.notes, note{at: m.Case.Now, actor: "cycle", kind: "task.opened", subject: in.Account.String(),
		body: map[string]string{"key": in.Key, "mode": string(m.Mode), "script": in.Script, "reason": string(in.Reason)}})
	if !in.Yes {
		return nil
	}
	return c.askTask(ctx, co, m, in)
}

// factOf returns the fact that an intent is about, 0 where there is none.
func factOf(in *sequence.Intent) int64 {
	if in.About == nil || in.About.Fact == nil {
		return 0
	}
	return in.About.Fact.ID
}
