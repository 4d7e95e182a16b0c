package cli

import (
	"context"
	"time"

	"holdfast/connector/observe"
	"holdfast/engine"
	"holdfast/engine/ar"
	"holdfast/engine/cycle"
	"holdfast/engine/outbox"
	"holdfast/engine/store"
)

// meter turns what the cycle tells into figures.
type meter struct {
	*observe.Metrics
}

var _ cycle.Watch = meter{}

// Pulled notes a whole pull.
func (m meter) Pulled(company string, took time.Duration, report pullReport) {
	m.Metrics.Pulled(company, took, time.Now())
	m.Metrics.Missed(company, report.Missed)
}

// Decided notes one round of decisions.
func (m meter) Decided(company string, _ int, took time.Duration) {
	m.Metrics.Decided(company, took)
}

// Sent counts a message.
func (m meter) Sent(company, channel string, state outbox.State) {
	m.Message(company, channel, string(state))
}

// Held counts a hold written or lifted.
func (m meter) Held(company string, state ar.EntryState, took time.Duration) {
	switch state {
	case ar.EntryPlaced:
		m.HoldPlaced(company)
	case ar.EntryReleased:
		m.HoldReleased(company, took)
	}
}

// Heard counts what a channel told.
func (m meter) Heard(channel string, kind outbox.EventKind, state engine.EventState) {
	m.Event(channel, string(kind), string(state))
}

// look reads the figures that nobody tells of: the stop switch and what waits in
// the outbox.
func (a *App) look(ctx context.Context, st *store.Store, m *observe.Metrics) {
	reason, _, _, err := st.Stopped(ctx)
	if err == nil {
		m.Stopped(reason)
	}
	for i := range a.config.Channel {
		name := a.config.Channel[i].Name
		open, err := st.Deliveries(ctx, store.DeliveryFilter{Channel: name, States: []outbox.State{
			outbox.Rendered, outbox.Waiting, outbox.Reserved, outbox.Handed, outbox.Retry, outbox.Uncertain,
		}})
		if err == nil {
			m.Depth(name, len(open))
		}
	}
}
