package adapters

import (
	"bytes"
	"hash/maphash"
	"strings"
	"time"

	"holdfast/adapters/presets"
	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

// field maps one canonical column into a record. A nil cell is NULL. The order
// of a record's fields matters: keys and stamp come first, then the currency,
// then what needs it.
type field[T any] struct {
	name string
	set  func(m *mapping, rec *T, cell []byte) error
}

// table turns the rows of one query into records. A row that cannot be taken
// becomes a flaw of its account; a row without its keys fails the whole read.
type table[T any] struct {
	query  *presets.Query
	codes  map[string]map[string]string
	fields []field[T]
	extra  func(*T) *ar.Extra // where x_ columns go; nil: nowhere
	m      *mapping
	take   func(*T) error
	flaw   func(*ar.Flaw) error

	steps []step[T]
}

// step is a field with the place of its column in this result.
type step[T any] struct {
	field[T]
	cell  int
	codes map[string]string
}

// mapping is what the fields of one row share.
type mapping struct {
	source     ar.Source
	company    ar.CompanyID
	base       ar.Currency
	baseDigits int

	id       string
	customer ar.CustomerID
	currency ar.Currency
	digits   int
	changed  time.Time

	entity  string
	newest  time.Time // of all rows so far
	witness bool      // the entity's rows can be asked for by their ids
	rows    newestRows
	names   map[string]string
	seed    maphash.Seed
	seen    map[uint64]struct{} // hashes of the ids so far; nil: repeats are welcome
}

// newMapping begins a query; company is nil where companies themselves are
// read. Its currency has been checked.
func newMapping(source ar.Source, company *ar.Company) *mapping {
	m := &mapping{source: source, names: map[string]string{}, seed: maphash.MakeSeed()}
	if company != nil {
		m.company, m.base = company.ID, company.BaseCurrency
		m.baseDigits, _ = m.base.Digits()
	}
	return m
}

// account is the account that the row belongs to.
func (m *mapping) account() ar.AccountID {
	return ar.AccountID{Source: m.source, Company: m.company, Customer: m.customer}
}

// intern returns one copy of a text that many rows repeat.
func (m *mapping) intern(b []byte) string {
	if s, ok := m.names[string(b)]; ok {
		return s
	}
	s := string(b)
	if len(m.names) < 10000 {
		m.names[s] = s
	}
	return s
}

// note remembers the row's stamp. A row that is refused counts too: it was
// changed all the same.
func (m *mapping) note() {
	if m.changed.After(m.newest) {
		m.newest = m.changed
	}
	if m.witness {
		m.rows.add(witness{m.entity, m.id, m.changed})
	}
}

// repeated remembers the row's id and reports whether it came before. It keeps
// 64 bits of each, so that a million ids fit in a few megabytes.
func (m *mapping) repeated() bool {
	if m.seen == nil {
		return false
	}
	h := maphash.String(m.seed, m.id)
	_, before := m.seen[h]
	m.seen[h] = struct{}{}
	return before
}

// Columns compares the result with the canonical names and plans the rows.
func (t *table[T]) Columns(cols []Column) error {
	if err := checkColumns(t.query, cols); err != nil {
		return err
	}
	for _, f := range t.fields {
		for i, c := range cols {
			if c.Name == f.name {
				t.steps = append(t.steps, step[T]{field: f, cell: i, codes: t.codes[c.Name]})
			}
		}
	}
	for i, c := range cols {
		if name, site := strings.CutPrefix(c.Name, "x_"); site && t.extra != nil {
			t.steps = append(t.steps, step[T]{field: extraField(name, c.Type, t.extra), cell: i, codes: t.codes[c.Name]})
		}
	}
	return nil
}

// Row maps one row and passes it on.
func (t *table[T]) Row(cells [][]byte) error {
	m, rec := t.m, new(T)
	m.id, m.customer, m.currency, m.changed = "", "", "", time.Time{}
	for i := range t.steps {
		st := &t.steps[i]
		cell := cells[st.cell]
		if st.codes != nil && cell != nil {
			if canonical, ok := st.codes[string(bytes.TrimRight(cell, " "))]; ok {
				cell = []byte(canonical)
			}
		}
		if err := st.set(m, rec, cell); err != nil {
			m.note()
			return t.refuse(st.name, err)
		}
	}
	m.note()
	if m.repeated() {
		return fault.New(fault.Invalid, "%s: two rows have the id %q", t.query.File, m.id).
			WithCure("the id must name one row: a join doubles it, or the key lacks a part, such as the instalment or the document type")
	}
	return t.take(rec)
}

// refuse makes a flaw of a row, or fails the read where it cannot be told whose
// row it is.
func (t *table[T]) refuse(column string, err error) error {
	if t.flaw == nil || fault.Is(err, fault.Invalid) {
		return fault.New(fault.Invalid, "%s: row %q: %s: %w", t.query.File, t.m.id, column, err)
	}
	return t.flaw(&ar.Flaw{Account: t.m.account(), Entity: t.query.Name, ID: t.m.id, Field: column, Reason: err.Error()})
}

// checkColumns refuses a result whose columns are not the canonical ones.
func checkColumns(q *presets.Query, cols []Column) error {
	names := make([]string, len(cols))
	for i, c := range cols {
		names[i] = c.Name
	}
	missing, unknown, twice := presets.Compare(q.Name, names)
	switch {
	case len(missing) > 0:
		return fault.New(fault.Invalid, "%s: the column %q is missing", q.File, missing[0]).
			WithCure("add it to the SELECT as ... AS %s", missing[0])
	case len(unknown) > 0:
		return fault.New(fault.Invalid, "%s:%d: there is no canonical column %q", q.File, q.LineOf(unknown[0]), unknown[0]).
			WithCure("take a name of docs/presets.md, or x_%s for a field of your own", unknown[0])
	case len(twice) > 0:
		return fault.New(fault.Invalid, "%s:%d: the column %q comes twice", q.File, q.LineOf(twice[0]), twice[0]).
			WithCure("leave one of them")
	}
	for _, c := range cols {
		if c.Type == Float {
			return fault.New(fault.Invalid, "%s:%d: the column %q is a floating-point number", q.File, q.LineOf(c.Name), c.Name).
				WithCure("cast it to an exact decimal in the SELECT, such as CAST(%s AS numeric(18,2))", c.Name)
		}
	}
	return nil
}
