package tsql

import (
	"fmt"
	"strconv"
	"strings"
)

// value reads an expression that is no condition.
func (p *parser) value() string {
	sql := p.factor()
	for {
		t := p.peek()
		if t.kind != sign || !strings.Contains(" + - & | ^ ", " "+t.text+" ") {
			return sql
		}
		p.next()
		if n := p.peek(); t.text == "|" && n.isSign("|") {
			panic(near(n))
		}
		op := t.text
		if op == "^" {
			op = "#"
		}
		sql += " " + op + " " + p.factor()
	}
}

func (p *parser) factor() string {
	sql := p.term()
	for {
		t := p.peek()
		if t.kind != sign || t.text != "*" && t.text != "/" && t.text != "%" {
			return sql
		}
		p.next()
		sql += " " + t.text + " " + p.term()
	}
}

// term reads a value with its sign and collation.
func (p *parser) term() string {
	for _, s := range []string{"-", "+", "~"} {
		if p.take(s) {
			return strings.TrimPrefix(s, "+") + " " + p.term()
		}
	}
	sql := p.primary()
	for {
		switch {
		case p.take("COLLATE"):
			sql = "(" + sql + " COLLATE " + p.collation() + ")"
		case p.is("AT") && strings.EqualFold(p.ahead(1).text, "TIME"):
			p.need("AT", "TIME", "ZONE")
			sql = fmt.Sprintf(`"sys".at_zone(%s, %s)`, sql, p.primary())
		default:
			return sql
		}
	}
}

// collation reads the name of a collation: those of SQL Server compare with
// case, or without.
func (p *parser) collation() string {
	t := p.next()
	if t.kind != word {
		panic(near(t))
	}
	if name := t.upper(); strings.Contains(name, "_BIN") || strings.Contains(name, "_CS_") {
		return `"C"`
	}
	return `"sys"."ci"`
}

// primary reads a literal, a column, a function, CASE, or what stands in
// parentheses.
func (p *parser) primary() string {
	t := p.peek()
	switch t.kind {
	case text:
		p.next()
		return Literal(t.text)
	case number:
		p.next()
		return numberSQL(t)
	case binary:
		p.next()
		return binarySQL(t.text)
	case variable:
		p.next()
		return p.variable(t)
	case sign:
		return p.enclosed(t)
	case word:
		if sql, done := p.keyword(t); done {
			return sql
		}
	}
	return p.column()
}

func numberSQL(t token) string {
	if strings.ContainsAny(t.text, "eE") {
		return "CAST(" + t.text + " AS double precision)"
	}
	return t.text
}

func binarySQL(hex string) string {
	digits := hex[2:]
	if len(digits)%2 == 1 {
		digits = "0" + digits
	}
	return `'\x` + digits + `'::bytea`
}

// enclosed reads a subquery or a value in parentheses.
func (p *parser) enclosed(t token) string {
	if t.text != "(" {
		panic(near(t))
	}
	if p.is("(", "SELECT") {
		return p.inner()
	}
	if p.is("(", "(") {
		var sql string
		if failed := p.try(func() { sql = p.parens(p.value) }); failed == nil {
			return sql
		}
		return p.inner()
	}
	return p.parens(p.value)
}

// variable reads @p1 or @@VERSION.
func (p *parser) variable(t token) string {
	name := strings.ToLower(t.text)
	if v, ok := p.variables[name]; ok {
		return v
	}
	if v, ok := systemVariables[name]; ok {
		return v
	}
	if n, err := strconv.Atoi(strings.TrimPrefix(name, "@p")); err == nil && p.binds {
		return "$" + strconv.Itoa(n)
	}
	panic(&Error{undeclared, t.line, fmt.Sprintf("Must declare the scalar variable \"%s\".", t.text)})
}

// keyword reads what begins with a reserved word.
func (p *parser) keyword(t token) (string, bool) {
	switch w := t.upper(); w {
	case "NULL":
		p.next()
		return "NULL", true
	case "CASE":
		return p.caseOf(), true
	case "CURRENT_TIMESTAMP":
		p.next()
		return `"sys".getdate()`, true
	case "CURRENT_USER", "SESSION_USER", "SYSTEM_USER", "USER":
		p.next()
		return map[bool]string{true: "'sa'", false: "'dbo'"}[w == "SYSTEM_USER"], true
	case "LEFT", "RIGHT", "COALESCE", "NULLIF", "CONVERT", "TRY_CONVERT":
		if p.ahead(1).isSign("(") {
			return p.function(t), true
		}
	case "EXISTS", "NOT":
		panic(near(t))
	}
	if !reserved[t.upper()] && p.ahead(1).isSign("(") {
		return p.function(t), true
	}
	return "", false
}

// caseOf reads CASE, with or without a value that is compared.
func (p *parser) caseOf() string {
	p.need("CASE")
	sql, searched := "CASE", p.is("WHEN")
	if !searched {
		sql += " " + p.value()
	}
	for p.take("WHEN") {
		if searched {
			sql += " WHEN " + p.predicate()
		} else {
			sql += " WHEN " + p.value()
		}
		p.need("THEN")
		sql += " THEN " + p.value()
	}
	if p.take("ELSE") {
		sql += " ELSE " + p.value()
	}
	p.need("END")
	return sql + " END"
}

// column reads a column, with its table where it is written, or a function of
// a schema.
func (p *parser) column() string {
	first := p.peek()
	parts := []string{p.name()}
	for p.take(".") {
		if p.is(".") {
			parts = append(parts, "")
			continue
		}
		parts = append(parts, p.name())
	}
	if p.is("(") && len(parts) > 1 {
		o := object{schema: parts[len(parts)-2], name: parts[len(parts)-1]}
		panic(strange(first, "the function %s.%s", o.schema, o.name))
	}
	if len(parts) > 3 {
		parts = parts[len(parts)-3:]
	}
	for i, name := range parts {
		parts[i] = ident(name)
		if name == "" {
			parts[i] = `"dbo"`
		}
	}
	return strings.Join(parts, ".")
}
