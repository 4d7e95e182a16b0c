package store

import (
	"context"
	"database/sql"
	"strconv"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/outbox"
)

// DeliveryFilter narrows a list of deliveries; a zero field does not narrow.
type DeliveryFilter struct {
	Source  ar.Source
	Company ar.CompanyID
	Parties []ar.PartyID
	Mode    outbox.Mode
	Channel string
	States  []outbox.State
	IDs     []int64
	Since   time.Time // changed at or after
	Limit   int       // newest first where set; else in the order of their ids
}

// Deliveries lists deliveries without their content.
func (s *Store) Deliveries(ctx context.Context, f DeliveryFilter) ([]outbox.Delivery, error) {
	rows, err := listDeliveries(ctx, s.r, f.where()+f.order(), f.args()...)
	if err != nil {
		return nil, wrap("list deliveries", err)
	}
	list := make([]outbox.Delivery, len(rows))
	for i := range rows {
		list[i] = rows[i].Delivery
	}
	return list, nil
}

// Delivery returns one delivery with its content.
func (s *Store) Delivery(ctx context.Context, id int64) (outbox.Delivery, error) {
	d, err := findDelivery(ctx, s.r, id)
	if err == nil {
		d.Content, err = content(ctx, s.r, id)
	}
	return d.Delivery, wrap("read a delivery", err)
}

// listDeliveries reads the deliveries that rest of a query selects.
func listDeliveries(ctx context.Context, q querier, rest string, args ...any) ([]deliveryRow, error) {
	rows, err := q.QueryContext(ctx, deliveryFrom+rest, args...)
	var list []deliveryRow
	err = each(rows, err, func(rows *sql.Rows) error {
		d, err := scanDelivery(rows)
		list = append(list, d)
		return err
	})
	return list, err
}

// conditions lists what the filter asks for, each with its arguments.
func (f DeliveryFilter) conditions() *conditions {
	var c conditions
	c.text("c.source = ?", string(f.Source))
	c.text("c.id = ?", string(f.Company))
	c.text("d.mode = ?", string(f.Mode))
	c.text("d.channel = ?", f.Channel)
	if f.States != nil {
		c.among("d.state", anys(f.States, func(s outbox.State) any { return string(s) }))
	}
	if f.IDs != nil {
		c.among("d.id", anys(f.IDs, func(id int64) any { return id }))
	}
	if f.Parties != nil {
		c.among("c.source || '/' || c.id || '/' || d.payer", anys(f.Parties, func(p ar.PartyID) any { return p.String() }))
	}
	if !f.Since.IsZero() {
		c.add("d.changed_at >= ?", instant(f.Since))
	}
	return &c
}

func (f DeliveryFilter) where() string { return f.conditions().where() }
func (f DeliveryFilter) args() []any   { return f.conditions().args }

func (f DeliveryFilter) order() string {
	if f.Limit > 0 {
		return " ORDER BY d.id DESC LIMIT " + strconv.Itoa(f.Limit)
	}
	return " ORDER BY d.id"
}
