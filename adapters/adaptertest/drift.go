package adaptertest

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"holdfast/engine/ar"
)

// Drift is one change that an upgrade, or a person, makes to an ERP under a
// preset's feet, and what must come of it. Drifts stand in testdata/drift; what
// they say is read from the lines before their statements:
//
//	-- drift: the day that a document is due has another name
//	-- stops: documents.sql | missing object | due_on
//	-- check: ar_document.due_on
//	ALTER TABLE ar_document RENAME COLUMN due_on TO due_date;
//
// Exactly one of stops, flaws, holds and same is there. login: RIGHTS leaves the
// reading login no more than those; cure: none is for an error that says no cure.
type Drift struct {
	Name  string
	Stops []string // words of the error that ends a pull
	Flaws []string // rows that are named and left alone, "D1 open"
	Holds []string // words of the error that writing a hold ends with; reading goes on as before
	Same  bool     // nothing changes at all
	Check []string // words of a bad finding of the probe; none: it is only in the rows, which a probe does not read
	Login []string // rights that are left to the reading login; none: all
	// NoCure: the error says what is wrong and not how to mend it.
	NoCure bool
	SQL    string
}

// Drifts reads a file of drifts. Lines before the first one are for people.
func Drifts(t testing.TB, path string) (list []Drift) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		text := lines.Text()
		if name, ok := strings.CutPrefix(text, "-- drift: "); ok {
			list = append(list, Drift{Name: name})
			continue
		}
		if len(list) == 0 {
			continue
		}
		d := &list[len(list)-1]
		if err := d.read(text); err != nil {
			t.Fatalf("%s:%d: %v", path, n, err)
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	for _, d := range list {
		if said := btoi(d.Stops != nil) + btoi(d.Flaws != nil) + btoi(d.Holds != nil) + btoi(d.Same); said != 1 {
			t.Fatalf("%s: %q says %d of stops, flaws, holds and same; it must say one", path, d.Name, said)
		}
	}
	return list
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// read takes one line of a drift.
func (d *Drift) read(text string) error {
	head, ok := strings.CutPrefix(text, "-- ")
	if !ok {
		d.SQL += text + "\n"
		return nil
	}
	word, rest, _ := strings.Cut(head, ":")
	into := map[string]*[]string{"stops": &d.Stops, "flaws": &d.Flaws, "holds": &d.Holds, "check": &d.Check, "login": &d.Login}
	switch {
	case into[word] != nil:
		for _, part := range strings.Split(rest, "|") {
			*into[word] = append(*into[word], strings.TrimSpace(part))
		}
	case word == "same":
		d.Same = true
	case word == "cure":
		d.NoCure = strings.TrimSpace(rest) == "none"
	default:
		return fmt.Errorf("there is no %q; write stops, flaws, holds, same, check, login or cure", word)
	}
	return nil
}

// picture is what a pull brought, one line a record in the order of the lines,
// and the rows that it could not take, as "D1 open".
type picture struct {
	records []string
	flaws   []string
}

func pictureOf(t testing.TB, recs []ar.Record) (p picture) {
	t.Helper()
	for _, r := range recs {
		if f, ok := r.(*ar.Flaw); ok {
			p.flaws = append(p.flaws, f.ID+" "+f.Field)
			continue
		}
		text, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		p.records = append(p.records, fmt.Sprintf("%T %s", r, text))
	}
	slices.Sort(p.records)
	slices.Sort(p.flaws)
	return p
}

// without leaves out the records of the rows that are flawed.
func (p picture) without(flaws []string) (records []string) {
	gone := map[string]bool{}
	for _, f := range flaws {
		id, _, _ := strings.Cut(f, " ")
		gone[id] = true
	}
	for _, r := range p.records {
		if !gone[idOf(r)] {
			records = append(records, r)
		}
	}
	return records
}

// idOf is the key of a record as pictureOf writes it; an account's own is its
// customer.
func idOf(record string) string {
	_, text, _ := strings.Cut(record, " ")
	var r struct {
		ID      string `json:"id"`
		Account struct {
			Customer string `json:"customer"`
		} `json:"account"`
	}
	_ = json.Unmarshal([]byte(text), &r) // a record without a key has none
	if r.ID == "" {
		return r.Account.Customer
	}
	return r.ID
}
