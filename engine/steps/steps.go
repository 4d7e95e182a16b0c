// Package steps lists the step kinds that a sequence can use. The order is the
// order in which a day's steps are planned: a statement takes that day's
// reminder along, people come before holds, holds go before releases.
package steps

import (
	"holdfast/engine/sequence"
	"holdfast/engine/steps/call"
	"holdfast/engine/steps/hold"
	"holdfast/engine/steps/message"
	"holdfast/engine/steps/release"
	"holdfast/engine/steps/statement"
)

// All returns every step kind.
func All() []sequence.Step {
	return []sequence.Step{statement.Step{}, message.Step{}, call.Step{}, hold.Step{}, release.Step{}}
}
