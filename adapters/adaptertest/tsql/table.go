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
		return p.defined(sprintf(`DELETE FROM "sys".written_procedures WHERE name = %s`, Literal(Name(p.object().name))))
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

// createProcedure keeps a procedure as written: EXEC rewrites its body with
// the values of its parameters.
func (p *parser) createProcedure() string {
	o := p.object()
	open := p.take("(")
	from := p.peek().from
	to := from
	for !p.is("AS") {
		t := p.next()
		if t.kind == end {
			panic(near(t))
		}
		if t.isSign(")") && open && p.is("AS") {
			break
		}
		to = t.to
	}
	declarations := p.src[from:to]
	p.need("AS")
	from = p.peek().from
	if p.take("BEGIN") {
		from = p.peek().from
	}
	for p.peek().kind != end {
		p.next()
	}
	body := strings.TrimRight(strings.TrimSpace(p.src[from:p.peek().from]), ";")
	if n := len(body) - 3; n >= 0 && strings.EqualFold(body[n:], "END") {
		body = body[:n]
	}
	return fmt.Sprintf(`INSERT INTO "sys".written_procedures VALUES (%s, %s, %s) ON CONFLICT (name) DO UPDATE SET parameters = excluded.parameters, body = excluded.body`,
		Literal(Name(o.name)), Literal(declarations), Literal(body))
}

// alterDatabase reads ALTER DATABASE … SET READ_ONLY and READ_WRITE, which new
// connections obey. Other settings have no effect.
func (p *parser) alterDatabase() []Statement {
	p.need("DATABASE")
	if !p.take("CURRENT") {
		p.name()
	}
	p.need("SET")
	option := p.peek().upper()
	p.toEnd()
	switch option {
	case "READ_ONLY", "READ_WRITE":
		value := map[bool]string{true: "on", false: "off"}[option == "READ_ONLY"]
		return p.defined(fmt.Sprintf("SET transaction_read_only = off; DO $db$ BEGIN EXECUTE format('ALTER DATABASE %%I SET default_transaction_read_only = %s', current_database()); END $db$", value))
	}
	return []Statement{{Kind: Nothing}}
}

// createTrigger reads CREATE TRIGGER name ON table AFTER events AS changes. The
// tables inserted and deleted are not known.
func (p *parser) createTrigger() string {
	name := p.object()
	p.need("ON")
	o := p.object()
	if !p.take("AFTER") {
		p.need("FOR")
	}
	events := []string{}
	for {
		events = append(events, p.next().upper())
		if !p.take(",") {
			break
		}
	}
	p.need("AS")
	block := p.take("BEGIN")
	var body []string
	for p.peek().kind != end && !(block && p.is("END")) {
		for p.take(";") {
		}
		if block && p.is("END") || p.peek().kind == end {
			break
		}
		for _, s := range p.statement() {
			if s.Kind == Change {
				body = append(body, s.SQL+";")
			} else if s.Kind != Set && s.Kind != Nothing {
				panic(strange(p.peek(), "a trigger that does anything but change rows"))
			}
		}
	}
	if block {
		p.need("END")
	}
	f := `"sys".` + ident("trigger "+name.name)
	return fmt.Sprintf("CREATE FUNCTION %s() RETURNS trigger LANGUAGE plpgsql AS $t$ BEGIN %s RETURN NULL; END $t$; "+
		"CREATE TRIGGER %s AFTER %s ON %s FOR EACH STATEMENT EXECUTE FUNCTION %s()",
		f, strings.Join(body, " "), ident(name.name), strings.Join(events, " OR "), o.sql(), f)
}
