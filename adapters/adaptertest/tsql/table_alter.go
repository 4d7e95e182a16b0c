package tsql

import (
	"fmt"
	"strings"
)

// alterTable reads ALTER TABLE.
func (p *parser) alterTable() string {
	o := p.object()
	alter := "ALTER TABLE " + o.sql() + " "
	switch {
	case p.take("DROP", "COLUMN"):
		exists := ""
		if p.take("IF", "EXISTS") {
			exists = "IF EXISTS "
		}
		return alter + p.list(func() string { return "DROP COLUMN " + exists + ident(p.name()) })
	case p.take("DROP", "CONSTRAINT"), p.take("DROP"):
		return alter + "DROP CONSTRAINT " + ident(p.name())
	case p.take("ALTER", "COLUMN"):
		return p.alterColumn(o, alter)
	case p.take("ADD"):
		return p.addToTable(o, alter)
	}
	panic(strange(p.peek(), "ALTER TABLE … %s", p.peek().text))
}

func (p *parser) alterColumn(o object, alter string) string {
	name := p.name()
	typ := p.typ(false)
	sql := alter + "ALTER COLUMN " + ident(name) + " TYPE " + typ.pg()
	if typ.text() {
		sql += ` COLLATE "sys"."ci"`
	}
	sql += " USING " + typ.to(ident(name), false)
	if p.take("NOT", "NULL") {
		sql += ", ALTER COLUMN " + ident(name) + " SET NOT NULL"
	} else if p.take("NULL") {
		sql += ", ALTER COLUMN " + ident(name) + " DROP NOT NULL"
	}
	return sql + fmt.Sprintf(`; UPDATE "sys".written_columns SET type = %s WHERE rel = %s::regclass AND attname = %s`,
		Literal(typ.String()), Literal(o.sql()), Literal(Name(name)))
}

// addToTable reads what follows ALTER TABLE … ADD. Columns that need a trigger
// get one of their own, and it is run over the rows that are there.
func (p *parser) addToTable(o object, alter string) string {
	d := &tableDraft{table: o}
	p.take("COLUMN")
	for {
		p.tableItem(d)
		if !p.take(",") {
			break
		}
	}
	sql := alter + "ADD " + strings.Join(d.items, ", ADD ")
	if len(d.declared) == 0 {
		return sql
	}
	out := []string{sql, `INSERT INTO "sys".written_columns VALUES ` + strings.Join(d.declared, ", ")}
	if len(d.stamps) > 0 {
		first := strings.SplitN(strings.TrimPrefix(d.stamps[0], "NEW."), " :=", 2)[0]
		out = append(out, d.trigger(" "+strings.Trim(first, `"`))...)
		out = append(out, fmt.Sprintf("UPDATE %s SET %s = %s", o.sql(), first, first))
	}
	return strings.Join(out, ";\n")
}
