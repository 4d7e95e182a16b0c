package message

import (
	"bytes"
	"errors"
	"slices"
	"text/template"
	"text/template/parse"

	"holdfast/engine/fault"
)

// What a template may cost: bytes of its file, bytes that it yields, and what is
// carried out within its ranges.
const (
	maxSource = 64 << 10
	maxOutput = 1 << 20
	maxSteps  = 500_000
)

// functions are those that a template may call. The others could make a text
// grow without an end, or call code.
var functions = []string{"and", "eq", "ge", "gt", "index", "le", "len", "lt", "ne", "not", "or"}

// guard refuses what could keep a template from ending: templates within the
// template, which could call themselves, and functions that build texts. Before
// every action within a range it sets an empty text, so that each round writes
// and limited can count it.
func guard(file string, t *template.Template) error {
	for _, other := range t.Templates() {
		if other.Name() != file {
			return refusal(file, "defines another template")
		}
	}
	if t.Tree == nil {
		return nil
	}
	return guardList(file, t.Tree.Root, false)
}

func refusal(file, what string) error {
	return fault.New(fault.Invalid, "template %s: it %s", file, what).
		WithCure("use if, with, range and the functions %v only", functions)
}

func guardList(file string, list *parse.ListNode, inRange bool) error {
	if list == nil {
		return nil
	}
	var nodes []parse.Node
	for _, n := range list.Nodes {
		if inRange {
			nodes = append(nodes, &parse.TextNode{NodeType: parse.NodeText, Pos: n.Position()})
		}
		nodes = append(nodes, n)
		if err := guardNode(file, n, inRange); err != nil {
			return err
		}
	}
	if inRange && len(nodes) == 0 {
		nodes = []parse.Node{&parse.TextNode{NodeType: parse.NodeText, Pos: list.Position()}}
	}
	list.Nodes = nodes
	return nil
}

func guardNode(file string, n parse.Node, inRange bool) error {
	switch n := n.(type) {
	case *parse.TemplateNode:
		return refusal(file, "calls a template")
	case *parse.ActionNode:
		return guardPipe(file, n.Pipe)
	case *parse.IfNode:
		return guardBranch(file, &n.BranchNode, inRange)
	case *parse.WithNode:
		return guardBranch(file, &n.BranchNode, inRange)
	case *parse.RangeNode:
		return guardBranch(file, &n.BranchNode, true)
	}
	return nil
}

func guardBranch(file string, b *parse.BranchNode, inRange bool) error {
	return errors.Join(guardPipe(file, b.Pipe), guardList(file, b.List, inRange), guardList(file, b.ElseList, inRange))
}

// guardPipe looks for functions in a pipeline and in what stands in brackets.
func guardPipe(file string, pipe *parse.PipeNode) error {
	if pipe == nil {
		return nil
	}
	for _, command := range pipe.Cmds {
		for _, arg := range command.Args {
			if err := guardArg(file, arg); err != nil {
				return err
			}
		}
	}
	return nil
}

func guardArg(file string, arg parse.Node) error {
	switch arg := arg.(type) {
	case *parse.IdentifierNode:
		if !slices.Contains(functions, arg.Ident) {
			return refusal(file, "calls the function "+arg.Ident)
		}
	case *parse.PipeNode:
		return guardPipe(file, arg)
	case *parse.ChainNode:
		return guardArg(file, arg.Node)
	}
	return nil
}

// limited is a buffer that refuses to grow beyond maxOutput, and to be written
// to more than maxSteps times.
type limited struct {
	bytes.Buffer
	steps int
}

// Write adds b, or fails where the template yields or does too much.
func (l *limited) Write(b []byte) (int, error) {
	l.steps++
	switch {
	case l.Len()+len(b) > maxOutput:
		return 0, errors.New("the message is larger than 1 MiB")
	case l.steps > maxSteps:
		return 0, errors.New("the template repeats without an end")
	}
	return l.Buffer.Write(b)
}
