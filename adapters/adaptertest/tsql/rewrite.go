// Package tsql turns a useful part of T-SQL into PostgreSQL 15, so that a test
// without SQL Server can run what is written for it. It is a stand-in, for tests
// only: that a statement passes here is no proof that SQL Server takes it.
//
// It knows queries (joins, APPLY, common table expressions, TOP, windows), the
// statements that change rows, tables, views and indexes, and the functions that
// function.go lists. Whatever it does not know it refuses by name; it also refuses
// much that PostgreSQL takes and SQL Server does not. The rewritten SQL needs the
// schema sys that Setup makes: there texts compare without case and without
// trailing blanks, as under SQL_Latin1_General_CP1_CI_AS.
//
// What is not emulated: the precision rules of decimals (one that is computed has
// 12 places); that ISNULL cuts its second argument to the type of the first; money
// as a type of its own in expressions; char's padding outside columns and CAST; bit
// outside columns, which is a number; datetime2 beyond microseconds; datetime's
// range, but for CAST and a day that a column is compared with; the server's time
// zone (GETDATE is UTC); locks of READ COMMITTED readers; DENY, which only revokes;
// more databases than one (DYNAMICS..SY01500 is dbo.SY01500). A text that is bound is
// taken for a literal, and so for what it is compared with.
package tsql

import (
	"strings"
)

// Kind is what a statement is, as far as a server must know.
type Kind int

// The kinds of statement.
const (
	Query    Kind = iota // returns rows
	Change               // INSERT, UPDATE, DELETE: counts rows
	Define               // CREATE, DROP, ALTER
	Nothing              // taken and without effect
	Set                  // Option and Value
	Begin                // BEGIN TRANSACTION
	Commit               //
	Rollback             // Value: the savepoint, or empty
	Save                 // Value: the savepoint
	Execute              // Procedure and Arguments
	Print                // SQL is the text
	Login                // CREATE LOGIN Value with the password Option
	Grant                // a right for Value, or one taken
)

// Statement is one statement of a batch, rewritten.
type Statement struct {
	Kind      Kind
	SQL       string   // for PostgreSQL; empty for those it has no part in
	Columns   []string // of a query as written; nil where * is among them
	Source    string   // as written
	Option    string   // SET: in upper case, "LOCK_TIMEOUT"
	Value     string
	Procedure string // EXEC: without its schema, in lower case
	Arguments []Argument
}

// Argument is one argument of EXEC: Name begins with @ and is empty where it was
// given by its place; SQL is an expression.
type Argument struct {
	Name, SQL string
}

// Rewrite returns statements in PostgreSQL for statements in T-SQL. Variables
// @p1, @p2 become $1, $2. Lines that say GO part batches and vanish.
func Rewrite(statements string) (string, error) {
	var out []string
	for _, batch := range Batches(statements) {
		list, err := Parse(batch, nil)
		if err != nil {
			return "", err
		}
		for _, s := range list {
			if s.SQL != "" {
				out = append(out, s.SQL)
			}
		}
	}
	return strings.Join(out, ";\n"), nil
}

// Batches parts a script at its lines that say GO.
func Batches(script string) []string {
	var list []string
	var b strings.Builder
	for line := range strings.Lines(script) {
		if strings.EqualFold(strings.TrimSpace(line), "GO") {
			list = append(list, b.String())
			b.Reset()
			continue
		}
		b.WriteString(line)
	}
	return append(list, b.String())
}

// Parse rewrites the statements of one batch. variables holds the values of
// @variables in lower case as expressions of PostgreSQL; nil leaves @pN to be
// bound as $N.
func Parse(batch string, variables map[string]string) (list []Statement, err error) {
	tokens, err := scan(batch)
	if err != nil {
		return nil, err
	}
	p := &parser{src: batch, tokens: tokens, variables: map[string]string{}, binds: variables == nil}
	for name, value := range variables {
		p.variables[name] = value
	}
	defer func() {
		if r := recover(); r != nil {
			e, ours := r.(*Error)
			if !ours {
				panic(r)
			}
			list, err = nil, e
		}
	}()
	return p.batch(), nil
}

// parser reads tokens and writes PostgreSQL. It fails by panicking with *Error.
type parser struct {
	src       string
	tokens    []token
	at        int
	variables map[string]string
	binds     bool
	ctes      []string // names of common table expressions in sight
	subquery  bool     // one was read since this was last cleared
}

func (p *parser) peek() token { return p.tokens[p.at] }

// ahead looks n tokens ahead.
func (p *parser) ahead(n int) token { return p.tokens[min(p.at+n, len(p.tokens)-1)] }

func (p *parser) next() token {
	t := p.tokens[p.at]
	if t.kind != end {
		p.at++
	}
	return t
}

// is reports whether the next tokens are these keywords or signs.
func (p *parser) is(words ...string) bool {
	for i, w := range words {
		t := p.ahead(i)
		if t.kind != word && t.kind != sign || !strings.EqualFold(t.text, w) {
			return false
		}
	}
	return true
}

// take passes these keywords or signs if they come next.
func (p *parser) take(words ...string) bool {
	if !p.is(words...) {
		return false
	}
	p.at += len(words)
	return true
}

// need passes these keywords or signs, which must come next.
func (p *parser) need(words ...string) {
	for _, w := range words {
		if !p.take(w) {
			panic(near(p.peek()))
		}
	}
}

// try runs read; where it fails nothing was read.
func (p *parser) try(read func()) (failed *Error) {
	at := p.at
	defer func() {
		if r := recover(); r != nil {
			e, ours := r.(*Error)
			if !ours {
				panic(r)
			}
			p.at, failed = at, e
		}
	}()
	read()
	return nil
}

// name reads a name that is not a reserved word.
func (p *parser) name() string {
	t := p.peek()
	if !p.named() {
		panic(near(t))
	}
	p.next()
	return t.text
}

// named reports whether a name comes next.
func (p *parser) named() bool {
	t := p.peek()
	return t.kind == quoted || t.kind == word && !reserved[t.upper()]
}

// object reads the name of a table, with its schema and database where they are
// written.
func (p *parser) object() object {
	parts := []string{p.name()}
	for p.take(".") {
		if p.is(".") {
			parts = append(parts, "")
			continue
		}
		parts = append(parts, p.name())
	}
	o := object{name: parts[len(parts)-1]}
	if len(parts) > 1 {
		o.schema = parts[len(parts)-2]
	}
	if len(parts) > 4 {
		panic(near(p.peek()))
	}
	if strings.HasPrefix(o.name, "#") {
		panic(strange(p.peek(), "a temporary table (%s)", o.name))
	}
	return o
}

// list reads items parted by commas and joins what they became.
func (p *parser) list(item func() string) string {
	parts := []string{item()}
	for p.take(",") {
		parts = append(parts, item())
	}
	return strings.Join(parts, ", ")
}

// parens reads what stands in parentheses.
func (p *parser) parens(inside func() string) string {
	p.need("(")
	s := inside()
	p.need(")")
	return "(" + s + ")"
}

// integer reads a whole number.
func (p *parser) integer() string {
	t := p.next()
	if t.kind != number || strings.ContainsAny(t.text, ".eE") {
		panic(near(t))
	}
	return t.text
}
