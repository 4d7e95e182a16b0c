package example_test

import (
	"encoding/hex"
	"encoding/json"
	"testing"
	"time"

	"holdfast/engine/outbox"
	"holdfast/plugins/host"
)

// TestPythonExampleByHost: the host pins the one file, starts it and is
// understood.
func TestPythonExampleByHost(t *testing.T) {
	python(t)
	folder, dir := t.TempDir(), t.TempDir()
	command(t, "sh", "python/build.sh", folder)
	sum, err := host.Sum(folder + "/" + host.Prefix + "jsonl")
	if err != nil {
		t.Fatal(err)
	}
	cfg, err := host.ThirdParty(folder, "jsonl", hex.EncodeToString(sum))
	if err != nil {
		t.Fatal(err)
	}
	if cfg.Settings, err = json.Marshal(map[string]string{"dir": dir}); err != nil {
		t.Fatal(err)
	}
	cfg.Dir = t.TempDir()
	c, err := host.Launch(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	m := outbox.Message{
		Key: "0123456789abcdef0123456789abcdef", To: []outbox.Mailbox{{Address: "ap@customer.example"}},
		Subject: "Reminder", Text: "Dear customer", Date: time.Date(2026, 11, 23, 9, 30, 0, 0, time.UTC),
	}
	for range 2 {
		if sent, err := c.Send(t.Context(), m); err != nil || sent.State != outbox.Accepted {
			t.Fatalf("%+v, %v", sent, err)
		}
	}
	if sent, err := c.Lookup(t.Context(), m.Key, time.Now()); err != nil || sent.State != outbox.Accepted {
		t.Errorf("looked up: %+v, %v", sent, err)
	}
	var events []outbox.Event
	err = c.Events(t.Context(), "", func(e outbox.Event) error { events = append(events, e); return nil })
	if err != nil || len(events) != 1 || events[0].Key != m.Key || events[0].Kind != outbox.Delivered {
		t.Errorf("events %+v, %v", events, err)
	}
	if lines := jsonLines(t, dir); len(lines) != 1 || lines[string(m.Key)] != m.Text {
		t.Errorf("written: %v", lines)
	}
}
