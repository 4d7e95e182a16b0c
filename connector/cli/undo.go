package cli

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"holdfast/engine/ar"
	"holdfast/engine/cycle"
	"holdfast/engine/fault"
	"holdfast/engine/store"
)

// Names of the files, beside the config, that say how to undo all holds of ours
// by hand. They lie outside the state folder, so that they outlive it.
const (
	undoSQL = "holds-undo.sql"
	undoCSV = "holds-undo.csv"
)

// undoer is an adapter that can write how to undo a hold by hand.
type undoer interface {
	UndoSQL(entry ar.HoldEntry) (string, error)
	UndoOrderSQL(entry ar.HoldEntry, o ar.HoldOrder) (string, error)
}

// writeUndo rewrites both files from the hold journal. Where no hold of ours
// stands they are removed.
func (a *App) writeUndo(ctx context.Context, st *store.Store, c *cycle.Cycle) error {
	cfg, err := a.Config()
	if err != nil {
		return err
	}
	entries, err := st.Holds(ctx, store.HoldFilter{States: inERP})
	if err != nil {
		return err
	}
	if len(entries) == 0 {
		return errors.Join(remove(filepath.Join(cfg.Dir, undoSQL)), remove(filepath.Join(cfg.Dir, undoCSV)))
	}
	table, err := undoTable(c, entries)
	if err != nil {
		return err
	}
	orders := map[int64][]ar.HoldOrder{}
	for _, e := range entries {
		if orders[e.ID], err = st.HoldOrders(ctx, e.ID); err != nil {
			return err
		}
	}
	return errors.Join(
		replaceFile(filepath.Join(cfg.Dir, undoSQL), undoStatements(c, entries, orders)),
		replaceFile(filepath.Join(cfg.Dir, undoCSV), table))
}

// undoStatements writes one statement for each hold, and one for each open order
// that it went through.
func undoStatements(c *cycle.Cycle, entries []ar.HoldEntry, orders map[int64][]ar.HoldOrder) []byte {
	var b bytes.Buffer
	b.WriteString("-- How to undo every credit hold that Holdfast placed, by hand, in the ERP's database.\n" +
		"-- Each statement changes its row only while it is still as Holdfast wrote it: no row changed\n" +
		"-- means that somebody else changed it since. Stop Holdfast before running this.\n")
	for _, e := range entries {
		fmt.Fprintf(&b, "\n-- customer %s of company %s in %s: %s, before it %s\n", oneLine(string(e.Account.Customer)),
			oneLine(string(e.Account.Company)), e.Account.Source, e.State, oneLine(e.Previous.String()))
		b.WriteString(undoText(c, e, func(u undoer) (string, error) { return u.UndoSQL(e) }))
		for _, o := range orders[e.ID] {
			if !slices.Contains(inERP, o.State) {
				continue
			}
			fmt.Fprintf(&b, "-- its order %s: %s, before it %s\n", oneLine(o.Order), o.State, oneLine(o.Previous.String()))
			b.WriteString(undoText(c, e, func(u undoer) (string, error) { return u.UndoOrderSQL(e, o) }))
		}
	}
	return b.Bytes()
}

// undoText is one statement, or in a comment why there is none.
func undoText(c *cycle.Cycle, e ar.HoldEntry, write func(undoer) (string, error)) string {
	text, err := "", error(fault.New(fault.NotFound, "its company is not in the config any more"))
	if co := companyOf(c, e.Account); co != nil {
		if u, ok := co.Adapter.(undoer); ok {
			text, err = write(u)
		}
	}
	if err != nil {
		text = "-- " + oneLine(err.Error())
	}
	return text + "\n"
}

// undoTable writes the same for people who prefer a sheet.
func undoTable(c *cycle.Cycle, entries []ar.HoldEntry) ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	rows := [][]string{{"erp", "company", "customer_id", "state", "placed_on", "previous_state", "previous_value", "our_value"}}
	for _, e := range entries {
		ours := e.Written.Value
		if co := companyOf(c, e.Account); co != nil && e.State == ar.EntryPlacing {
			ours = co.Adapter.Capability().Value.Value
		}
		rows = append(rows, []string{
			string(e.Account.Source), string(e.Account.Company), string(e.Account.Customer), string(e.State), e.PlacedOn.String(),
			string(e.Previous.Held), e.Previous.Value, ours,
		})
	}
	if err := w.WriteAll(rows); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

func companyOf(c *cycle.Cycle, id ar.AccountID) *cycle.Company {
	for _, co := range c.Companies {
		if co.Source == id.Source && co.ID == id.Company {
			return co
		}
	}
	return nil
}

// oneLine keeps a text within a comment.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// remove removes a file that may not be there.
func remove(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return undoFailed(path, err)
	}
	return nil
}

// replaceFile makes a file appear whole, in place of an older one.
func replaceFile(path string, content []byte) error {
	tmp, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return undoFailed(path, err)
	}
	_, err = tmp.Write(content)
	if err == nil {
		err = tmp.Sync()
	}
	err = errors.Join(err, tmp.Close())
	if err == nil {
		err = os.Rename(tmp.Name(), path)
	}
	if err != nil {
		return undoFailed(path, errors.Join(err, os.Remove(tmp.Name())))
	}
	return nil
}

func undoFailed(path string, err error) error {
	return fault.New(fault.Denied, "%s, which says how to undo holds by hand, was not written: %w", path, err).
		WithCure("let the service's user write to the folder of the config")
}
