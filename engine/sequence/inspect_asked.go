package sequence

import (
	"reflect"
	"slices"
	"strings"

	"github.com/expr-lang/expr/ast"
	syntax "github.com/expr-lang/expr/parser"

	"holdfast/engine/ar"
)

// Asked is a field that conditions look at, with the constants that they hold it
// against.
type Asked struct {
	Path []string     // such as document, days_past_due
	Type reflect.Type // of the field
	With []any        // int, string, bool or ar.Money; money without a currency is of the company's own
}

// Name writes the path as conditions do.
func (a Asked) Name() string { return strings.Join(a.Path, ".") }

// askedBy collects the fields of several conditions, in order of their names.
func askedBy(conditions ...*condition) (fields []Asked, exact bool) {
	r := &reading{fields: map[string]*Asked{}, exact: true}
	for _, c := range conditions {
		if c == nil {
			continue
		}
		tree, err := syntax.Parse(c.text)
		if err != nil {
			continue // it was compiled before: cannot happen
		}
		r.node(tree.Node)
	}
	for _, f := range r.fields {
		fields = append(fields, *f)
	}
	slices.SortFunc(fields, func(a, b Asked) int { return strings.Compare(a.Name(), b.Name()) })
	return fields, r.exact
}

// reading walks through expressions.
type reading struct {
	fields map[string]*Asked
	exact  bool
}

// compares are the operators that hold fields against constants.
var compares = []string{"==", "!=", "<", "<=", ">", ">=", "in", "contains", "startsWith", "endsWith", "matches"}

// node reads an expression of truth values.
func (r *reading) node(n ast.Node) {
	switch n := n.(type) {
	case *ast.BinaryNode:
		if slices.Contains(compares, n.Operator) {
			r.comparison(n)
			return
		}
		r.exact = r.exact && slices.Contains([]string{"and", "or", "&&", "||"}, n.Operator)
		r.node(n.Left)
		r.node(n.Right)
	case *ast.UnaryNode:
		r.node(n.Node)
	case *ast.BoolNode:
	default:
		r.exact = r.exact && pathOf(n) != nil
		r.together(n)
	}
}

// comparison notes the fields of a comparison with its constants. One of a
// field with plain constants is exact.
func (r *reading) comparison(n *ast.BinaryNode) {
	plain := slices.Contains(compares[:7], n.Operator) && (pathOf(n.Left) != nil) != (pathOf(n.Right) != nil)
	for _, side := range []ast.Node{n.Left, n.Right} {
		plain = plain && (pathOf(side) != nil || isConstant(side))
	}
	r.exact = r.exact && plain
	r.together(n)
}

// isConstant reports whether a node is a constant, or a list of some.
func isConstant(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.IntegerNode, *ast.StringNode, *ast.BoolNode:
		return true
	case *ast.UnaryNode:
		return isConstant(n.Node)
	case *ast.ArrayNode:
		return !slices.ContainsFunc(n.Nodes, func(n ast.Node) bool { return !isConstant(n) })
	case *ast.CallNode:
		return len(n.Arguments) == 1 && isConstant(n.Arguments[0])
	}
	return false
}

// together notes every field within a node with every constant within it.
func (r *reading) together(n ast.Node) {
	found := &within{}
	ast.Walk(&n, found)
	for _, path := range found.paths {
		t := typeOf(path)
		if t == nil || t.Kind() == reflect.Struct && t != moneyType && t != sumType || t.Kind() == reflect.Pointer || t.Kind() == reflect.Map {
			continue
		}
		name := strings.Join(path, ".")
		if r.fields[name] == nil {
			r.fields[name] = &Asked{Path: path, Type: t}
		}
		r.fields[name].with(found.constants)
	}
}

// with adds constants that it has not yet.
func (a *Asked) with(constants []any) {
	for _, c := range constants {
		if !slices.Contains(a.With, c) {
			a.With = append(a.With, c)
		}
	}
}

// within collects the fields and the constants of a node.
type within struct {
	paths     [][]string
	constants []any
}

// Visit notes one node.
func (w *within) Visit(node *ast.Node) {
	switch n := (*node).(type) {
	case *ast.MemberNode:
		if _, ok := n.Property.(*ast.StringNode); ok {
			w.constants = w.constants[:len(w.constants)-1] // the field's name, just seen
		}
		if path := pathOf(n); path != nil {
			w.paths = append(w.paths, path)
		}
	case *ast.IntegerNode:
		w.constants = append(w.constants, n.Value)
	case *ast.StringNode:
		w.constants = append(w.constants, n.Value)
	case *ast.BoolNode:
		w.constants = append(w.constants, n.Value)
	case *ast.UnaryNode:
		if i, ok := n.Node.(*ast.IntegerNode); ok && n.Operator == "-" {
			w.constants = append(w.constants, -i.Value)
		}
	case *ast.CallNode:
		w.call(n)
	}
}

// call notes an amount.
func (w *within) call(n *ast.CallNode) {
	name, ok := n.Callee.(*ast.IdentifierNode)
	if !ok || len(n.Arguments) != 1 {
		return
	}
	text, ok := n.Arguments[0].(*ast.StringNode)
	if !ok {
		return
	}
	if m, err := ar.ParseMoney(text.Value); name.Value == "money" && err == nil {
		w.constants = append(w.constants, m)
	}
	if minor, err := ar.ParseAmount(text.Value, "USD"); name.Value == "base" && err == nil {
		w.constants = append(w.constants, ar.Money{Minor: minor})
	}
}
