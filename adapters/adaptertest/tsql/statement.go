package tsql

import (
	"fmt"
	"strings"
)

// batch reads all statements.
func (p *parser) batch() []Statement {
	var list []Statement
	for {
		for p.take(";") {
		}
		if p.peek().kind == end {
			return list
		}
		from := p.peek().from
		many := p.statement()
		source := strings.TrimSpace(p.src[from:p.tokens[p.at-1].to])
		for i := range many {
			many[i].Source = source
		}
		list = append(list, many...)
	}
}

// statement reads one statement, which may become several.
func (p *parser) statement() []Statement {
	t := p.peek()
	if t.isSign("(") {
		return p.reading()
	}
	if t.kind != word {
		panic(near(t))
	}
	switch w := t.upper(); w {
	case "SELECT":
		return p.reading()
	case "WITH":
		return p.withThen()
	case "INSERT", "UPDATE", "DELETE":
		return []Statement{{Kind: Change, SQL: p.change()}}
	case "CREATE", "DROP", "ALTER", "TRUNCATE":
		return p.define()
	case "SET":
		return p.set()
	case "DECLARE":
		return p.declare()
	case "USE":
		p.next()
		return []Statement{{Kind: Set, Option: "USE", Value: p.name()}}
	case "BEGIN", "COMMIT", "ROLLBACK", "SAVE":
		return p.transaction()
	case "EXEC", "EXECUTE":
		return p.execute()
	case "GRANT", "REVOKE", "DENY":
		return p.granting()
	case "PRINT":
		p.next()
		return []Statement{{Kind: Print, SQL: p.value()}}
	case "IF":
		return p.ifThen()
	}
	if unknownStatements[t.upper()] {
		panic(strange(t, "the statement %s", t.upper()))
	}
	panic(near(t))
}

// unknownStatements begin sound T-SQL that is not rewritten.
var unknownStatements = set(`MERGE WHILE RAISERROR THROW WAITFOR RETURN OPEN CLOSE FETCH DEALLOCATE DBCC BACKUP RESTORE KILL BULK GOTO BREAK
CONTINUE CHECKPOINT RECONFIGURE`)

func (p *parser) reading() []Statement {
	q := p.whole()
	return []Statement{{Kind: Query, SQL: q.sql, Columns: q.columns}}
}

// withThen reads common table expressions and the statement they serve.
func (p *parser) withThen() []Statement {
	at := p.at
	known := len(p.ctes)
	p.need("WITH")
	with := "WITH RECURSIVE " + p.list(p.cte) + " "
	if p.is("SELECT") || p.is("(") {
		p.at, p.ctes = at, p.ctes[:known]
		return p.reading()
	}
	if !p.is("INSERT") && !p.is("UPDATE") && !p.is("DELETE") {
		panic(near(p.peek()))
	}
	sql := with + p.change()
	p.ctes = p.ctes[:known]
	return []Statement{{Kind: Change, SQL: sql}}
}

// declare reads DECLARE @a int = 1; a variable without a value is NULL.
func (p *parser) declare() []Statement {
	p.need("DECLARE")
	p.list(func() string {
		t := p.next()
		if t.kind != variable {
			panic(near(t))
		}
		p.take("AS")
		typ := p.typ(false)
		value := "NULL"
		if p.take("=") {
			value = "(" + typ.to(p.value(), false) + ")"
		}
		p.variables[strings.ToLower(t.text)] = value
		return ""
	})
	return []Statement{{Kind: Nothing}}
}

// set reads SET options, and SET @a = value.
func (p *parser) set() []Statement {
	p.need("SET")
	if t := p.peek(); t.kind == variable {
		p.next()
		p.need("=")
		p.variables[strings.ToLower(t.text)] = "(" + p.value() + ")"
		return []Statement{{Kind: Nothing}}
	}
	if p.take("TRANSACTION") {
		return []Statement{{Kind: Set, Option: "ISOLATION", Value: p.isolation()}}
	}
	option := p.next().upper()
	if option == "IDENTITY_INSERT" {
		p.object()
	}
	sign := ""
	if p.take("-") {
		sign = "-"
	}
	value := sign + p.next().upper()
	for p.take(",") { // SET ANSI_NULLS, QUOTED_IDENTIFIER ON
		value = p.next().upper()
	}
	if value == "" || sign != "" && option != "LOCK_TIMEOUT" {
		panic(near(p.peek()))
	}
	switch option {
	case "LOCK_TIMEOUT", "XACT_ABORT", "NOCOUNT", "SHOWPLAN_XML", "SHOWPLAN_ALL", "SHOWPLAN_TEXT":
		return []Statement{{Kind: Set, Option: option, Value: value}}
	case "IDENTITY_INSERT", "ANSI_NULLS", "QUOTED_IDENTIFIER", "ANSI_PADDING", "ANSI_WARNINGS", "ARITHABORT", "CONCAT_NULL_YIELDS_NULL",
		"NUMERIC_ROUNDABORT", "DATEFORMAT", "LANGUAGE", "TEXTSIZE", "DEADLOCK_PRIORITY", "ANSI_NULL_DFLT_ON", "IMPLICIT_TRANSACTIONS", "DATEFIRST":
		if option == "IMPLICIT_TRANSACTIONS" && value == "ON" || option == "DATEFORMAT" && value != "YMD" && value != "MDY" {
			panic(strange(p.peek(), "SET %s %s", option, value))
		}
		return []Statement{{Kind: Nothing}}
	}
	panic(strange(p.peek(), "SET %s", option))
}

