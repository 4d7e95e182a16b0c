package adapters

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"holdfast/adapters/presets"
	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

// readQueries lists the queries of the reading login, in the order of a pull.
func (e *ERP) readQueries() []string {
	all := slices.Concat([]string{"companies"}, entityOrder, []string{"gone", "hold_get", "orders_hold_get", "hold_asked", "hold_guards"})
	return slices.DeleteFunc(all, func(name string) bool { return e.cfg.Preset.Queries[name] == nil })
}

// probeQuery lets the database check names and rights of a query, with every
// optional line in place, and compares its columns.
func (e *ERP) probeQuery(ctx context.Context, conn *sql.Conn, q *presets.Query) error {
	binds := map[string]any{"customer": "0"}
	for _, name := range presets.Optional {
		switch {
		case !q.Has(name):
		case name == "since":
			binds[name] = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
		case name == "since_no":
			binds[name] = int64(1)
		case name == "closed_since":
			binds[name] = "2000-01-01"
		default:
			binds[name] = []string{"0"}
		}
	}
	text, args, err := q.Render(e.given(binds))
	if err != nil {
		return err
	}
	columns, err := e.cfg.Driver.Describe(ctx, conn, text, args)
	if err != nil {
		return e.sorted(ctx, err)
	}
	return checkColumns(q, columns)
}

// probeFingerprint names each column of the preset that this version of the ERP
// does not have.
func (e *ERP) probeFingerprint(ctx context.Context, conn *sql.Conn, f *ar.Findings) {
	tables := make([]string, 0, len(e.cfg.Preset.Fingerprint))
	for table := range e.cfg.Preset.Fingerprint {
		tables = append(tables, table)
	}
	slices.Sort(tables)
	for _, table := range tables {
		columns := e.cfg.Preset.Fingerprint[table]
		if e.reads(ctx, conn, table, columns...) == nil {
			continue
		}
		for _, column := range columns {
			if err := e.reads(ctx, conn, table, column); err != nil {
				bad(f, table+"."+column, err)
			}
		}
	}
}

// reads checks that the login may read columns of a table.
func (e *ERP) reads(ctx context.Context, conn *sql.Conn, table string, columns ...string) error {
	_, err := e.cfg.Driver.Describe(ctx, conn, "SELECT "+strings.Join(columns, ", ")+" FROM "+table, nil)
	return e.sorted(ctx, err)
}

// largeTable is from how many rows on a table may not be read from end to end
// for one customer: that comes before every message.
const largeTable = 100_000

// byCustomer are the queries that a fresh read runs.
var byCustomer = []string{"customers", "contacts", "documents", "applications"}

// probePlans refuses a query that reads a large table from end to end to find
// one customer.
func (e *ERP) probePlans(ctx context.Context, conn *sql.Conn, f *ar.Findings) {
	planner, ok := e.cfg.Driver.(Planner)
	if !ok {
		return
	}
	for _, name := range byCustomer {
		q := e.cfg.Preset.Queries[name]
		if q == nil || !q.Has("customers") {
			continue
		}
		plan, err := e.plan(ctx, conn, planner, q)
		if err != nil {
			note(f, q.File, "how the database would find one customer is not known: "+err.Error(), cureOf(err))
			continue
		}
		for _, scan := range plan.Scans {
			if scan.Rows >= largeTable {
				bad(f, q.File, fault.New(fault.Invalid, "it reads all of %s, about %d rows, to find one customer", scan.Table, scan.Rows).
					WithCure("let the ERP's administrator add an index on the column that names the customer or the document, or write "+
						"the query in your presets folder so that it begins with the customer"))
			}
		}
	}
}

// plan asks how the database would run a query for one customer.
func (e *ERP) plan(ctx context.Context, conn *sql.Conn, planner Planner, q *presets.Query) (Plan, error) {
	text, args, err := q.Render(e.given(map[string]any{"customers": []string{"0"}}))
	if err != nil {
		return Plan{}, err
	}
	plan, err := planner.Plan(ctx, conn, text, args)
	return plan, e.sorted(ctx, err)
}

// ours are the tables that the program's own scripts make.
var ours = []string{"holdfast_hold", "holdfast_lease", "holdfast_request"}

// probeWritable says what a login may write to beyond what it is for.
func (e *ERP) probeWritable(ctx context.Context, conn *sql.Conn, f *ar.Findings, login string, allowed ...string) error {
	tables, err := e.cfg.Driver.Writable(ctx, conn)
	if err = e.sorted(ctx, err); ctx.Err() != nil || fault.Is(err, fault.Transient) {
		return err
	}
	if err != nil {
		note(f, login, "what it may write is not known: "+err.Error(), "")
		return nil
	}
	for i, name := range allowed {
		allowed[i] = bareName(name)
	}
	tables = slices.DeleteFunc(tables, func(t string) bool { return slices.Contains(allowed, bareName(t)) })
	if len(tables) > 0 {
		cure := e.cfg.Preset.Rights
		if login == holdLogin {
			cure = e.cfg.Preset.HoldRights
		}
		note(f, login, fmt.Sprintf("it may write to %s", someOf(tables)), "make a login with no more than: "+strings.Join(cure, " "))
	}
	return nil
}

// The two logins, as findings name them.
const (
	readLogin = "reading login"
	holdLogin = "hold login"
)

// bareName is a table's name without its schema and quotes, in lower case.
func bareName(name string) string {
	name = strings.NewReplacer("[", "", "]", "", `"`, "").Replace(strings.ToLower(name))
	return name[strings.LastIndexByte(name, '.')+1:]
}

// someOf writes a list, cut after five.
func someOf(list []string) string {
	if len(list) > 5 {
		return strings.Join(list[:5], ", ") + " and more"
	}
	return strings.Join(list, ", ")
}
