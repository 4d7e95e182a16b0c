package casefile

import (
	"fmt"
	"slices"
	"strings"

	"holdfast/engine/ar"
	"holdfast/engine/sequence"
	"holdfast/engine/walk"
)

// Effect is one thing that happens on a day, as a case names it. Of an expected
// one the fields that are empty are not looked at.
type Effect struct {
	On        ar.Day   `json:"on"`
	Kind      string   `json:"kind"` // one of kinds
	Customer  string   `json:"customer"`
	Sequence  string   `json:"sequence,omitempty"`
	Step      string   `json:"step,omitempty"`
	Documents []string `json:"documents,omitempty"` // by number, those that the step is about
	Template  string   `json:"template,omitempty"`
	To        string   `json:"to,omitempty"`     // address of a message, role of a task
	Amount    string   `json:"amount,omitempty"` // "1200.00 USD", several joined by " and "
	Reason    string   `json:"reason,omitempty"`
}

// effectOf is a touch as a case names it. single says that there is but one
// customer, who need not be named.
func effectOf(t *walk.Touch, single bool) Effect {
	e := Effect{
		On: t.Day, Kind: string(t.Kind), Sequence: t.Sequence, Step: t.Step, Template: t.Template,
		Amount: amounts(t.Asked), Documents: numbers(t.Lines),
	}
	switch {
	case t.Waits():
		e.Kind = approval
	case t.Withdrawn:
		e.Kind = withdrawal
	}
	if !single {
		e.Customer = string(t.Account.Customer)
	}
	switch t.Kind {
	case sequence.Message:
		e.To = t.Recipient()
	case sequence.Task:
		e.To = t.Role
	}
	if t.Reason != sequence.ReasonDue {
		e.Reason = string(t.Reason)
	}
	return e
}

// amounts writes what is asked for as cases do.
func amounts(b ar.Balance) string {
	var parts []string
	for _, m := range b {
		parts = append(parts, m.Amount()+" "+string(m.Currency))
	}
	return strings.Join(parts, " and ")
}

// numbers lists the debit documents that an effect names, each once.
func numbers(lines []sequence.Line) []string {
	var list []string
	for _, l := range lines {
		if l.Document.Open > 0 && !slices.Contains(list, l.Document.Number) {
			list = append(list, l.Document.Number)
		}
	}
	return list
}

// field is one named value of an effect, as a case file writes it.
type field struct{ name, value string }

// fields lists what an effect says, in the order of writing.
func (e *Effect) fields() []field {
	list := []field{
		{"kind", e.Kind}, {"customer", e.Customer}, {"sequence", e.Sequence}, {"step", e.Step}, {"documents", documentList(e.Documents)},
		{"template", e.Template}, {"to", e.To}, {"amount", e.Amount}, {"reason", e.Reason},
	}
	return slices.DeleteFunc(list, func(f field) bool { return f.value == "" })
}

func documentList(numbers []string) string {
	if len(numbers) == 0 {
		return ""
	}
	quoted := make([]string, len(numbers))
	for i, n := range numbers {
		quoted[i] = fmt.Sprintf("%q", n)
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}

// Line writes the effect as one line of a case's expect list.
func (e *Effect) Line() string {
	parts := []string{"on = " + e.On.String()}
	for _, f := range e.fields() {
		value := f.value
		if f.name != "documents" {
			value = fmt.Sprintf("%q", value)
		}
		parts = append(parts, f.name+" = "+value)
	}
	return "{ " + strings.Join(parts, ", ") + " },"
}

// misses names the fields in which what came differs from what e expects; nil
// where it is as expected.
func (e *Effect) misses(got *Effect) []string {
	var names []string
	if e.On != got.On {
		names = append(names, "on")
	}
	have := map[string]string{}
	for _, f := range got.fields() {
		have[f.name] = f.value
	}
	for _, f := range e.fields() {
		switch {
		case have[f.name] == f.value:
		case f.name == "reason" && f.value == string(sequence.ReasonDue) && have[f.name] == "":
		case f.name == "customer" && have[f.name] == "":
		default:
			names = append(names, f.name)
		}
	}
	return names
}
