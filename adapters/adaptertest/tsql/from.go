package tsql

import "strings"

// source reads one item of FROM with its joins.
func (p *parser) source() string {
	sql := p.table()
	for {
		join := p.join()
		if join == "" {
			return sql
		}
		switch join {
		case "CROSS JOIN":
			sql += " CROSS JOIN " + p.table()
		case "CROSS APPLY":
			sql += " CROSS JOIN LATERAL " + p.table()
		case "OUTER APPLY":
			sql += " LEFT JOIN LATERAL " + p.table() + " ON true"
		default:
			sql += " " + join + " " + p.joined()
		}
	}
}

// joined reads the right side of a join and its condition. A join may stand
// before the condition: a JOIN b JOIN c ON … ON ….
func (p *parser) joined() string {
	right := p.table()
	for !p.is("ON") {
		join := p.join()
		if join == "" {
			panic(near(p.peek()))
		}
		if strings.HasSuffix(join, "APPLY") || join == "CROSS JOIN" {
			panic(strange(p.peek(), "%s before ON", join))
		}
		right = "(" + right + " " + join + " " + p.joined() + ")"
	}
	p.need("ON")
	return right + " ON " + p.predicate()
}

// join reads the words of a join; empty where none follows.
func (p *parser) join() string {
	switch {
	case p.take("CROSS", "JOIN"):
		return "CROSS JOIN"
	case p.take("CROSS", "APPLY"):
		return "CROSS APPLY"
	case p.take("OUTER", "APPLY"):
		return "OUTER APPLY"
	case p.take("JOIN"), p.take("INNER", "JOIN"):
		return "JOIN"
	}
	for _, side := range []string{"LEFT", "RIGHT", "FULL"} {
		if p.take(side, "JOIN") || p.take(side, "OUTER", "JOIN") {
			return side + " JOIN"
		}
		if p.is(side) && !p.ahead(1).isSign("(") {
			panic(strange(p.ahead(1), "the join hint %s", p.ahead(1).text))
		}
	}
	if p.is("INNER") {
		panic(strange(p.ahead(1), "the join hint %s", p.ahead(1).text))
	}
	return ""
}

func (t token) isSign(s string) bool { return t.kind == sign && t.text == s }

// table reads a table, a derived table, a list of VALUES, a function or a join
// in parentheses, with its alias.
func (p *parser) table() string {
	t := p.peek()
	switch {
	case p.is("(", "SELECT"), p.is("(", "("):
		return p.derived()
	case p.is("(", "WITH"):
		panic(near(p.ahead(1)))
	case p.is("(", "VALUES"):
		p.need("(", "VALUES")
		rows := p.list(p.row)
		p.need(")")
		return "(VALUES " + rows + ")" + p.tableAlias(true)
	case p.take("("):
		sql := p.source()
		p.need(")")
		return "(" + sql + ")"
	}
	o := p.object()
	if p.is("(") {
		return p.tableFunction(t, o)
	}
	sql := o.sql()
	if o.bare() && p.knows(o.name) {
		sql = ident(o.name)
	}
	sql += p.tableAlias(false)
	p.refuseHints()
	return sql
}

// knows reports whether a common table expression of that name is in sight.
func (p *parser) knows(name string) bool {
	for _, c := range p.ctes {
		if c == Name(name) {
			return true
		}
	}
	return false
}

func (p *parser) refuseHints() {
	if p.is("WITH", "(") {
		panic(strange(p.ahead(2), "the table hint %s", p.ahead(2).text))
	}
	if p.is("PIVOT") || p.is("UNPIVOT") || p.is("TABLESAMPLE") || p.is("FOR") {
		panic(strange(p.peek(), "%s after a table", p.peek().text))
	}
}

// derived reads a query in parentheses and its alias; a join in parentheses
// may begin with one too.
func (p *parser) derived() string {
	var sql string
	t := p.peek()
	failed := p.try(func() {
		p.need("(")
		q := p.query()
		p.need(")")
		sql = p.derivedAs(t, q)
	})
	if failed == nil {
		return sql
	}
	if !p.is("(", "(") {
		panic(failed)
	}
	p.need("(")
	sql = p.source()
	p.need(")")
	return "(" + sql + ")"
}

func (p *parser) derivedAs(t token, q selected) string {
	p.refuseOrder(q)
	alias := p.tableAlias(true)
	if !p.tokens[p.at-1].isSign(")") {
		p.checkColumns(t, p.tokens[p.at-1].text, q.columns)
	}
	return "(" + q.sql + ")" + alias
}

// row reads one row of VALUES.
func (p *parser) row() string {
	return p.parens(func() string { return p.list(p.value) })
}

// tableAlias reads [AS] name [(columns)]; a derived table must have one.
func (p *parser) tableAlias(must bool) string {
	as := p.take("AS")
	if !as && !p.named() {
		if must {
			panic(near(p.peek()))
		}
		return ""
	}
	t := p.peek()
	name := p.name()
	if strings.EqualFold(name, "LIMIT") && p.peek().kind == number || strings.EqualFold(name, "USING") {
		panic(near(t))
	}
	sql := " AS " + ident(name)
	if must && p.is("(") {
		sql += p.parens(func() string { return p.list(func() string { return ident(p.name()) }) })
	}
	return sql
}

// tableFunction reads a function in FROM.
func (p *parser) tableFunction(t token, o object) string {
	if !o.bare() || !strings.EqualFold(o.name, "STRING_SPLIT") {
		panic(strange(t, "the table function %s", o.name))
	}
	args := p.parens(func() string { return p.list(p.value) })
	return `"sys".string_split` + args + p.tableAlias(false)
}
