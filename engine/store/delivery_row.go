package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
)

// deliveryRow is one delivery with the number of its company.
type deliveryRow struct {
	outbox.Delivery
	no int64
}

// deliveryFrom reads deliveries d of companies c, without their content.
const deliveryFrom = `SELECT d.id, d.company_no, c.source, c.id, d.payer, d.customer_id, d.mode, d.key, d.channel, d.medium, d.recipient,
	d.purpose, d.sequence, d.step, d.template, d.occasions, d.documents, d.cover, d.asked, d.day, d.sha, d.state, d.reason,
	d.detail, d.provider_id, d.tag, d.last_event, d.not_before, d.not_after, d.attempts, d.changed_at FROM delivery d JOIN company c ON c.no = d.company_no `

func scanDelivery(row interface{ Scan(...any) error }) (deliveryRow, error) {
	var d deliveryRow
	var occasions, documents, asked string
	var before, after, changed int64
	err := row.Scan(&d.ID, &d.no, &d.Party.Source, &d.Party.Company, &d.Party.Payer, &d.Account.Customer, &d.Mode, &d.Key,
		&d.Channel, &d.Medium, &d.Recipient, &d.Purpose, &d.Sequence, &d.Step, &d.Template, &occasions, &documents, &d.Cover,
		&asked, (*int32)(&d.Day), &d.SHA, &d.State, &d.Reason, &d.Detail, &d.Provider, &d.Tag, &d.LastEvent, &before, &after, &d.Attempts, &changed)
	if err != nil {
		return d, err
	}
	d.Account = ar.AccountID{Source: d.Party.Source, Company: d.Party.Company, Customer: d.Account.Customer}
	d.NotBefore, d.NotAfter, d.ChangedAt = fromInstant(before), fromInstant(after), fromInstant(changed)
	return d, errors.Join(fromJSON(occasions, &d.Occasions), fromJSON(documents, &d.Documents), fromJSON(asked, &d.Asked))
}

func findDelivery(ctx context.Context, q querier, id int64) (deliveryRow, error) {
	d, err := scanDelivery(q.QueryRowContext(ctx, deliveryFrom+`WHERE d.id = ?`, id))
	if errors.Is(err, sql.ErrNoRows) {
		return d, fault.New(fault.NotFound, "there is no delivery %d", id)
	}
	return d, err
}

// content returns the bytes of a delivery.
func content(ctx context.Context, q querier, id int64) ([]byte, error) {
	var b []byte
	err := q.QueryRowContext(ctx, `SELECT content FROM delivery_content WHERE delivery_id = ?`, id).Scan(&b)
	return b, err
}

// shift moves a delivery to another state.
func (d *deliveryRow) shift(ctx context.Context, tx *sql.Tx, to outbox.State, at time.Time) error {
	d.State, d.ChangedAt = to, at
	_, err := tx.ExecContext(ctx, `UPDATE delivery SET state = ?, reason = ?, detail = ?, not_before = ?, attempts = ?, changed_at = ?
		WHERE id = ?`, string(to), string(d.Reason), d.Detail, instant(d.NotBefore), int64(d.Attempts), instant(at), d.ID)
	return err
}

// free gives a delivery's occasions back, so that they can be planned anew, and
// makes its party due.
func (d *deliveryRow) free(ctx context.Context, tx *sql.Tx) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM occasion WHERE delivery_id = ?`, d.ID); err != nil {
		return err
	}
	return touchLane(ctx, tx, d.no, d.Mode, d.Party.Payer)
}

// accept puts the steps of a delivery that left behind their subjects and
// leaves its touch.
func (d *deliveryRow) accept(ctx context.Context, tx *sql.Tx, day ar.Day) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO touch (mode, address, on_day, channel, medium, purpose, company_no, payer)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)`, string(d.Mode), d.address(), int64(day), d.Channel, d.Medium, string(d.Purpose), d.no, string(d.Party.Payer))
	if err != nil {
		return err
	}
	return markDone(ctx, tx, laneRow{no: d.no, mode: d.Mode, payer: d.Party.Payer}, d.Occasions, day, sequence.DoneSent)
}

// refuse keeps in mind that the channel refused the recipient's address.
func (d *deliveryRow) refuse(ctx context.Context, tx *sql.Tx, day ar.Day) error {
	row := laneRow{no: d.no, mode: d.Mode, payer: d.Party.Payer}
	return changeState(ctx, tx, row, func(s *sequence.State) { s.Refuse(d.address(), day) })
}

// address is the recipient as addresses are compared: that of a letter is its
// account's letter box.
func (d *deliveryRow) address() string {
	if d.Medium == sequence.MediumLetter {
		return sequence.PostalAddress(d.Account)
	}
	return d.Recipient
}

// deliveryNote is the audit line of a delivery's new state.
func deliveryNote(d outbox.Delivery, by string, at time.Time) note {
	body := struct {
		ID        int64        `json:"id"`
		Key       outbox.Key   `json:"key"`
		Mode      outbox.Mode  `json:"mode"`
		Channel   string       `json:"channel"`
		Recipient string       `json:"recipient"`
		SHA       string       `json:"sha"`
		State     outbox.State `json:"state"`
		Reason    string       `json:"reason,omitempty"`
		Detail    string       `json:"detail,omitempty"`
	}{d.ID, d.Key, d.Mode, d.Channel, d.Recipient, d.SHA, d.State, string(d.Reason), d.Detail}
	return note{at: at, actor: by, kind: "delivery." + string(d.State), subject: d.Account.String(), body: body}
}
