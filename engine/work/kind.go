package work

import (
	"slices"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"
)

// Kind says what to look for.
type Kind string

// The kinds of looking. Deliver and Hear are about a channel, all others about a
// company.
const (
	Pull    Kind = "pull"    // what changed in the ERP
	Full    Kind = "full"    // everything open in the ERP
	Held    Kind = "held"    // the accounts on which a hold of ours stands
	Decide  Kind = "decide"  // parties that changed or whose day has come
	Hold    Kind = "hold"    // hold actions that the journal has open
	Drift   Kind = "drift"   // holds of ours that somebody changed
	Deliver Kind = "deliver" // messages whose time has come
	Hear    Kind = "hear"    // what channels tell of messages that left
)

// jobs lists the kinds that are River jobs, each with the kinds that it looks
// for: a full read and a small one of the same ERP never run at once.
var jobs = map[Kind][]Kind{
	Pull: {Pull, Full}, Held: {Held}, Decide: {Decide}, Hold: {Hold, Drift}, Deliver: {Deliver}, Hear: {Hear},
}

// job returns the River job that looks for a kind, "" where there is none.
func (k Kind) job() Kind {
	for job, kinds := range jobs {
		if slices.Contains(kinds, k) {
			return job
		}
	}
	return ""
}

// queue is the one queue: there are no more jobs at once than keys, so that
// none waits for a worker.
const queue = "holdfast"

// args are the arguments of a River job.
type args struct {
	Key  string `json:"key"`
	kind Kind
}

// Kind names the job for River.
func (a args) Kind() string { return string(a.kind) }

// InsertOpts makes a job the only one of its kind and key that waits or runs.
// It is never tried again by River: the dirty flag and the next tick see to that.
func (a args) InsertOpts() river.InsertOpts {
	return river.InsertOpts{
		Queue: queue, MaxAttempts: 1,
		UniqueOpts: river.UniqueOpts{ByArgs: true, ByState: []rivertype.JobState{
			rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRunning, rivertype.JobStateScheduled,
		}},
	}
}
