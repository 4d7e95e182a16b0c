package cli

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"holdfast/engine"
	"holdfast/engine/ar"
	"holdfast/engine/cycle"
	"holdfast/engine/outbox"
	"holdfast/engine/store"
)

// Heard is what nobody watches.
func (unwatched) Heard(string, outbox.EventKind, engine.EventState) {}

// heard writes what each channel told.
func (s *summary) heard(r cycle.Report) {
	for _, name := range slices.Sorted(maps.Keys(r.Heard)) {
		h := r.Heard[name]
		text := fmt.Sprintf("Channel %s told %s", name, count(h.Taken+h.Unmatched+h.Ignored, "event"))
		if h.Unmatched > 0 {
			text += ", of which " + number(h.Unmatched) + " for a person: holdfast reply unmatched"
		}
		s.Say("%s.", text)
	}
}

// eventRow is what a channel told of a message, as programs read it.
type eventRow struct {
	ID      int64             `json:"id"`
	Channel string            `json:"channel"`
	Kind    outbox.EventKind  `json:"kind"`
	At      time.Time         `json:"at"`
	Message int64             `json:"message_id,omitzero"` // it is about; 0: none
	Address string            `json:"address"`             // who did it
	Subject string            `json:"subject,omitempty"`
	Text    string            `json:"text,omitempty"` // what a person wrote
	Detail  string            `json:"detail,omitempty"`
	Code    string            `json:"code,omitempty"`
	Day     ar.Day            `json:"day,omitzero"` // that was promised
	State   engine.EventState `json:"state"`        // taken, unmatched or ignored
	Why     string            `json:"why,omitempty"`
}

func newEventRow(e store.Event) eventRow {
	return eventRow{
		ID: e.ID, Channel: e.Channel, Kind: e.Kind, At: e.At, Message: e.Delivery, Address: e.Address, Subject: e.Subject, Text: e.Text,
		Detail: e.Detail, Code: e.Code, Day: e.Day, State: e.State, Why: e.Why,
	}
}

// eventsOf reads what channels told, by a filter.
func eventsOf(ctx context.Context, st *store.Store, f store.EventFilter) ([]eventRow, error) {
	found, err := st.Events(ctx, f)
	rows := []eventRow{}
	for _, e := range found {
		rows = append(rows, newEventRow(e))
	}
	return rows, err
}

// eventText words a kind of event for a person: "bounced hard".
func eventText(k outbox.EventKind) string { return strings.ReplaceAll(string(k), "_", " ") }

// showEvents writes what happened to a message, a line each.
func (a *App) showEvents(rows []eventRow) {
	if len(rows) == 0 {
		return
	}
	a.Say("\nHeard since:")
	for _, r := range rows {
		parts := []string{eventText(r.Kind)}
		for _, more := range []string{strings.TrimSpace(r.Code + " " + dayIf(r.Day)), r.Detail, short(r.Text, replyShown), r.Why} {
			if more != "" {
				parts = append(parts, more)
			}
		}
		a.Say("  %s  %-30s %s", r.At.Local().Format("2006-01-02 15:04"), r.Address, strings.Map(oneCell, strings.Join(parts, ": ")))
	}
}

// dayIf writes a day, nothing for none.
func dayIf(d ar.Day) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

// short is a text of at most n characters, on one line.
func short(text string, n int) string {
	runes := []rune(strings.Join(strings.Fields(text), " "))
	if len(runes) > n {
		return string(runes[:n]) + "…"
	}
	return string(runes)
}
