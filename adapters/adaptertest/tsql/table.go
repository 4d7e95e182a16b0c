package tsql

import (
	"fmt"
	"strings"
)

// define reads CREATE, DROP, ALTER and TRUNCATE.
func (p *parser) define() []Statement {
	t := p.next()
	what := p.peek().upper()
	if t.is("CREATE") && p.take("OR", "ALTER") {
		what = p.peek().upper()
	}
	switch t.upper() + " " + what {
	case "CREATE TABLE":
		p.next()
		return p.defined(p.createTable())
	case "CREATE VIEW":
		p.next()
		return p.defined(p.createView())
	case "CREATE SCHEMA":
		p.next()
		name := ident(p.name())
		return p.defined("CREATE SCHEMA " + name + "; GRANT USAGE ON SCHEMA " + name + " TO PUBLIC")
	case "CREATE INDEX", "CREATE UNIQUE", "CREATE CLUSTERED", "CREATE NONCLUSTERED":
		return p.defined(p.createIndex())
	case "CREATE PROCEDURE", "CREATE PROC", "ALTER PROCEDURE", "ALTER PROC":
		p.next()
		return p.defined(p.createProcedure())
	case "DROP TABLE", "DROP VIEW", "DROP SCHEMA":
		p.next()
		return p.defined(p.drop(what))
	case "DROP PROCEDURE", "DROP PROC":
		p.next()
		p.take("IF", "EXISTS")
		return p.defined(fmt.Sprintf(`DELETE FROM "sys".written_procedures WHERE name = %s`, Literal(Name(p.object().name))))
	case "DROP INDEX":
		p.next()
		return p.defined(p.dropIndex())
	case "ALTER TABLE":
		p.next()
		return p.defined(p.alterTable())
	case "CREATE LOGIN":
		p.next()
		return p.createLogin()
	case "ALTER DATABASE":
		return p.alterDatabase()
	case "CREATE TRIGGER":
		p.next()
		return p.defined(p.createTrigger())
	case "CREATE USER", "ALTER ROLE", "CREATE ROLE", "DROP USER", "DROP LOGIN":
		return p.toEnd()
	case "TRUNCATE TABLE":
		p.next()
		return p.defined("TRUNCATE TABLE " + p.object().sql())
	}
	panic(strange(t, "%s %s", t.upper(), what))
}

func (p *parser) defined(sql string) []Statement {
	return []Statement{{Kind: Define, SQL: sql}}
}

func (p *parser) drop(what string) string {
	sql := "DROP " + what + " "
	if p.take("IF", "EXISTS") {
		sql += "IF EXISTS "
	}
	if what == "SCHEMA" {
		return sql + ident(p.name())
	}
	return sql + p.list(func() string { return p.object().sql() })
}

// tableDraft gathers what CREATE TABLE says.
type tableDraft struct {
	table    object
	items    []string // columns and constraints for PostgreSQL
	declared []string // rows of sys.written_columns
	stamps   []string // assignments of the trigger
}

func (p *parser) createTable() string {
	d := &tableDraft{table: p.object()}
	p.need("(")
	for {
		p.tableItem(d)
		if !p.take(",") || p.is(")") {
			break
		}
	}
	p.need(")")
	p.storage()
	out := []string{"CREATE TABLE " + d.table.sql() + " (" + strings.Join(d.items, ", ") + ")", d.remembered()}
	return strings.Join(append(out, d.trigger("")...), ";\n")
}

// storage passes ON [PRIMARY], TEXTIMAGE_ON … and WITH (…).
func (p *parser) storage() {
	for {
		switch {
		case p.take("ON"), p.take("TEXTIMAGE_ON"):
			if !p.take("PRIMARY") {
				p.name()
			}
		case p.take("WITH"):
			p.options()
		default:
			return
		}
	}
}

