package statement

import (
	"context"
	"errors"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"holdfast/engine/ar"
	"holdfast/engine/ledger"
)

func options(dir string) Options {
	return Options{Month: october, OutDir: dir, Folder: "Acme: West/1", Seller: seller, Accounts: company(12, 3)}
}

func files(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestRunWritesAFilePerCustomer(t *testing.T) {
	r, err := Run(context.Background(), options(t.TempDir()))
	if err != nil {
		t.Fatal(err)
	}
	if r.Written != 12 || r.Kept != 0 || !r.Ties || len(r.Totals) != 3 {
		t.Errorf("result %+v", r)
	}
	if filepath.Base(r.Dir) != "Acme-West-1" {
		t.Errorf("folder %s", r.Dir)
	}
	names := files(t, r.Dir)
	if len(names) != 14 || !slices.Contains(names, "000003-Customer-3-Ltd-2026-10.xlsx") || !slices.Contains(names, "all-2026-10.xlsx") {
		t.Errorf("files %v", names)
	}
}

// A run that stops half way goes on where it was; a changed account and a
// damaged file are written again, all else is kept.
func TestRunIsResumable(t *testing.T) {
	dir := t.TempDir()
	stopped := errors.New("pulled the plug")
	o := options(dir)
	o.Accounts = cut(company(12, 3), 5, stopped)
	if _, err := Run(context.Background(), o); !errors.Is(err, stopped) {
		t.Fatalf("error %v", err)
	}
	if names := files(t, filepath.Join(dir, "Acme-West-1")); slices.Contains(names, "all-2026-10.xlsx") {
		t.Error("a stopped run left a workbook of all")
	}
	r, err := Run(context.Background(), options(dir))
	if err != nil || r.Kept != 5 || r.Written != 7 {
		t.Fatalf("resumed: kept %d, written %d, %v", r.Kept, r.Written, err)
	}
	all, _ := os.ReadFile(r.All)
	if err := os.WriteFile(filepath.Join(r.Dir, "000004-Customer-4-Ltd-2026-10.xlsx"), []byte("torn"), 0o600); err != nil {
		t.Fatal(err)
	}
	r, err = Run(context.Background(), options(dir))
	if err != nil || r.Kept != 11 || r.Written != 1 {
		t.Fatalf("after damage: kept %d, written %d, %v", r.Kept, r.Written, err)
	}
	again, _ := os.ReadFile(r.All)
	if string(all) != string(again) {
		t.Error("the workbook of all changed though no figure did")
	}
	o = options(dir)
	o.Accounts = company(12, 4)
	if r, err = Run(context.Background(), o); err != nil || r.Written != 12 {
		t.Errorf("other figures: written %d, %v", r.Written, err)
	}
	for _, name := range files(t, r.Dir) {
		if strings.HasSuffix(name, ".tmp") {
			t.Errorf("left behind: %s", name)
		}
	}
}

// cut passes n accounts, then an error.
func cut(seq iter.Seq2[ledger.AccountLedger, error], n int, err error) iter.Seq2[ledger.AccountLedger, error] {
	return func(yield func(ledger.AccountLedger, error) bool) {
		i := 0
		for l := range seq {
			if i++; i > n {
				yield(ledger.AccountLedger{}, err)
				return
			}
			if !yield(l, nil) {
				return
			}
		}
	}
}

func TestFileNames(t *testing.T) {
	taken := names{}
	for _, c := range []struct{ number, name, want string }{
		{"12", `A/B\C: "x" <y>|?*`, "12-A-B-C-x-y"},
		{"12", `a/b/c x y`, "12-a-b-c-x-y-2"},
		{"..", "../../etc", "customer-etc"},
		{"CON", "", "CON-"},
		{"nul.1", ".", "nul-1"},
		{"7", "Ærø Værft", "7-Ærø-Værft"},
		{"8", strings.Repeat("long ", 40), "8-" + strings.TrimSuffix(strings.Repeat("long-", 12), "-")},
	} {
		got := taken.take(customerFile(ar.Customer{Number: c.number, Name: c.name}))
		if got != c.want {
			t.Errorf("%q %q: %s, want %s", c.number, c.name, got, c.want)
		}
	}
}
