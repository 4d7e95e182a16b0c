package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/schollz/progressbar/v3"

	"holdfast/adapters/demoerp"
	"holdfast/engine/ar"
	"holdfast/engine/cycle"
	"holdfast/engine/store"
)

// demoVerb is `holdfast demo`.
type demoVerb struct {
	Dir  string `default:"demo" placeholder:"DIR" help:"Folder to live in; an earlier demo there is replaced (default: ./demo)."`
	Days int    `default:"45" placeholder:"N" help:"Days to live through (default: 45)."`
	Seed uint64 `default:"1" placeholder:"S" help:"The same seed gives the same customers and the same days."`
}

// Run makes an ERP, lives the days and tells what happened.
func (v *demoVerb) Run(ctx context.Context, a *App) error {
	if v.Days < 1 || v.Days > 400 {
		return usage("--days %d: a demo lives 1 to 400 days", v.Days)
	}
	if err := v.folder(); err != nil {
		return err
	}
	first := demoStart(v.Days)
	if err := v.set(ctx, a, first); err != nil {
		return failed(err)
	}
	d := &demo{App: a, verb: v, days: v.Days, first: first, figures: newDemoFigures(v, first)}
	return failed(d.live(ctx))
}

// demoStart is the first day of a demo: chosen so that September 2026 ends, and
// its month is closed, within the days that are lived.
func demoStart(days int) ar.Day {
	return ar.MustDay("2026-09-30") - ar.Day(days*3/5)
}

// folder makes the folder, empty. Only an earlier demo is ever removed.
func (v *demoVerb) folder() error {
	entries, err := os.ReadDir(v.Dir)
	if errors.Is(err, os.ErrNotExist) {
		return os.MkdirAll(v.Dir, 0o755)
	}
	if err != nil {
		return usage("the folder of the demo cannot be read: %w", err).WithCure("name another with --dir")
	}
	if len(entries) == 0 {
		return nil
	}
	if _, err := os.Lstat(filepath.Join(v.Dir, demoMarker)); err != nil {
		return usage("%s holds something else than a demo", v.Dir).WithCure("name an empty folder with --dir")
	}
	for _, e := range entries {
		if err := os.RemoveAll(filepath.Join(v.Dir, e.Name())); err != nil {
			return failed(err)
		}
	}
	return nil
}

// demoMarker is the file that tells a demo's folder from any other.
const demoMarker = "demo.txt"

// demo is one demo being lived.
type demo struct {
	*App
	verb    *demoVerb
	days    int
	first   ar.Day
	erp     *demoerp.ERP
	store   *store.Store
	cycle   *cycle.Cycle
	company *cycle.Company
	figures demoFigures
	names   map[ar.CustomerID]string
	tested  map[int64]bool // hold entries at whose customers the warehouse was tried
}

// live opens everything, lives the days and tells of them.
func (d *demo) live(ctx context.Context) error {
	var err error
	if d.erp, err = demoerp.Open(filepath.Join(d.verb.Dir, demoERP)); err != nil {
		return err
	}
	defer d.erp.Close()
	st, release, err := d.EffectStore(ctx)
	if err != nil {
		return err
	}
	defer release()
	c, done, err := d.Cycle(ctx, st, CycleOptions{Effects: true, Channels: true})
	if err != nil {
		return err
	}
	defer done()
	d.store, d.cycle, d.company = st, c, c.Companies[0]
	d.names, d.tested = map[ar.CustomerID]string{}, map[int64]bool{}
	if err := d.begin(ctx); err != nil {
		return err
	}
	bar := d.bar()
	for n := range d.days {
		if err := d.day(ctx, d.first+ar.Day(n)); err != nil {
			return fmt.Errorf("%s: %w", dayText(d.first+ar.Day(n)), err)
		}
		bar.Add(1)
	}
	bar.Finish()
	return d.end(ctx)
}

// bar is the progress line; it is silent where nobody looks.
func (d *demo) bar() *progressbar.ProgressBar {
	visible := !d.JSON && isTerminal(d.Err)
	return progressbar.NewOptions(d.days, progressbar.OptionSetWriter(d.Err), progressbar.OptionSetVisibility(visible),
		progressbar.OptionSetDescription("living the days"), progressbar.OptionShowCount(), progressbar.OptionClearOnFinish())
}
