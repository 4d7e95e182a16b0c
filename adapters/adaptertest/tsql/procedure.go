package tsql

import (
	"fmt"
	"strings"
)

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
	return fmt.Sprintf(`INSERT INTO "sys".written_procedures VALUES (%s, %s, %s)
		ON CONFLICT (name) DO UPDATE SET parameters = excluded.parameters, body = excluded.body`,
		Literal(Name(o.name)), Literal(declarations), Literal(body))
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