func (p *parser) isolation() string {
	p.need("ISOLATION", "LEVEL")
	for _, level := range []string{"READ UNCOMMITTED", "READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE", "SNAPSHOT"} {
		if p.take(strings.Fields(level)...) {
			return level
		}
	}
	panic(near(p.peek()))
}

// transaction reads BEGIN TRAN, COMMIT, ROLLBACK and SAVE TRAN.
func (p *parser) transaction() []Statement {
	t := p.next()
	kind := map[string]Kind{"BEGIN": Begin, "COMMIT": Commit, "ROLLBACK": Rollback, "SAVE": Save}[t.upper()]
	if !p.take("TRANSACTION") && !p.take("TRAN") && !p.take("WORK") && kind != Commit && kind != Rollback {
		panic(strange(t, "%s without TRANSACTION", t.upper()))
	}
	s := Statement{Kind: kind}
	if p.named() {
		s.Value = Name(p.name())
	}
	return []Statement{s}
}

// execute reads EXEC procedure arguments.
func (p *parser) execute() []Statement {
	p.next()
	if p.peek().kind == variable && p.ahead(1).isSign("=") {
		p.next()
		p.next()
	}
	if p.is("(") {
		panic(strange(p.peek(), "EXEC of a text"))
	}
	o := p.object()
	s := Statement{Kind: Execute, Procedure: Name(o.name)}
	if p.peek().kind == end || p.is(";") || p.startsStatement() {
		return []Statement{s}
	}
	for {
		var a Argument
		if t := p.peek(); t.kind == variable && p.ahead(1).isSign("=") {
			a.Name = strings.ToLower(t.text)
			p.next()
			p.next()
		}
		a.SQL = p.argument()
		s.Arguments = append(s.Arguments, a)
		if !p.take("OUTPUT") {
			p.take("OUT")
		}
		if !p.take(",") {
			return []Statement{s}
		}
	}
}

// argument reads a constant or a variable; a bare word is a text.
func (p *parser) argument() string {
	if t := p.peek(); p.named() {
		p.next()
		return Literal(t.text)
	}
	return p.term()
}

func (p *parser) startsStatement() bool {
	t := p.peek()
	return t.kind == word && reserved[t.upper()] && t.upper() != "NULL" && t.upper() != "DEFAULT"
}

// granting reads GRANT, REVOKE and DENY of rights on a table. DENY is REVOKE here:
// PostgreSQL has no right that outdoes another. What is granted on anything else has
// no effect.
func (p *parser) granting() []Statement {
	verb := p.next().upper()
	if verb == "DENY" {
		verb = "REVOKE"
	}
	rights := p.list(p.right)
	if !p.take("ON") {
		return p.toEnd()
	}
	if p.named() && p.ahead(1).isSign(":") {
		if !p.is("OBJECT") {
			return p.toEnd()
		}
		p.at += 3
	}
	o := p.object()
	if p.is("(") {
		columns := p.parens(func() string { return p.list(p.keyColumn) })
		rights = strings.Join(strings.Split(rights, ", "), columns+", ") + columns
	}
	preposition := "TO"
	if verb == "REVOKE" && p.take("FROM") {
		preposition = "FROM"
	} else {
		p.need("TO")
		preposition = map[string]string{"GRANT": "TO", "REVOKE": "FROM"}[verb]
	}
	who := p.name()
	sql := fmt.Sprintf("%s %s ON %s %s %s", verb, rights, o.sql(), preposition, ident(who))
	return []Statement{{Kind: Grant, Value: Name(who), SQL: sql}}
}

// right reads one right, with its columns where they are written.
func (p *parser) right() string {
	var words []string
	for p.peek().kind == word && !p.is("ON") && !p.is("TO") && !p.is("FROM") {
		words = append(words, p.next().upper())
	}
	sql := strings.Join(words, " ")
	if p.is("(") {
		sql += " " + p.parens(func() string { return p.list(p.keyColumn) })
	}
	return sql
}

// toEnd passes the rest of a statement that has no effect here.
func (p *parser) toEnd() []Statement {
	for p.peek().kind != end && !p.is(";") {
		p.next()
	}
	return []Statement{{Kind: Nothing}}
}

// createLogin reads CREATE LOGIN name WITH PASSWORD = 'text'. The login is a user
// of the database at once.
func (p *parser) createLogin() []Statement {
	name := p.name()
	p.need("WITH", "PASSWORD", "=")
	password := p.next()
	if password.kind != text {
		panic(near(password))
	}
	p.toEnd()
	return []Statement{{Kind: Login, Value: Name(name), Option: password.text, SQL: "CREATE ROLE " + ident(name)}}
}

// ifThen reads IF condition statement, where the statement becomes SQL and is
// carried out only where the condition holds.
func (p *parser) ifThen() []Statement {
	p.need("IF")
	condition := p.predicate()
	block := p.take("BEGIN")
	var body []string
	for {
		for _, s := range p.statement() {
			if s.Kind != Change && s.Kind != Define {
				panic(strange(p.peek(), "IF before anything but a change of rows or tables"))
			}
			body = append(body, s.SQL+";")
		}
		for p.take(";") {
		}
		if !block || p.take("END") {
			break
		}
	}
	if p.is("ELSE") {
		panic(strange(p.peek(), "IF … ELSE"))
	}
	return []Statement{{Kind: Define, SQL: fmt.Sprintf("DO $if$ BEGIN IF %s THEN %s END IF; END $if$", condition, strings.Join(body, " "))}}
}
