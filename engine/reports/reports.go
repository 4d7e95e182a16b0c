// Package reports lists the reports. Each has a folder of its own and returns a
// table, which the command line, CSV, JSON and Excel all show.
package reports

import (
	"strings"

	"holdfast/engine/fault"
	"holdfast/engine/reports/aging"
	"holdfast/engine/reports/coverage"
	"holdfast/engine/reports/report"
)

// All lists every report, by name.
func All() []report.Report {
	return []report.Report{
		aging.Report,
		coverage.Report,
	}
}

// Find returns the report of a name; fault.NotFound where there is none.
func Find(name string) (report.Report, error) {
	var names []string
	for _, r := range All() {
		if r.Name == name {
			return r, nil
		}
		names = append(names, r.Name)
	}
	return report.Report{}, fault.New(fault.NotFound, "there is no report %q", name).WithCure("there are: %s", strings.Join(names, ", "))
}
