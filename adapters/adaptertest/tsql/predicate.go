package tsql

import (
	"fmt"
	"strings"
)

// predicate reads a condition.
func (p *parser) predicate() string {
	sql := p.conjunction()
	for p.take("OR") {
		sql += " OR " + p.conjunction()
	}
	return sql
}

func (p *parser) conjunction() string {
	sql := p.negation()
	for p.take("AND") {
		sql += " AND " + p.negation()
	}
	return sql
}

func (p *parser) negation() string {
	if p.take("NOT") {
		return "NOT " + p.negation()
	}
	return p.condition()
}

// condition reads one comparison, EXISTS, or a condition in parentheses.
func (p *parser) condition() string {
	if p.take("EXISTS") {
		return "EXISTS " + p.inner()
	}
	if p.is("(") {
		var sql string
		failed := p.try(func() {
			sql = p.parens(p.predicate)
			if p.operatorFollows() {
				panic(near(p.peek()))
			}
		})
		if failed == nil {
			return sql
		}
		inside := p.at
		var other string
		if again := p.try(func() { other = p.comparison() }); again == nil {
			return other
		}
		p.at = inside
		panic(failed)
	}
	return p.comparison()
}

// operatorFollows tells that what stood in parentheses was a value after all.
func (p *parser) operatorFollows() bool {
	t := p.peek()
	return t.kind == sign && strings.Contains(" + - * / % = <> != < > <= >= !< !> ", " "+t.text+" ") ||
		p.is("IS") || p.is("IN") || p.is("LIKE") || p.is("BETWEEN") || p.is("NOT", "IN") || p.is("NOT", "LIKE") || p.is("NOT", "BETWEEN")
}

// comparison reads a value, an operator and what it is compared with.
func (p *parser) comparison() string {
	from := p.at
	left := p.value()
	column := p.ownName(from)
	not := ""
	if p.is("IS") {
		return left + p.nullness()
	}
	if p.is("NOT") {
		p.next()
		not = " NOT"
		if !p.is("IN") && !p.is("LIKE") && !p.is("BETWEEN") {
			panic(near(p.peek()))
		}
	}
	switch {
	case p.take("IN"):
		return left + not + " IN " + p.among()
	case p.take("LIKE"):
		return p.like(left, not)
	case p.take("BETWEEN"):
		low := p.value()
		p.need("AND")
		return left + not + " BETWEEN " + low + " AND " + p.value()
	}
	op := p.operator()
	for _, some := range []string{"ALL", "ANY", "SOME"} {
		if p.take(some) {
			return left + " " + op + " " + some + " " + p.inner()
		}
	}
	right := p.value()
	if column != "" && strings.HasPrefix(right, `"sys".to_date(`) {
		right = fmt.Sprintf(`"sys".day_for(%s, %s)`, Literal(Name(column)), right)
	}
	return left + " " + op + " " + right
}

// nullness reads IS [NOT] NULL.
func (p *parser) nullness() string {
	p.need("IS")
	not := ""
	if p.take("NOT") {
		not = " NOT"
	}
	if p.is("DISTINCT") {
		panic(&Error{badKeyword, p.peek().line, "Incorrect syntax near the keyword 'DISTINCT': IS [NOT] DISTINCT FROM is known from SQL Server 2022 on only."})
	}
	p.need("NULL")
	return " IS" + not + " NULL"
}

// among reads the list or subquery of IN.
func (p *parser) among() string {
	if p.is("(", "SELECT") || p.is("(", "(", "SELECT") {
		return p.inner()
	}
	return p.row()
}

// inner reads a subquery.
func (p *parser) inner() string {
	p.subquery = true
	return p.parens(func() string {
		q := p.query()
		p.refuseOrder(q)
		return q.sql
	})
}

var operators = map[string]string{"=": "=", "<>": "<>", "!=": "<>", "<": "<", ">": ">", "<=": "<=", ">=": ">=", "!<": ">=", "!>": "<="}

func (p *parser) operator() string {
	t := p.peek()
	op, ok := operators[t.text]
	if !ok || t.kind != sign {
		panic(near(t))
	}
	p.next()
	return op
}

// like reads the pattern of LIKE. Patterns without [ ] are PostgreSQL's too.
func (p *parser) like(left, not string) string {
	t := p.peek()
	simple := t.kind == text && !strings.Contains(t.text, "[")
	pattern, escape := p.value(), ""
	if p.take("ESCAPE") {
		escape = p.value()
	}
	if simple && escape == "" {
		return fmt.Sprintf(`(lower("sys".to_text(%s) COLLATE "sys"."ci") COLLATE "C")%s LIKE (lower(%s COLLATE "sys"."ci") COLLATE "C") ESCAPE ''`,
			left, not, pattern)
	}
	if escape == "" {
		escape = "''"
	}
	return fmt.Sprintf(`%s"sys".matches("sys".to_text(%s), %s, %s)`, strings.TrimPrefix(not+" ", " "), left, pattern, escape)
}
