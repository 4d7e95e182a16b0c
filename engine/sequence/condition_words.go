package sequence

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/expr-lang/expr/builtin"

	"holdfast/engine/tomlfile"
)

// wrong is what is wrong with an expression, and how to mend it.
type wrong struct{ what, cure string }

// Error says what is wrong.
func (w *wrong) Error() string { return w.what }

// seeDocs is the cure where no better one is known.
const seeDocs = "see docs/sequences.md for what conditions can ask"

var (
	noField = regexp.MustCompile(`^type \*?sequence\.(\w+) has no field (\w+)`)
	noName  = regexp.MustCompile(`^unknown name (\S+)`)
)

// inWords turns the compiler's words for Go types into those of the people who
// write sequences.
var inWords = strings.NewReplacer(
	"expected bool, but got int", "a condition is true or false, this is a number",
	"expected bool, but got string", "a condition is true or false, this is a text",
	"expected bool, but got", "a condition is true or false, this is",
	"sequence.Sum", "sum", "ar.Money", "amount", "sequence.inBase", "base amount", "[]string", "list", "interface {}", "anything",
	"*sequence.CustomerFacts", "customer", "*sequence.AccountFacts", "account", "sequence.DocumentFacts", "document",
	"sequence.DisputeFacts", "dispute", "sequence.PromiseFacts", "promise", "sequence.EventFacts", "event", "sequence.MonthFacts", "month",
	"string", "text", "float64", "number", "mismatched types", "these cannot be compared:", "int ", "number ", "int)", "number)",
	"strconv.ParseInt: parsing ", "", "compilation failed: expression exceeds maximum allowed nodes", "it has too many parts; at most 500 are read",
	"unexpected token EOF", "it ends too early", "bool", "yes or no",
)

// explain puts the compiler's first words on an expression in ours.
func explain(err error) *wrong {
	first, _, _ := strings.Cut(err.Error(), "\n")
	if m := noField.FindStringSubmatch(first); m != nil {
		return unknownField(m[1], m[2])
	}
	if m := noName.FindStringSubmatch(first); m != nil {
		return unknownName(m[1])
	}
	cure := seeDocs
	if strings.Contains(first, `token Operator("=")`) {
		cure = "write == to compare"
	}
	return &wrong{inWords.Replace(first), cure}
}

// unknownName says what there is instead of a name: a field, or a function.
func unknownName(name string) *wrong {
	callable := append([]string{"money", "base"}, functions...)
	switch {
	case slices.Contains(clocks, name):
		return &wrong{fmt.Sprintf("%s reads a clock, which a condition cannot", name), "ask for days, such as document.days_past_due"}
	case builtin.Index[name] > 0:
		return &wrong{fmt.Sprintf("a condition cannot call %s", name), "it can call " + strings.Join(callable, ", ")}
	}
	return &wrong{fmt.Sprintf("there is no %q", name), didYouMean(name, append(fieldNames(reflect.TypeFor[Facts]()), callable...))}
}

// clocks are the functions that know what time it is.
var clocks = []string{"now", "date", "duration", "timezone"}

// short keeps a long condition to what a line of a list can hold.
func short(text string) string {
	const most = 80
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "..."
	}
	return text
}

// unknownField names the nearest field of the facts that lack one.
func unknownField(factsType, name string) *wrong {
	facts := reflect.TypeFor[Facts]()
	for i := range facts.NumField() {
		t := facts.Field(i).Type
		if t.Kind() == reflect.Pointer {
			t = t.Elem()
		}
		if t.Name() == factsType {
			return &wrong{fmt.Sprintf("%s has no field %q", facts.Field(i).Tag.Get("expr"), name), didYouMean(name, fieldNames(t))}
		}
	}
	return &wrong{fmt.Sprintf("there is no field %q", name), seeDocs}
}

func didYouMean(word string, known []string) string {
	if near := tomlfile.Nearest(word, known); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return "there are " + strings.Join(known, ", ")
}

// fieldNames lists the names that conditions use for the fields of a struct.
func fieldNames(t reflect.Type) []string {
	var names []string
	for i := range t.NumField() {
		if name := t.Field(i).Tag.Get("expr"); name != "" {
			names = append(names, name)
		}
	}
	return names
}
