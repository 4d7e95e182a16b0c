package cli

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/intake"
	"holdfast/engine/store"
	"holdfast/engine/worklist"
)

// rowIntake turns one filled row into facts. All of a row is looked at before
// any of it is told.
type rowIntake struct {
	*importer
	*worklist.Filled
	task     store.Task
	account  intake.Account // zero where the task is of no customer
	earlier  []intake.Fact  // whatever was told of the customer, over or not
	known    int            // what the row tells was told before
	facts    []newFact
	problems []worklist.Problem
}

// newFact is a fact to be told, with the cell that it comes from and the older
// one that it replaces.
type newFact struct {
	intake.Fact
	head string
	over int64 // 0: none
}

// row tells what one row says.
func (im *importer) row(ctx context.Context, f *worklist.Filled, out *intakeFile) ([]worklist.Problem, error) {
	r := &rowIntake{importer: im, Filled: f}
	if ok, err := r.find(ctx); err != nil || !ok {
		return r.problems, err
	}
	r.promise()
	r.dispute()
	r.note()
	r.outcome()
	if len(r.problems) > 0 {
		return r.problems, nil
	}
	out.Known += r.known
	err := r.tell(ctx, out)
	return r.problems, err
}

// wrong says what is wrong with a cell.
func (r *rowIntake) wrong(head, what, cure string) {
	r.problems = append(r.problems, worklist.Problem{Sheet: worklist.SheetToday, Cell: r.Cell(head), What: what, Cure: cure})
}

// refuse says of an error of intake which cell it is about; any other error is
// returned.
func (r *rowIntake) refuse(head string, err error) error {
	for _, kind := range []fault.Kind{fault.Invalid, fault.NotFound, fault.Conflict, fault.Denied} {
		if fault.Is(err, kind) {
			r.wrong(head, err.Error(), "")
			return nil
		}
	}
	return err
}

// find reads the row's task and account. ok is false where the row is about
// nothing that is known.
func (r *rowIntake) find(ctx context.Context) (ok bool, err error) {
	p, configured := r.among[r.Company]
	if !configured {
		r.wrong(worklist.CellTask, "its company "+r.Company+" is not in the config any more", "put its [[company]] table back")
		return false, nil
	}
	r.task, err = r.store.Task(ctx, r.ID)
	if fault.Is(err, fault.NotFound) || err == nil && (r.task.Key != r.Task || r.task.Party.Company != p.ERP.ID || r.task.Party.Source != p.ERP.Source) {
		r.wrong(worklist.CellTask, "the task is not known: the list was made from another state", "fill the row in in a fresh worklist")
		return false, nil
	}
	if err != nil || r.task.Account.Customer == "" {
		return err == nil, err
	}
	if r.account, err = r.store.IntakeAccount(ctx, r.task.Account); err != nil {
		return false, r.refuse(worklist.CellTask, err)
	}
	r.earlier, err = r.store.Facts(ctx, store.FactFilter{
		Source: r.task.Account.Source, Company: r.task.Account.Company, Customer: r.task.Account.Customer,
	})
	return err == nil, err
}

// teller is who tells what a row says: whoever's list it stood in.
func (r *rowIntake) teller(what string, content ...any) intake.Teller {
	day := r.asOf
	if day.IsZero() {
		day = r.among[r.Company].today()
	}
	return intake.Teller{By: ar.ProposedBy(r.List), On: day, At: r.at, Key: r.key(what) + digest(content...)}
}

// key begins the key of whatever a row tells of one kind.
func (r *rowIntake) key(what string) string {
	return "worklist:" + digest(r.Company, strings.ToLower(r.List), r.Task) + ":" + what + ":"
}

// digest is a short hash of what was filled in.
func digest(content ...any) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%q", content))
	return hex.EncodeToString(sum[:8])
}

// told reports whether a fact of a key was told before. One that is over since
// by a person's word, or by a correction, is not told again silently.
func (r *rowIntake) told(head, key string) bool {
	i := slices.IndexFunc(r.earlier, func(f intake.Fact) bool { return f.Key == key })
	if i < 0 {
		return false
	}
	f := &r.earlier[i]
	ends := slices.ContainsFunc(r.earlier, func(end intake.Fact) bool {
		return end.Kind == intake.End && end.Ref == f.ID && end.Code == intake.Withdrawn
	})
	if ends {
		r.wrong(head, fmt.Sprintf("the %s was told before, as %d, and has been withdrawn or replaced since", f.Kind, f.ID),
			fmt.Sprintf("where it holds again tell it with holdfast %s add", f.Kind))
	} else {
		r.known++
	}
	return true
}

// replaced returns what this row told of a kind before and still stands, 0 where
// it told nothing, and the account without it.
func (r *rowIntake) replaced(what string) (int64, intake.Account) {
	account := r.account
	i := slices.IndexFunc(account.Facts, func(f intake.Fact) bool { return strings.HasPrefix(f.Key, r.key(what)) })
	if i < 0 {
		return 0, account
	}
	over := account.Facts[i].ID
	account.Facts = slices.Delete(slices.Clone(account.Facts), i, i+1)
	return over, account
}

// add keeps a fact to be told, or what is wrong with it.
func (r *rowIntake) add(head string, f intake.Fact, over int64, err error) {
	if err != nil {
		r.wrong(head, err.Error(), "")
		return
	}
	r.facts = append(r.facts, newFact{f, head, over})
}

// tell tells all facts of a row. What an older one says that a new one replaces
// is over first; where the program ends in between the file comes again.
func (r *rowIntake) tell(ctx context.Context, out *intakeFile) error {
	for _, f := range r.facts {
		if f.over != 0 {
			if err := r.withdraw(ctx, f.over); err != nil {
				return err
			}
			out.Replaced++
		}
		kept, err := r.store.AddFact(ctx, f.Fact)
		if err != nil {
			if err = r.refuse(f.head, err); err != nil {
				return err
			}
			continue
		}
		if kept.At.Equal(r.at) {
			out.Told++
		} else {
			out.Known++
		}
	}
	return nil
}

// withdraw ends what this row told before.
func (r *rowIntake) withdraw(ctx context.Context, id int64) error {
	f, err := r.account.End(r.teller("end", id), id, intake.Withdrawn, "corrected in the worklist")
	if err == nil {
		_, err = r.store.AddFact(ctx, f)
	}
	return err
}
