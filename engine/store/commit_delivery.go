package store

import (
	"context"

	"holdfast/engine"
	"holdfast/engine/outbox"
)

// deliver keeps one rendered message with the occasions that it takes.
func (c *commit) deliver(ctx context.Context, co company, m *engine.Move, d *outbox.Delivery) error {
	id, err := c.insertDelivery(ctx, co, m, d)
	if err != nil {
		return err
	}
	_, err = c.tx.ExecContext(ctx, `INSERT INTO delivery_content (delivery_id, content) VALUES (?, ?)`, id, d.Content)
	if err != nil {
		return err
	}
	for _, o := range d.Occasions {
		_, err := c.tx.ExecContext(ctx, `INSERT INTO occasion (company_no, mode, key, delivery_id) VALUES (?, ?, ?, ?)`,
			co.no, string(m.Mode), o.Key(), id)
		if err != nil {
			return err
		}
	}
	d.ID = id
	if d.State == outbox.Waiting {
		if err := c.askDelivery(ctx, co, m, d); err != nil {
			return err
		}
	}
	c.notes = append(c.notes, deliveryNote(*d, "cycle", m.Case.Now))
	return nil
}

func (c *commit) insertDelivery(ctx context.Context, co company, m *engine.Move, d *outbox.Delivery) (int64, error) {
	occasions, err := asJSON(d.Occasions)
	if err != nil {
		return 0, err
	}
	documents, err := asJSON(d.Documents)
	if err != nil {
		return 0, err
	}
	asked, err := asJSON(d.Asked)
	if err != nil {
		return 0, err
	}
	if d.State == "" {
		d.State = outbox.Rendered
	}
	var id int64
	err = c.tx.QueryRowContext(ctx, `INSERT INTO delivery (company_no, payer, customer_id, mode, key, channel, medium, recipient,
		purpose, sequence, step, template, occasions, documents, cover, asked, day, sha, state, reason, detail, tag, not_before, not_after, changed_at)
		VALUES (`+placeholders(25)+`) RETURNING id`,
		co.no, string(m.Case.Party.Payer), string(d.Account.Customer), string(m.Mode), string(d.Key), d.Channel, d.Medium, d.Recipient,
		string(d.Purpose), d.Sequence, d.Step, d.Template, occasions, documents, d.Cover, asked, int64(d.Day), d.SHA, string(d.State),
		string(d.Reason), d.Detail, d.Tag, instant(d.NotBefore), instant(d.NotAfter), instant(m.Case.Now)).Scan(&id)
	return id, err
}
