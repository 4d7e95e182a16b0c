package sqlserver

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	mssql "github.com/microsoft/go-mssqldb"

	"holdfast/adapters"
	"holdfast/engine/fault"
)

// Plan asks how a query would be carried out. Its binds stand as variables,
// whose values the server does not look at.
func (Driver) Plan(ctx context.Context, conn *sql.Conn, query string, args []any) (adapters.Plan, error) {
	batch, err := variables(args)
	if err != nil {
		return adapters.Plan{}, err
	}
	document, err := showplan(ctx, conn, batch+query)
	if err != nil {
		return adapters.Plan{}, unplanned(err)
	}
	return parsePlan(document)
}

// variables declares the binds with their values.
func variables(args []any) (string, error) {
	var b strings.Builder
	for i, arg := range args {
		kind, err := kindOf(arg)
		if err != nil {
			return "", fmt.Errorf("bind %d: %w", i+1, err)
		}
		fmt.Fprintf(&b, "DECLARE @p%d %s = %s;\n", i+1, kind, literal(arg))
	}
	return b.String(), nil
}

// literal writes a bind in T-SQL.
func literal(v any) string {
	quoted := func(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }
	switch v := v.(type) {
	case nil:
		return "NULL"
	case mssql.VarChar:
		return quoted(string(v))
	case string:
		return "N" + quoted(v)
	case mssql.DateTime1:
		return quoted(time.Time(v).Format("20060102 15:04:05.000"))
	case bool:
		if v {
			return "1"
		}
		return "0"
	}
	return fmt.Sprint(v)
}

// showplan turns the mode on in which nothing is carried out, and off again. A
// connection that stays in it is thrown away.
func showplan(ctx context.Context, conn *sql.Conn, batch string) (document string, err error) {
	if _, err := conn.ExecContext(ctx, "SET SHOWPLAN_XML ON"); err != nil {
		return "", err
	}
	defer func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), loginTime)
		defer cancel()
		if _, off := conn.ExecContext(ctx, "SET SHOWPLAN_XML OFF"); off != nil {
			_ = conn.Raw(func(any) error { return driver.ErrBadConn })
			err = errors.Join(err, off)
		}
	}()
	err = conn.QueryRowContext(ctx, batch).Scan(&document)
	return document, err
}

// unplanned words the refusal to show a plan.
func unplanned(err error) error {
	var theirs mssql.Error
	denied := func(e mssql.Error) bool { return e.Number == 262 }
	if !errors.As(err, &theirs) || !slices.ContainsFunc(append(slices.Clone(theirs.All), theirs), denied) {
		return err
	}
	return fault.New(fault.Denied, "the login may not see how a query is carried out: %w", err).
		WithCure("let the administrator run: GRANT SHOWPLAN TO [login]; every database that the query reads needs it")
}

// endToEnd are the operators that read a table or an index whole.
var endToEnd = map[string]bool{
	"Table Scan": true, "Clustered Index Scan": true, "Index Scan": true, "Columnstore Index Scan": true, "Remote Scan": true,
}

// operator is a RelOp of a showplan: one thing that the server does.
type operator struct {
	name  string
	rows  string // that come out, as it estimates them
	reads int64  // that go in, or that the table has
	table string
}

// parsePlan reads a showplan. Its elements are described by
// schemas.microsoft.com/sqlserver/2004/07/showplan.
func parsePlan(document string) (adapters.Plan, error) {
	d := xml.NewDecoder(strings.NewReader(document))
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // it came as text
	p := planner{}
	for {
		token, err := d.Token()
		switch t := token.(type) {
		case xml.StartElement:
			p.begin(t)
		case xml.EndElement:
			p.end(t.Name.Local)
		}
		if errors.Is(err, io.EOF) && len(p.all) > 0 {
			return p.plan(), nil
		}
		if err != nil {
			return adapters.Plan{}, fmt.Errorf("the plan that the server showed cannot be read: %w", err)
		}
	}
}

// planner walks through a showplan.
type planner struct {
	path []string    // elements that are open
	open []*operator // operators that are open, outermost first
	all  []*operator
	deep []int // how deep each of all lies
}

func (p *planner) begin(e xml.StartElement) {
	parent := ""
	if len(p.path) > 0 {
		parent = p.path[len(p.path)-1]
	}
	p.path = append(p.path, e.Name.Local)
	switch e.Name.Local {
	case "RelOp":
		o := &operator{name: attribute(e, "PhysicalOp"), rows: attribute(e, "EstimateRows")}
		if o.reads = whole(attribute(e, "EstimatedRowsRead")); o.reads == 0 {
			o.reads = whole(attribute(e, "TableCardinality"))
		}
		p.all, p.deep = append(p.all, o), append(p.deep, len(p.open))
		p.open = append(p.open, o)
	case "Object":
		if n := len(p.open); n > 0 && (parent == "IndexScan" || parent == "TableScan") {
			p.open[n-1].table = name(e)
		}
	}
}

func (p *planner) end(element string) {
	p.path = p.path[:len(p.path)-1]
	if element == "RelOp" {
		p.open = p.open[:len(p.open)-1]
	}
}

// plan sums up: the operators as a tree, and each table that is read whole.
func (p *planner) plan() adapters.Plan {
	var plan adapters.Plan
	var text strings.Builder
	for i, o := range p.all {
		line := strings.Join(strings.Fields(o.name+" "+o.table), " ")
		fmt.Fprintf(&text, "%s%s, %s rows\n", strings.Repeat("  ", p.deep[i]), line, o.rows)
		known := func(s adapters.Scan) bool { return s.Table == o.table }
		if endToEnd[o.name] && o.table != "" && !slices.ContainsFunc(plan.Scans, known) {
			plan.Scans = append(plan.Scans, adapters.Scan{Table: o.table, Rows: o.reads})
		}
	}
	plan.Text = text.String()
	return plan
}

// name is the table of an Object, without brackets and database.
func name(e xml.StartElement) string {
	schema, table := unquoted(attribute(e, "Schema")), unquoted(attribute(e, "Table"))
	if schema == "" {
		return table
	}
	return schema + "." + table
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// whole reads a number that the server may write as 1.2e+006.
func whole(s string) int64 {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return 0
	}
	return int64(f)
}
