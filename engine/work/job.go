package work

import (
	"context"
	"database/sql"
	"errors"
	"runtime/debug"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riversqlite"

	"holdfast/engine/fault"
)

// runner works the jobs of all kinds.
type runner struct {
	river.WorkerDefaults[args]
	*Worker
}

// Timeout bounds a job: River's own minute would cut a look short, and its
// rescue goes by age.
func (r runner) Timeout(job *river.Job[args]) time.Duration {
	if Kind(job.Kind) == Pull {
		return r.cfg.PullWithin
	}
	return r.chunk
}

// Work looks for what is due, and looks again as long as it was asked to
// meanwhile. A look that failed is logged and left dirty for its next tick; the
// error returned is of River's tables only.
func (r runner) Work(ctx context.Context, job *river.Job[args]) error {
	f := flag{Kind(job.Kind), job.Args.Key}
	var found asks
	err := r.write(ctx, func(tx *sql.Tx) (err error) {
		found, err = dirty(ctx, tx, f.kind, f.key)
		return err
	})
	for err == nil {
		end := ended
		if len(found) > 0 {
			end = r.look(ctx, f, found)
		}
		var again bool
		if found, again, err = r.finish(ctx, job, found, end); !again {
			break
		}
	}
	return fault.Wrap("finish job "+job.Kind+" of "+job.Args.Key, err)
}

// ending is how a look ended.
type ending int

const (
	ended ending = iota
	cut          // by its deadline or a stop: the rest is for the next job
	left         // dirty until the next tick
)

// look does what was asked for and says how it ended.
func (r runner) look(ctx context.Context, f flag, found asks) ending {
	err := r.safely(ctx, f, found)
	switch {
	case err == nil:
		r.well(f)
		return ended
	case errors.Is(err, errQuiet):
		return left
	case ctx.Err() != nil && (f.kind != Pull || errors.Is(ctx.Err(), context.Canceled)):
		return cut
	case ctx.Err() != nil:
		err = fault.New(fault.Transient, "reading the ERP took longer than %s, and nothing was taken in", r.cfg.PullWithin)
	}
	r.report(f, err)
	return left
}

// safely turns a panic into an error.
func (r runner) safely(ctx context.Context, f flag, found asks) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fault.New(fault.Unknown, "panic: %v\n%s", p, debug.Stack())
		}
	}()
	return r.do(ctx, f, found)
}

// finish notes what is done and completes the job, all in one transaction, so
// that a wake-up comes either before it and is seen here, or after it and makes
// a new job. Where the look must go on in this job, again is true and more says
// what for.
func (r runner) finish(ctx context.Context, job *river.Job[args], found asks, end ending) (more asks, again bool, err error) {
	alive := ctx.Err() == nil
	ctx = context.WithoutCancel(ctx)
	kind, key := Kind(job.Kind), job.Args.Key
	err = r.write(ctx, func(tx *sql.Tx) error {
		if end == ended {
			if err := clean(ctx, tx, key, found); err != nil {
				return err
			}
		}
		if more, err = dirty(ctx, tx, kind, key); err != nil {
			return err
		}
		if again = len(more) > 0 && end == ended && alive; again {
			return nil
		}
		if _, err := river.JobCompleteTx[*riversqlite.Driver](ctx, tx, job); err != nil {
			return err
		}
		if len(more) > 0 && end != left {
			return r.insert(ctx, tx, kind, key)
		}
		return nil
	})
	return more, again, err
}