// remembered writes down how the table was declared.
func (d *tableDraft) remembered() string {
	return fmt.Sprintf(`INSERT INTO "sys".written_tables VALUES (%s::regclass, %s); INSERT INTO "sys".written_columns VALUES %s`,
		Literal(d.table.sql()), Literal(d.table.name), strings.Join(d.declared, ", "))
}

// trigger pads char columns and counts rowversions; suffix tells it from the
// table's others.
func (d *tableDraft) trigger(suffix string) []string {
	if len(d.stamps) == 0 {
		return nil
	}
	f := `"sys".` + ident("stamp "+d.table.schema+" "+d.table.name+suffix)
	return []string{
		fmt.Sprintf("CREATE OR REPLACE FUNCTION %s() RETURNS trigger LANGUAGE plpgsql AS $stamp$ BEGIN %s RETURN NEW; END $stamp$",
			f, strings.Join(d.stamps, " ")),
		fmt.Sprintf(`CREATE TRIGGER %s BEFORE INSERT OR UPDATE ON %s FOR EACH ROW EXECUTE FUNCTION %s()`, ident("~stamp"+suffix), d.table.sql(), f),
	}
}

func (p *parser) tableItem(d *tableDraft) {
	name := ""
	if p.take("CONSTRAINT") {
		name = p.name()
	}
	switch {
	case p.is("PRIMARY"), p.is("UNIQUE"), p.is("FOREIGN"), p.is("CHECK"):
		d.items = append(d.items, p.constraint(d.table, name, ""))
	case p.is("INDEX"):
		panic(strange(p.peek(), "an INDEX inside CREATE TABLE"))
	default:
		p.columnItem(d)
	}
}

// columnItem reads one column and keeps what PostgreSQL must know of it.
func (p *parser) columnItem(d *tableDraft) {
	name := ""
	if p.is("timestamp") && (p.ahead(1).isSign(",") || p.ahead(1).is("NOT") || p.ahead(1).isSign(")")) {
		name = "timestamp" // a column of that type may go without a name
	} else {
		name = p.name()
	}
	if p.take("AS") {
		e := p.parens(p.value)
		p.take("PERSISTED")
		panic(strange(p.peek(), "the computed column %s %s", name, e))
	}
	typ := p.typ(false)
	sql := ident(name) + " " + typ.pg()
	if typ.text() {
		collation := `"sys"."ci"`
		if p.take("COLLATE") {
			collation = p.collation()
		}
		sql += " COLLATE " + collation
	}
	d.stamp(name, typ)
	d.items = append(d.items, sql+p.columnOptions(d, name))
	d.declared = append(d.declared, fmt.Sprintf("(%s::regclass, %s, %s, %s)", Literal(d.table.sql()), Literal(Name(name)), Literal(name), Literal(typ.String())))
}

// stamp keeps what the trigger does to a column.
func (d *tableDraft) stamp(name string, typ Type) {
	c := "NEW." + ident(name)
	switch typ.Name {
	case "char", "nchar":
		d.stamps = append(d.stamps, fmt.Sprintf("%s := rpad(%s, %d);", c, c, typ.Length))
	case "bit":
		d.stamps = append(d.stamps, fmt.Sprintf("%s := abs(sign(%s));", c, c))
	case "rowversion", "timestamp":
		d.stamps = append(d.stamps, c+` := "sys".next_rowversion();`)
	case "binary":
		d.stamps = append(d.stamps, fmt.Sprintf(`%s := "sys".to_binary(%s, %d);`, c, c, typ.Length))
	}
}

