package tsql

import "strings"

// change reads INSERT, UPDATE or DELETE.
func (p *parser) change() string {
	switch {
	case p.take("INSERT"):
		return p.insert()
	case p.take("UPDATE"):
		return p.update()
	}
	p.need("DELETE")
	return p.delete()
}

func (p *parser) insert() string {
	p.take("INTO")
	sql := "INSERT INTO " + p.object().sql()
	if p.is("(") && !p.ahead(1).is("SELECT") {
		sql += " " + p.parens(func() string { return p.list(func() string { return ident(p.name()) }) })
	}
	p.refuseOutput()
	switch {
	case p.take("DEFAULT", "VALUES"):
		return sql + " DEFAULT VALUES"
	case p.take("VALUES"):
		return sql + " VALUES " + p.list(p.newRow)
	}
	return sql + " " + p.whole().sql
}

func (t token) is(keyword string) bool {
	return t.kind == word && strings.EqualFold(t.text, keyword)
}

func (p *parser) refuseOutput() {
	if p.is("OUTPUT") {
		panic(strange(p.peek(), "OUTPUT"))
	}
}

// newRow reads the values of one new row; DEFAULT is one of them.
func (p *parser) newRow() string {
	return p.parens(func() string {
		return p.list(func() string {
			if p.take("DEFAULT") {
				return "DEFAULT"
			}
			return p.value()
		})
	})
}

func (p *parser) update() string {
	p.refuseTop()
	t := p.peek()
	target := p.object()
	p.refuseHints()
	p.need("SET")
	sets := p.list(p.assignment)
	p.refuseOutput()
	table := target.sql()
	if p.take("FROM") {
		table = p.aliased(t, target)
	}
	return "UPDATE " + table + " SET " + sets + p.where()
}

func (p *parser) delete() string {
	p.refuseTop()
	p.take("FROM")
	t := p.peek()
	target := p.object()
	p.refuseOutput()
	table := target.sql()
	if p.take("FROM") {
		table = p.aliased(t, target)
	}
	return "DELETE FROM " + table + p.where()
}

func (p *parser) refuseTop() {
	if p.is("TOP") {
		panic(strange(p.peek(), "TOP in a statement that changes rows"))
	}
}

// aliased reads FROM in UPDATE and DELETE, which may only say what the target's
// alias stands for.
func (p *parser) aliased(t token, target object) string {
	o := p.object()
	alias := p.tableAlias(false)
	p.refuseHints()
	name := strings.TrimPrefix(alias, " AS ")
	if alias == "" {
		name = ident(o.name)
	}
	if p.is(",") || p.join() != "" || !target.bare() && alias != "" || ident(target.name) != name {
		panic(strange(t, "UPDATE or DELETE with FROM of more than the table itself"))
	}
	return o.sql() + alias
}

// assignment reads column = value in SET; += and the like are written out.
func (p *parser) assignment() string {
	column := ident(p.name())
	for p.take(".") {
		column = ident(p.name())
	}
	t := p.next()
	switch {
	case t.isSign("="):
		if p.take("DEFAULT") {
			return column + " = DEFAULT"
		}
		return column + " = " + p.value()
	case t.kind == sign && len(t.text) == 2 && t.text[1] == '=' && strings.Contains("+-*/", t.text[:1]):
		return column + " = " + column + " " + t.text[:1] + " (" + p.value() + ")"
	}
	panic(near(t))
}
