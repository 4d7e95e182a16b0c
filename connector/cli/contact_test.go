package cli

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"holdfast/adapters"
	"holdfast/adapters/demoerp"
	"holdfast/adapters/sqlite"
	"holdfast/engine/ar"
	"holdfast/engine/cycle"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
	"holdfast/engine/steps"
	"holdfast/engine/store"
)

const contactConfig = `
[[erp]]
name = "demo"
preset = "demo"
dsn = "erp.db"
[[channel]]
name = "file"
type = "file"
[[company]]
key = "1"
erp = "demo"
mode = "live"
channels = { email = "file" }
[company.sender]
from = "ar@harbourline.example"
`

// letterBox is a channel that keeps whom it wrote to.
type letterBox struct{ to []string }

func (b *letterBox) Send(_ context.Context, m outbox.Message) (outbox.Sent, error) {
	for _, to := range m.To {
		b.to = append(b.to, strings.ToLower(to.Address))
	}
	return outbox.Sent{State: outbox.Accepted}, nil
}

func (b *letterBox) Lookup(context.Context, outbox.Key, time.Time) (outbox.Sent, error) {
	return outbox.Sent{State: outbox.Uncertain}, nil
}

func (b *letterBox) Repeatable() bool { return true }

// contactSite is an App over a demo ERP as of Friday 2026-10-30.
func contactSite(t *testing.T) *App {
	t.Helper()
	dir := t.TempDir()
	options := demoerp.Options{Seed: 7, Customers: 30, History: 120, Today: ar.MustDay("2026-10-30")}
	if err := demoerp.Create(t.Context(), filepath.Join(dir, "erp.db"), options); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "config.toml")
	if err := os.WriteFile(path, []byte(contactConfig), 0o600); err != nil {
		t.Fatal(err)
	}
	return &App{
		Parts: Parts{Drivers: []adapters.Driver{sqlite.Driver{}}, Steps: steps.All()},
		Out:   io.Discard, Err: io.Discard, ConfigFlag: path, logger: &lazyLog{},
	}
}

// A stop of contact that is told after a message was decided and rendered holds
// at its last look: no decision lies between, and nothing leaves.
func TestContactStopHoldsAtTheLastLook(t *testing.T) {
	a, ctx, m := contactSite(t), t.Context(), cycle.Moment{Day: ar.MustDay("2026-10-30")}
	st, release, err := a.EffectStore(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer release()
	c, done, err := a.Cycle(ctx, st, CycleOptions{Effects: true})
	if err != nil {
		t.Fatal(err)
	}
	defer done()
	co, box := c.Companies[0], &letterBox{}
	c.Channels["file"] = cycle.Lane{Channel: box, InFlight: 1, Local: true}
	if _, err := c.Pull(ctx, co, true, false); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Decide(ctx, co, m); err != nil {
		t.Fatal(err)
	}
	planned, err := st.Deliveries(ctx, store.DeliveryFilter{Source: co.Source, Company: co.ID, States: []outbox.State{outbox.Rendered}})
	if err != nil || len(planned) < 2 {
		t.Fatalf("%d messages planned, %v", len(planned), err)
	}
	stopped := planned[0]
	stop := contactStopVerb{
		customerFlags: customerFlags{Customer: string(stopped.Account.Customer)},
		reachFlags:    reachFlags{Channel: "email"}, factFlags: factFlags{On: m.Day},
	}
	if err := stop.Run(ctx, a); err != nil {
		t.Fatal(err)
	}
	got, err := c.Deliver(ctx, "file", m)
	if err != nil {
		t.Fatal(err)
	}
	if got.Kept[sequence.ReasonConsent] != 1 || got.Accepted != len(planned)-1 {
		t.Errorf("of %d planned %d were accepted, kept back %v", len(planned), got.Accepted, got.Kept)
	}
	if slices.Contains(box.to, strings.ToLower(stopped.Recipient)) {
		t.Errorf("%s was written to after its stop", stopped.Recipient)
	}
}
