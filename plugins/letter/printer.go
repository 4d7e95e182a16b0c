package letter

import (
	"context"
	"time"

	"holdfast/plugins/sdk"
)

// spooler is the print system of this machine.
type spooler interface {
	// print hands files to the queue as one job. Accepted bears the job's name as
	// ProviderID.
	print(ctx context.Context, title string, files []string) sdk.Sent
	// gone returns those of the jobs that have left the queue.
	gone(ctx context.Context, jobs []string) (map[string]fate, error)
	// well reports whether the queue takes jobs.
	well(ctx context.Context) error
}

// fate is how a job left its queue: printed, or taken out.
type fate struct {
	printed bool
	how     string
}

// askFor is how long a job's fate is asked for.
const askFor = 7 * 24 * time.Hour

// lookAtPrinter adds an event for each job that has left the queue since.
func (c *Channel) lookAtPrinter(ctx context.Context) error {
	waiting := map[string]string{} // key by job
	var jobs []string
	err := c.record.Accepted(ctx, time.Now().Add(-askFor), func(key, job string) error {
		told, err := c.record.Mark(ctx, printedMark(key))
		if err == nil && told == "" {
			waiting[job], jobs = key, append(jobs, job)
		}
		return err
	})
	if err != nil || len(jobs) == 0 {
		return err
	}
	left, err := c.spool.gone(ctx, jobs)
	if err != nil {
		return err
	}
	for job, f := range left {
		key := waiting[job]
		e := sdk.Event{Kind: sdk.Printed, Key: key, At: time.Now(), ProviderID: job, Detail: f.how}
		if !f.printed {
			e.Kind, e.Detail = sdk.BouncedSoft, "not printed: "+f.how
		}
		if err := c.record.AddWithMark(ctx, "printed "+key, e, printedMark(key), job); err != nil {
			return err
		}
	}
	return nil
}

// printedMark is the mark of a letter whose printing was told.
func printedMark(key string) string { return "printed " + key }
