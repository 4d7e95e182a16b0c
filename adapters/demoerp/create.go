package demoerp

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"strconv"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

// Options say what ERP to make. Today is needed; the rest has defaults.
type Options struct {
	Seed      uint64
	Customers int    // 300 where 0
	History   int    // calendar days before Today, 365 where 0
	Today     ar.Day // the history ends on the day before it; the first day to live is Today
}

func (o Options) withDefaults() (Options, error) {
	if o.Today.IsZero() || o.Customers < 0 || o.History < 0 {
		return o, fault.New(fault.Invalid, "demo ERP: a day is needed, and no number may be negative")
	}
	if o.Customers == 0 {
		o.Customers = 300
	}
	if o.History == 0 {
		o.History = 365
	}
	return o, nil
}

// Create makes the ERP at path, whole or not at all. Equal options give equal
// rows. It returns fault.Conflict where path exists already.
func Create(ctx context.Context, path string, opts Options) error {
	opts, err := opts.withDefaults()
	if err != nil {
		return err
	}
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return fault.New(fault.Conflict, "demo ERP: %s is there already", path).WithCure("delete it or name another place")
	}
	db, err := sql.Open("sqlite", dsn(path))
	if err != nil {
		return fault.Wrap("create demo ERP", err)
	}
	erp := &ERP{db: db, seed: opts.Seed}
	err = errors.Join(erp.fill(ctx, opts), db.Close())
	if err != nil {
		_ = os.Remove(path) // half an ERP is of no use; the first error says why
	}
	return fault.Wrap("create demo ERP", err)
}

// fill writes the schema, the master data and the history.
func (e *ERP) fill(ctx context.Context, opts Options) error {
	if _, err := e.db.ExecContext(ctx, schema); err != nil {
		return err
	}
	return e.inTx(ctx, "history", func(b *book) error {
		first := opts.Today - ar.Day(opts.History)
		b.begin(first)
		b.set("seed", strconv.FormatUint(opts.Seed, 10))
		b.found(rand.New(rand.NewPCG(opts.Seed, 0)), opts.Customers)
		for d := first; d < opts.Today && b.err == nil; d++ {
			if d == opts.Today-60 {
				b.begin(d)
				b.closeDown()
			}
			b.live(d, e.rng(d), nil)
		}
		b.lived(opts.Today - 1)
		return b.end()
	})
}

// rng is the day's own source of chance, so that a day comes out the same
// whatever was drawn before it.
func (e *ERP) rng(day ar.Day) *rand.Rand {
	return rand.New(rand.NewPCG(e.seed, uint64(day)))
}
