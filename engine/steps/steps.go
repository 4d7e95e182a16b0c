// Package steps lists the step kinds that a sequence can use. The order is the
// order in which a day's steps are planned: a statement takes that day's
// reminder along, a letter too, people come before holds, holds before releases.
package steps

import (
	"holdfast/engine/sequence"
	"holdfast/engine/steps/approve"
	"holdfast/engine/steps/call"
	"holdfast/engine/steps/escalate"
	"holdfast/engine/steps/hold"
	"holdfast/engine/steps/letter"
	"holdfast/engine/steps/message"
	"holdfast/engine/steps/release"
	"holdfast/engine/steps/statement"
	"holdfast/engine/steps/task"
	"holdfast/engine/steps/wait"
)

// All returns every step kind.
func All() []sequence.Step {
	return []sequence.Step{
		wait.Step{}, statement.Step{}, letter.Step{}, message.Step{}, call.Step{}, task.Step{},
		approve.Step{}, escalate.Step{}, hold.Step{}, release.Step{},
	}
}
