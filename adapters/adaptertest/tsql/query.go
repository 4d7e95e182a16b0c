package tsql

import (
	"fmt"
	"strings"
)

// selected is a query that was read: columns are its names as written, "" for
// one without; nil where a * is among them.
type selected struct {
	sql     string
	columns []string
	top     bool // has TOP or OFFSET, and so may be sorted anywhere
	sorted  bool
}

// whole reads a query with its common table expressions and its order.
func (p *parser) whole() selected {
	known := len(p.ctes)
	with := ""
	if p.take("WITH") {
		with = "WITH RECURSIVE " + p.list(p.cte) + " "
	}
	q := p.query()
	if p.take("OPTION") {
		p.options()
	}
	if p.is("FOR") {
		panic(strange(p.peek(), "FOR %s", p.ahead(1).text))
	}
	p.ctes = p.ctes[:known]
	q.sql = with + q.sql
	return q
}

// options passes the hints of OPTION (…), which change no result.
func (p *parser) options() {
	p.need("(")
	for depth := 1; depth > 0; {
		switch t := p.next(); {
		case t.kind == end:
			panic(near(t))
		case t.kind == sign && t.text == "(":
			depth++
		case t.kind == sign && t.text == ")":
			depth--
		}
	}
}

// cte reads one common table expression.
func (p *parser) cte() string {
	t := p.peek()
	name := p.name()
	columns := ""
	var given []string
	if p.is("(") {
		columns = p.parens(func() string {
			return p.list(func() string { given = append(given, p.name()); return ident(given[len(given)-1]) })
		})
	}
	p.need("AS")
	p.ctes = append(p.ctes, Name(name))
	body := p.parens(func() string {
		q := p.query()
		p.refuseOrder(q)
		if given == nil {
			p.checkColumns(t, name, q.columns)
		}
		return q.sql
	})
	return ident(name) + columns + " AS " + body
}

// refuseOrder refuses what is sorted inside another query.
func (p *parser) refuseOrder(q selected) {
	if q.sorted && !q.top {
		panic(&Error{orderInside, p.peek().line, "The ORDER BY clause is invalid in views, inline functions, derived tables, " +
			"subqueries, and common table expressions, unless TOP or OFFSET is also specified."})
	}
}

// checkColumns refuses a derived table whose columns have no names, or twice
// the same.
func (p *parser) checkColumns(t token, table string, columns []string) {
	seen := map[string]bool{}
	for i, c := range columns {
		if c == "" {
			panic(&Error{unnamedColumn, t.line, fmt.Sprintf("No column name was specified for column %d of '%s'.", i+1, table)})
		}
		if seen[Name(c)] {
			panic(&Error{doubledColumn, t.line, fmt.Sprintf("The column '%s' was specified multiple times for '%s'.", c, table)})
		}
		seen[Name(c)] = true
	}
}

// query reads SELECTs joined by UNION and the like, with their order.
func (p *parser) query() selected {
	q, limit := p.operand()
	parts := []string{q.sql}
	for {
		op := ""
		switch {
		case p.take("UNION", "ALL"):
			op = "UNION ALL"
		case p.take("UNION"):
			op = "UNION"
		case p.take("EXCEPT"):
			op = "EXCEPT"
		case p.take("INTERSECT"):
			op = "INTERSECT"
		}
		if op == "" {
			break
		}
		if limit != "" {
			parts[len(parts)-1] = "(" + parts[len(parts)-1] + limit + ")"
		}
		next, l := p.operand()
		limit = l
		if limit != "" {
			next.sql, limit = "("+next.sql+limit+")", ""
		}
		parts = append(parts, op, next.sql)
	}
	sql := strings.Join(parts, " ")
	if p.take("ORDER", "BY") {
		q.sorted = true
		sql += " ORDER BY " + p.list(p.sortKey)
	}
	if p.take("OFFSET") {
		q.top = true
		sql += p.offset()
	}
	q.sql = sql + limit
	q.top = q.top || limit != ""
	return q
}

// offset reads what follows OFFSET.
func (p *parser) offset() string {
	sql := " OFFSET " + p.term()
	if !p.take("ROWS") {
		p.need("ROW")
	}
	if p.take("FETCH") {
		if !p.take("NEXT") {
			p.need("FIRST")
		}
		sql += " LIMIT " + p.term()
		if !p.take("ROWS") {
			p.need("ROW")
		}
		p.need("ONLY")
	}
	return sql
}

