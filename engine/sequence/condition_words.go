package sequence

import (
	"fmt"
	"reflect"
	"regexp"
	"strings"

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
	"unexpected token EOF", "it ends too early", "bool", "yes or no",
)

// explain puts the compiler's first words on an expression in ours.
func explain(err error) *wrong {
	first, _, _ := strings.Cut(err.Error(), "\n")
	if m := noField.FindStringSubmatch(first); m != nil {
		return unknownField(m[1], m[2])
	}
	if m := noName.FindStringSubmatch(first); m != nil {
		known := append([]string{"money", "base"}, functions...)
		return &wrong{fmt.Sprintf("there is no %q", m[1]), didYouMean(m[1], append(known, fieldNames(reflect.TypeFor[Facts]())...))}
	}
	cure := seeDocs
	if strings.Contains(first, `token Operator("=")`) {
		cure = "write == to compare"
	}
	return &wrong{inWords.Replace(first), cure}
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
