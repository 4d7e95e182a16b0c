// Package conform is the conformance kit: named checks that a channel's
// executable passes or fails, run against its process as the host would start
// it. It knows the contract and neither the host nor any channel.
package conform

import (
	"context"
	"encoding/json"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// Prefix begins the file name of every channel's executable.
const Prefix = "holdfast-channel-"

// Options say which executable is checked, and with what.
type Options struct {
	Command []string // the executable's full path, then its arguments
	// Name is what the channel must call itself. Empty: what follows Prefix in
	// the executable's file name.
	Name string

	// Settings are right ones, a JSON object. nil: the empty object is tried, and
	// where the channel refuses it, what needs settings is skipped.
	Settings json.RawMessage

	// Send allows messages to be handed over: they may really leave. To is the
	// address or the telephone number that they go to; empty takes reserved ones
	// that nobody has.
	Send bool
	To   string
	From string // sender of mails; empty takes a reserved one

	Only     []string      // groups to run; what they build on is run too; nil: all
	Full     bool          // also what takes long or much memory
	Patience time.Duration // for the answer to one Send; 0: 30 s; a third of it for other calls, a fifteenth to end
	Env      []string      // what no process of this system can do without
}

// State is how a check ended.
type State string

// The ends of a check.
const (
	Passed  State = "passed"
	Failed  State = "failed"
	Skipped State = "skipped"
)

// Result is what became of one check.
type Result struct {
	Group   string `json:"group"`
	Name    string `json:"name"`    // unique within its group
	Promise string `json:"promise"` // what a channel promises, a sentence
	State   State  `json:"state"`
	Seen    string `json:"seen"`           // what happened, or why the check was skipped
	Cure    string `json:"cure,omitempty"` // how to mend it; of a failed check only
}

// Report is a whole run.
type Report struct {
	Name     string   `json:"name"` // as the channel describes itself; empty where it does not
	Version  string   `json:"version"`
	Medium   string   `json:"medium"`
	Messages int      `json:"messages"` // handed over, each with a key of its own
	Results  []Result `json:"results"`
}

// Count returns how many checks ended in a state.
func (r Report) Count(s State) int {
	n := 0
	for _, result := range r.Results {
		if result.State == s {
			n++
		}
	}
	return n
}

// Run runs every check and passes each result to each as it comes; each may be
// nil. An error means that the kit itself could not work, such as without a
// temporary folder, or that ctx has ended. What is wrong with the channel is in
// the report.
func Run(ctx context.Context, o Options, each func(Result)) (Report, error) {
	checks, err := chosen(o.Only)
	if err != nil {
		return Report{}, err
	}
	b, err := newBench(o)
	if err != nil {
		return Report{}, err
	}
	defer b.close()
	var report Report
	for _, c := range checks {
		result := b.run(ctx, c)
		if err := ctx.Err(); err != nil {
			return report, err
		}
		report.Results = append(report.Results, result)
		if each != nil {
			each(result)
		}
	}
	report.Name, report.Version, report.Medium = b.about.GetName(), b.about.GetVersion(), b.about.GetMedium()
	report.Messages = b.handed
	return report, nil
}

// NameOf returns the name that an executable's file gives to its channel, empty
// where the file has another form of name.
func NameOf(path string) string {
	base := filepath.Base(path)
	if runtime.GOOS == "windows" {
		base = strings.TrimSuffix(base, ".exe")
	}
	name, ok := strings.CutPrefix(base, Prefix)
	if !ok {
		return ""
	}
	return name
}