// sortKey reads one item of ORDER BY. NULL sorts before all in SQL Server.
func (p *parser) sortKey() string {
	e := p.value()
	if p.take("DESC") {
		return e + " DESC NULLS LAST"
	}
	p.take("ASC")
	return e + " ASC NULLS FIRST"
}

// operand reads one SELECT, or a query in parentheses; limit comes from its TOP.
func (p *parser) operand() (q selected, limit string) {
	if p.take("(") {
		q = p.query()
		p.refuseOrder(q)
		p.need(")")
		q.sql = "(" + q.sql + ")"
		return q, ""
	}
	p.need("SELECT")
	sql := "SELECT "
	if p.take("DISTINCT") {
		sql += "DISTINCT "
	} else {
		p.take("ALL")
	}
	limit = p.topLimit()
	items, columns := p.items()
	sql += items
	if p.is("INTO") {
		panic(strange(p.peek(), "SELECT … INTO"))
	}
	if p.take("FROM") {
		sql += " FROM " + p.list(p.source)
	}
	sql += p.where()
	if p.take("GROUP", "BY") {
		sql += " GROUP BY " + p.list(p.groupKey)
	}
	if p.take("HAVING") {
		sql += " HAVING " + p.predicate()
	}
	return selected{sql: sql, columns: columns}, limit
}

func (p *parser) where() string {
	if !p.take("WHERE") {
		return ""
	}
	return " WHERE " + p.predicate()
}

func (p *parser) groupKey() string {
	for _, w := range []string{"ROLLUP", "CUBE", "GROUPING"} {
		if p.is(w) {
			panic(strange(p.peek(), "GROUP BY %s", w))
		}
	}
	if t := p.peek(); t.kind == number || t.kind == text {
		panic(&Error{164, t.line, "Each GROUP BY expression must contain at least one column that is not an outer reference."})
	}
	return p.value()
}

// topLimit reads TOP.
func (p *parser) topLimit() string {
	if !p.take("TOP") {
		return ""
	}
	var n string
	if p.is("(") {
		n = p.parens(p.value)
	} else {
		n = p.integer()
	}
	if p.is("PERCENT") {
		panic(strange(p.peek(), "TOP … PERCENT"))
	}
	if p.take("WITH", "TIES") {
		return " FETCH FIRST " + n + " ROWS WITH TIES"
	}
	return " LIMIT " + n
}

// items reads the select list and its names.
func (p *parser) items() (sql string, columns []string) {
	star := false
	sql = p.list(func() string {
		item, name := p.item()
		star = star || strings.HasSuffix(item, "*")
		columns = append(columns, name)
		return item
	})
	if star {
		columns = nil
	}
	return sql, columns
}

// item reads one item of a select list.
func (p *parser) item() (sql, name string) {
	if p.take("*") {
		return "*", ""
	}
	if t := p.peek(); t.kind == variable && p.ahead(1).text == "=" {
		panic(strange(t, "SELECT %s = …", t.text))
	}
	if (p.named() || p.peek().kind == text) && p.ahead(1).isSign("=") {
		name = p.next().text
		p.need("=")
		return p.value() + " AS " + ident(name), name
	}
	if sql = p.allOf(); sql != "" {
		return sql, ""
	}
	from := p.at
	sql = p.value()
	switch {
	case p.take("AS"):
		name = p.alias()
	case p.named() || p.peek().kind == text:
		name = p.alias()
	default:
		return sql, p.ownName(from)
	}
	return sql + " AS " + ident(name), name
}

// allOf reads t.* where that comes next.
func (p *parser) allOf() (sql string) {
	at := p.at
	if !p.named() {
		return ""
	}
	parts := []string{ident(p.name())}
	for p.take(".") {
		if p.take("*") {
			return strings.Join(parts, ".") + ".*"
		}
		if !p.named() {
			break
		}
		parts = append(parts, ident(p.name()))
	}
	p.at = at
	return ""
}

// ownName is the name that a plain column gives its item.
func (p *parser) ownName(from int) string {
	last := p.tokens[p.at-1]
	for _, t := range p.tokens[from:p.at] {
		named := t.kind == quoted || t.kind == word && !reserved[t.upper()] || t.kind == sign && t.text == "."
		if !named {
			return ""
		}
	}
	return last.text
}

// alias reads a name that may also be written as a text.
func (p *parser) alias() string {
	t := p.peek()
	if t.kind == text {
		p.next()
		return t.text
	}
	if t.kind == word && p.ahead(1).kind == number && strings.EqualFold(t.text, "LIMIT") {
		panic(near(t))
	}
	return p.name()
}
