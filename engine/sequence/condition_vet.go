package sequence

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/expr-lang/expr/ast"
	syntax "github.com/expr-lang/expr/parser"

	"holdfast/engine/ar"
)

// functions are those that conditions may call besides money and base. None of
// them reads a clock, and none makes much out of little.
var functions = []string{"abs", "all", "any", "count", "float", "int", "len", "lower", "max", "min", "none", "one", "string", "trim", "upper"}

var (
	moneyType = reflect.TypeFor[ar.Money]()
	sumType   = reflect.TypeFor[Sum]()
	decimal   = regexp.MustCompile(`^-?[0-9]+(\.[0-9]{1,4})?$`)
)

// vet refuses what type-checks but must not be: amounts against bare numbers,
// amounts that are none, what is inside of an amount, and loops without an end.
// What does not parse is left to the compiler.
func vet(text string) *wrong {
	tree, err := syntax.Parse(text)
	if err != nil {
		return nil
	}
	v := &vetting{}
	ast.Walk(&tree.Node, v)
	return v.wrong
}

// vetting keeps the first thing that is wrong with an expression.
type vetting struct{ wrong *wrong }

func (v *vetting) no(cure, what string, args ...any) {
	if v.wrong == nil {
		v.wrong = &wrong{what: fmt.Sprintf(what, args...), cure: cure}
	}
}

// Visit looks at one node.
func (v *vetting) Visit(node *ast.Node) {
	switch n := (*node).(type) {
	case *ast.IdentifierNode:
		if n.Value == "$env" {
			v.no("name the field itself, such as document.open", "$env is no field")
		}
	case *ast.MemberNode:
		v.member(n)
	case *ast.PredicateNode:
		if loops(n.Node) {
			v.no("write one loop, over customer.missing or a list", "a loop runs within a loop")
		}
	case *ast.CallNode:
		v.call(n)
	case *ast.BinaryNode:
		v.binary(n)
	}
}

// member refuses to look inside of an amount.
func (v *vetting) member(n *ast.MemberNode) {
	if t := typeOf(pathOf(n.Node)); t == moneyType || t == sumType {
		v.no(`compare it whole: >= money("500.00 USD")`, "%s is an amount and has no fields", strings.Join(pathOf(n.Node), "."))
	}
}

// call wants amounts that can be read.
func (v *vetting) call(n *ast.CallNode) {
	name, ok := n.Callee.(*ast.IdentifierNode)
	if !ok || name.Value != "money" && name.Value != "base" || len(n.Arguments) != 1 {
		return
	}
	text, ok := n.Arguments[0].(*ast.StringNode)
	if !ok {
		v.no(fmt.Sprintf(`write %s("500.00...") with the amount itself`, name.Value), "%s takes an amount in quotes", name.Value)
		return
	}
	if _, err := ar.ParseMoney(text.Value); name.Value == "money" && err != nil {
		v.no(`write money("500.00 USD")`, "%q is no amount", text.Value)
	}
	if name.Value == "base" && !decimal.MatchString(text.Value) {
		v.no(`write base("500.00"), without a currency: it is the company's own`, "%q is no amount", text.Value)
	}
}

// binary refuses ranges and amounts beside numbers or beside sums.
func (v *vetting) binary(n *ast.BinaryNode) {
	if n.Operator == ".." {
		v.no("compare with both ends: x >= 1 and x <= 9", "a range has no place in a condition")
	}
	if !slices.Contains([]string{"==", "!=", "<", "<=", ">", ">="}, n.Operator) {
		return
	}
	left, right := typeOf(pathOf(n.Left)), typeOf(pathOf(n.Right))
	if left == sumType && right == sumType {
		v.no(`compare each with an amount: >= base("500.00")`, "two sums of an account are not compared with each other")
	}
	for _, side := range []struct {
		amount ast.Node
		other  ast.Node
	}{{n.Left, n.Right}, {n.Right, n.Left}} {
		t := typeOf(pathOf(side.amount))
		if (t == moneyType || t == sumType) && isNumber(side.other) {
			v.no(`write money("500.00 USD"), or base("500.00") for the company's own currency`,
				"%s is an amount and is compared with a bare number", strings.Join(pathOf(side.amount), "."))
		}
	}
}

// isNumber reports whether a node is a number other than a plain 0.
func isNumber(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.IntegerNode:
		return n.Value != 0
	case *ast.FloatNode:
		return true
	case *ast.UnaryNode:
		return isNumber(n.Node)
	case *ast.BinaryNode:
		return isNumber(n.Left) || isNumber(n.Right)
	}
	t := typeOf(pathOf(n))
	return t != nil && t.Kind() == reflect.Int
}

// loops reports whether an expression holds a loop.
func loops(n ast.Node) bool {
	found := ast.Find(n, func(n ast.Node) bool { _, ok := n.(*ast.PredicateNode); return ok })
	return found != nil
}

// pathOf returns the names of a field, such as document and open; nil where a
// node is no field.
func pathOf(n ast.Node) []string {
	switch n := n.(type) {
	case *ast.ChainNode:
		return pathOf(n.Node)
	case *ast.IdentifierNode:
		return []string{n.Value}
	case *ast.MemberNode:
		name, ok := n.Property.(*ast.StringNode)
		if before := pathOf(n.Node); ok && before != nil {
			return append(before, name.Value)
		}
	}
	return nil
}

// typeOf returns the type of the field at a path of Facts, nil where there is
// none.
func typeOf(path []string) reflect.Type {
	t := reflect.TypeFor[Facts]()
	for _, name := range path {
		if t.Kind() == reflect.Pointer {
			t = t.Elem()
		}
		if t.Kind() == reflect.Map {
			t = t.Elem()
			continue
		}
		i := fieldIndex(t, name)
		if i < 0 {
			return nil
		}
		t = t.Field(i).Type
	}
	if len(path) == 0 {
		return nil
	}
	return t
}

// fieldIndex finds a field of a struct by the name that conditions use, -1 where
// it has none.
func fieldIndex(t reflect.Type, name string) int {
	if t.Kind() != reflect.Struct {
		return -1
	}
	for i := range t.NumField() {
		if t.Field(i).Tag.Get("expr") == name {
			return i
		}
	}
	return -1
}
