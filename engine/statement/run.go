package statement

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/ledger"
)

// Options say what a month-end run writes and where.
type Options struct {
	Month    ar.Day // any day of the month
	OutDir   string
	Folder   string // of the company under OutDir; made safe as a file name
	Seller   Seller
	Accounts iter.Seq2[ledger.AccountLedger, error] // of one company, ordered by customer number
	Control  ar.Balance                             // the control account at the month's end; nil where not known
	Done     func(customers int)                    // called after each account, for a progress bar; may be nil
}

// Result is what a run did.
type Result struct {
	Dir     string   `json:"dir"`
	All     string   `json:"all"` // the workbook of all customers
	Written int      `json:"written"`
	Kept    int      `json:"kept"` // there already, from the same figures
	Idle    int      `json:"idle"` // accounts with nothing to state, so no file
	Totals  []Totals `json:"totals"`
	Ties    bool     `json:"ties"`
}

// Run writes the month's workbooks of one company: OutDir/FOLDER/NUMBER-NAME-
// 2026-10.xlsx for every account with something to state, and all-2026-10.xlsx.
// Each file appears whole or not at all. A run that was stopped goes on where
// it was: files whose figures have not changed are kept. It reads the accounts
// once and keeps one at a time.
func Run(ctx context.Context, o Options) (Result, error) {
	r, err := newRun(o)
	if err != nil {
		return Result{}, err
	}
	defer r.close()
	for account, err := range o.Accounts {
		if err == nil {
			err = ctx.Err()
		}
		if err == nil {
			err = r.account(account)
		}
		if err != nil {
			return r.result, fault.Wrap("statement run", err)
		}
		if o.Done != nil {
			o.Done(r.result.Written + r.result.Kept + r.result.Idle)
		}
	}
	return r.result, fault.Wrap("statement run", r.finish())
}

// run is one company's month being written.
type run struct {
	Options
	month    *month
	manifest *manifest
	names    names
	result   Result
	stamp    string // 2026-10
}

func newRun(o Options) (*run, error) {
	r := &run{Options: o, names: names{}, stamp: o.Month.String()[:len("2026-10")]}
	r.result.Dir = filepath.Join(o.OutDir, fileName(o.Folder, "company"))
	if err := os.MkdirAll(r.result.Dir, 0o750); err != nil {
		return nil, fault.New(fault.Invalid, "statement run: %w", err).WithCure("name a folder that can be written to")
	}
	var err error
	if r.manifest, err = openManifest(filepath.Join(r.result.Dir, "manifest-"+r.stamp+".jsonl")); err != nil {
		return nil, err
	}
	if r.month, err = newMonth(o.Seller, o.Month); err != nil {
		return nil, firstError(err, r.manifest.close())
	}
	r.names.take("all-" + r.stamp)
	return r, nil
}

// close releases what a run holds, finished or not.
func (r *run) close() {
	_ = r.month.book.Close() // temporary files of a book that is written or given up
	_ = r.manifest.close()
}

// account writes one account's workbook and its rows in the workbook of all.
func (r *run) account(account ledger.AccountLedger) error {
	s := Statement{Seller: r.Seller, Account: account, Month: r.Month}
	parts := sections(account, s.first(), s.last())
	if err := r.month.add(account.Customer, parts); err != nil {
		return err
	}
	if len(parts) == 0 {
		r.result.Idle++
		return nil
	}
	name := r.names.take(customerFile(account.Customer)+"-"+r.stamp) + ".xlsx"
	inputs := fingerprint(s, parts)
	if r.manifest.has(name, inputs, r.result.Dir) {
		r.result.Kept++
		return nil
	}
	var buf bytes.Buffer
	if err := customer(&buf, s, parts); err != nil {
		return fmt.Errorf("account %s: %w", account.Customer.Account, err)
	}
	if err := writeFile(filepath.Join(r.result.Dir, name), func(w io.Writer) error { _, err := w.Write(buf.Bytes()); return err }); err != nil {
		return err
	}
	r.result.Written++
	return r.manifest.add(name, inputs, buf.Bytes())
}

// finish writes the workbook of all customers and says whether it ties.
func (r *run) finish() error {
	r.result.All = filepath.Join(r.result.Dir, "all-"+r.stamp+".xlsx")
	if err := writeFile(r.result.All, func(w io.Writer) error { return r.month.finish(w, r.Control) }); err != nil {
		return err
	}
	r.result.Totals, r.result.Ties = r.month.sums, r.month.sums.tie()
	return r.manifest.compact()
}

// writeFile makes a file appear whole: it writes beside it and renames.
func writeFile(path string, write func(io.Writer) error) error {
	tmp, err := os.CreateTemp(filepath.Dir(path), ".writing-*.tmp")
	if err != nil {
		return err
	}
	err = write(tmp)
	if err == nil {
		err = tmp.Sync()
	}
	err = firstError(err, tmp.Close())
	if err == nil {
		err = os.Chmod(tmp.Name(), 0o640)
	}
	if err == nil {
		err = os.Rename(tmp.Name(), path)
	}
	if err != nil {
		_ = os.Remove(tmp.Name()) // the cause is in err
		return fault.New(fault.KindOf(err), "writing %s: %w", path, err).WithCure("close the file where it is open, see that there is room, and run again")
	}
	return nil
}
