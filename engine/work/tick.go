package work

import (
	"context"
	"database/sql"
	"time"

	"github.com/riverqueue/river"

	"holdfast/engine/ar"
)

// ticks lists what is looked for without being asked, by the clock. River keeps
// ticks in memory only: what reads the ERP or the outbox ticks at the start too.
func (w *Worker) ticks() []*river.PeriodicJob {
	var list []*river.PeriodicJob
	for _, co := range w.companies {
		list = append(list,
			w.tick(river.PeriodicInterval(co.PullEvery), Pull, co.Key, true),
			w.tick(river.PeriodicInterval(co.FullEvery), Full, co.Key, true),
			w.tick(river.PeriodicInterval(co.HeldEvery), Held, co.Key, true),
			w.tick(newDay{co.Zone}, Decide, co.Key, false), // at the start the pull sees to it
		)
	}
	for name := range w.channels {
		list = append(list, w.tick(river.PeriodicInterval(w.cfg.DeliverEvery), Deliver, name, true),
			w.tick(river.PeriodicInterval(w.cfg.HearEvery), Hear, name, true))
	}
	return list
}

// tick makes the flag dirty and inserts its job.
func (w *Worker) tick(when river.PeriodicSchedule, kind Kind, key string, atStart bool) *river.PeriodicJob {
	insert := func() (river.JobArgs, *river.InsertOpts) {
		f := flag{kind, key}
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		if err := w.write(ctx, func(tx *sql.Tx) error { return ask(ctx, tx, f) }); err != nil {
			w.report(f, err)
		}
		return args{Key: key, kind: kind.job()}, nil
	}
	return river.NewPeriodicJob(when, insert, &river.PeriodicJobOpts{RunOnStart: atStart})
}

// newDay ticks when a company's day has begun: what is due that day is decided
// and rendered before the windows open.
type newDay struct{ zone *time.Location }

// Next returns the next day's first second, past River's margin of 100 ms.
func (d newDay) Next(now time.Time) time.Time {
	return (ar.DayOf(now.In(d.zone)) + 1).Time(d.zone).Add(time.Second)
}