// columnOptions reads what follows the type of a column.
func (p *parser) columnOptions(d *tableDraft, column string) string {
	sql := ""
	for {
		name := ""
		if p.take("CONSTRAINT") {
			name = p.name()
		}
		switch {
		case p.take("NOT", "NULL"):
			sql += " NOT NULL"
		case p.take("NULL"), p.take("ROWGUIDCOL"), p.take("NOT", "FOR", "REPLICATION"), p.take("SPARSE"):
		case p.take("IDENTITY"):
			sql += " GENERATED BY DEFAULT AS IDENTITY"
			if p.take("(") {
				from := p.integer()
				p.need(",")
				sql += " (START WITH " + from + " INCREMENT BY " + p.integer() + ")"
				p.need(")")
			}
		case p.take("DEFAULT"):
			sql += " DEFAULT " + p.term()
		case p.is("PRIMARY"), p.is("UNIQUE"), p.is("CHECK"), p.is("REFERENCES"), p.is("FOREIGN"):
			sql += " " + p.constraint(d.table, name, column)
		default:
			return sql
		}
	}
}

// constraint reads a constraint of a table, or of a column where one is given.
// A primary key becomes a unique one: PostgreSQL lets queries that group by a
// primary key name the other columns, which SQL Server refuses.
func (p *parser) constraint(table object, name, column string) string {
	sql := ""
	if name != "" {
		sql = "CONSTRAINT " + ident(name) + " "
	}
	switch {
	case p.take("PRIMARY", "KEY"):
		sql = "CONSTRAINT " + ident("pk~"+table.schema+"~"+table.name) + " UNIQUE"
	case p.take("UNIQUE"):
		sql += "UNIQUE NULLS NOT DISTINCT"
	case p.take("CHECK"):
		return sql + "CHECK " + p.parens(p.predicate)
	case p.take("FOREIGN", "KEY"):
		if column == "" {
			sql += "FOREIGN KEY " + p.parens(func() string { return p.list(func() string { return ident(p.name()) }) }) + " "
		}
		return sql + p.references()
	default:
		return sql + p.references()
	}
	if !p.take("CLUSTERED") {
		p.take("NONCLUSTERED")
	}
	if column == "" {
		sql += " " + p.parens(func() string { return p.list(p.keyColumn) })
	}
	p.storage()
	return sql
}

func (p *parser) keyColumn() string {
	c := ident(p.name())
	if !p.take("ASC") {
		p.take("DESC")
	}
	return c
}

func (p *parser) references() string {
	p.need("REFERENCES")
	sql := "REFERENCES " + p.object().sql()
	if p.is("(") {
		sql += " " + p.parens(func() string { return p.list(p.keyColumn) })
	}
	return sql
}

func (p *parser) createView() string {
	o := p.object()
	columns := ""
	var given []string
	if p.is("(") {
		columns = " " + p.parens(func() string {
			return p.list(func() string { given = append(given, p.name()); return ident(given[len(given)-1]) })
		})
	}
	p.need("AS")
	t := p.peek()
	q := p.whole()
	p.refuseOrder(q)
	if given == nil {
		p.checkColumns(t, o.name, q.columns)
	}
	return "CREATE OR REPLACE VIEW " + o.sql() + columns + " AS " + q.sql +
		fmt.Sprintf(`; INSERT INTO "sys".written_tables VALUES (%s::regclass, %s)`, Literal(o.sql()), Literal(o.name))
}

func (p *parser) createIndex() string {
	sql := "CREATE "
	if p.take("UNIQUE") {
		sql += "UNIQUE "
	}
	if !p.take("CLUSTERED") {
		p.take("NONCLUSTERED")
	}
	p.need("INDEX")
	name := p.name()
	p.need("ON")
	o := p.object()
	sql += "INDEX " + ident(o.name+"~"+name) + " ON " + o.sql() + " " + p.parens(func() string { return p.list(p.keyColumn) })
	if p.take("INCLUDE") {
		sql += " INCLUDE " + p.parens(func() string { return p.list(p.keyColumn) })
	}
	sql += p.where()
	p.storage()
	return sql
}

func (p *parser) dropIndex() string {
	exists := ""
	if p.take("IF", "EXISTS") {
		exists = "IF EXISTS "
	}
	name := p.name()
	p.need("ON")
	o := p.object()
	return "DROP INDEX " + exists + o.schemaSQL() + "." + ident(o.name+"~"+name)
}
