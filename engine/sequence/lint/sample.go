package lint

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"

	"holdfast/engine/ar"
	"holdfast/engine/sequence"
)

// maxSamples bounds how many combinations of values conditions are tried with.
// Of more than these, so many are drawn.
const maxSamples = 10_000

// base stands for a company's own currency.
const base = ar.Currency("USD")

// words are the values that fields of few words can have.
var words = map[string][]string{
	"document.kind": {"invoice", "debit_memo", "credit_memo", "finance_charge", "receipt", "prepayment", "retention", "opening"},
	"dispute.state": {"open", "waiting"},
	"promise.state": {"open", "kept", "partly", "broken"},
}

// space is every combination of the values at which conditions can change their
// mind.
type space struct {
	fields []sequence.Asked
	values [][]any
	size   float64
}

// newSpace spans the fields of several conditions.
func newSpace(lists ...[]sequence.Asked) *space {
	s := &space{size: 1}
	for _, list := range lists {
		for _, f := range list {
			s.add(f)
		}
	}
	slices.SortStableFunc(s.fields, func(a, b sequence.Asked) int { return cmp.Compare(remote(a), remote(b)) })
	for _, f := range s.fields {
		values := valuesOf(f)
		s.values = append(s.values, values)
		s.size *= float64(len(values))
	}
	return s
}

// remote puts what is the subject's own before what is its account's or its
// customer's.
func remote(f sequence.Asked) int {
	return slices.Index([]string{"outcome", "account", "customer", "company"}, f.Path[0])
}

// add joins the constants of a field that is there already.
func (s *space) add(f sequence.Asked) {
	for i := range s.fields {
		if s.fields[i].Name() == f.Name() {
			s.fields[i].With = append(slices.Clone(s.fields[i].With), f.With...)
			return
		}
	}
	s.fields = append(s.fields, f)
}

// most is how many combinations are tried: fewer of many fields, since each
// costs its number of fields.
func (s *space) most() int {
	return min(maxSamples, 10*maxSamples/max(1, len(s.fields)))
}

// capped reports whether only some of the combinations are tried.
func (s *space) capped() bool { return s.size > float64(s.most()) }

// tried says how many combinations were looked at, where that is not all.
func (s *space) tried() string {
	if !s.capped() {
		return ""
	}
	return fmt.Sprintf(" (tried %d of %.3g combinations)", s.most(), s.size)
}

// each calls visit with one combination after the other, always the same, until
// it returns false. at says which values the facts hold.
func (s *space) each(visit func(f *sequence.Facts, at []int) bool) {
	facts, at := sequence.NewFacts(), make([]int, len(s.fields))
	for i := range s.fields {
		facts.Set(s.fields[i].Path, s.values[i][0])
	}
	draw := rand.New(rand.NewPCG(1, 2))
	for n := 0; n < int(math.Min(s.size, float64(s.most()))); n++ {
		if !visit(facts, at) {
			return
		}
		s.next(facts, at, draw)
	}
}

// next turns to another combination: the following one, or one that is drawn.
func (s *space) next(facts *sequence.Facts, at []int, draw *rand.Rand) {
	for i := range s.fields {
		before := at[i]
		if s.capped() {
			at[i] = draw.IntN(len(s.values[i]))
		} else {
			at[i] = (at[i] + 1) % len(s.values[i])
		}
		if at[i] != before {
			facts.Set(s.fields[i].Path, s.values[i][at[i]])
		}
		if !s.capped() && at[i] != 0 {
			return
		}
	}
}

// text writes a combination for people: days_past_due = 5, white_glove = false.
func (s *space) text(at []int) string {
	var parts []string
	for i, f := range s.fields {
		parts = append(parts, s.short(f)+" = "+valueText(s.values[i][at[i]]))
	}
	if len(parts) == 0 {
		return "whatever it is"
	}
	return strings.Join(parts, ", ")
}

// short is the last part of a field's name, where no other ends so.
func (s *space) short(f sequence.Asked) string {
	last, same := f.Path[len(f.Path)-1], 0
	for _, o := range s.fields {
		if o.Path[len(o.Path)-1] == last {
			same++
		}
	}
	if same > 1 {
		return f.Name()
	}
	return last
}

func valueText(value any) string {
	switch v := value.(type) {
	case nil:
		return "nothing"
	case string:
		if v == "" || strings.Contains(v, " ") {
			return fmt.Sprintf("%q", v)
		}
	case ar.Money:
		return v.String()
	case sequence.Sum:
		return v.Balance.String()
	}
	return fmt.Sprint(value)
}

// valuesOf lists the values of a field around its constants.
func valuesOf(f sequence.Asked) []any {
	switch f.Type {
	case reflect.TypeFor[ar.Money]():
		return moneys(f.With, func(m ar.Money) any { return m })
	case reflect.TypeFor[sequence.Sum]():
		return moneys(f.With, func(m ar.Money) any {
			return sequence.Sum{Balance: ar.Balance{m}, Base: ar.Money{Minor: m.Minor, Currency: base}, BaseKnown: true}
		})
	}
	switch f.Type.Kind() {
	case reflect.Bool:
		return []any{false, true}
	case reflect.Int:
		return numbers(f.With)
	case reflect.String:
		return texts(f)
	case reflect.Slice:
		return lists(f.With)
	}
	return slices.Concat([]any{nil, false, true}, numbers(f.With), texts(f))
}

func numbers(with []any) []any {
	set := map[int]bool{}
	for _, c := range with {
		if n, ok := c.(int); ok {
			set[n-1], set[n], set[n+1] = true, true, true
		}
	}
	if len(set) == 0 {
		set[0], set[1] = true, true
	}
	return sorted(set)
}

func sorted(set map[int]bool) []any {
	var list []int
	for n := range set {
		list = append(list, n)
	}
	slices.Sort(list)
	var out []any
	for _, n := range list {
		out = append(out, n)
	}
	return out
}

func texts(f sequence.Asked) []any {
	var out []any
	for _, w := range words[f.Name()] {
		out = append(out, w)
	}
	for _, c := range f.With {
		if _, ok := c.(string); ok && !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	if words[f.Name()] == nil {
		out = append(out, "another")
	}
	return out
}

func lists(with []any) []any {
	out, all := []any{[]string{}}, []string{}
	for _, c := range with {
		if text, ok := c.(string); ok {
			out, all = append(out, []string{text}), append(all, text)
		}
	}
	if len(all) == 0 {
		all = []string{"another", "one"}
		out = append(out, all[:1])
	}
	return append(out, all)
}

// moneys lists amounts a unit around each constant, as wrap makes them.
func moneys(with []any, wrap func(ar.Money) any) []any {
	var list []ar.Money
	add := func(minor int64, cur ar.Currency) {
		for d := int64(-1); d <= 1; d++ {
			if m := (ar.Money{Minor: minor + d, Currency: cur}); !slices.Contains(list, m) {
				list = append(list, m)
			}
		}
	}
	for _, c := range with {
		switch c := c.(type) {
		case ar.Money:
			cur := c.Currency
			if cur == "" {
				cur = base
			}
			add(c.Minor, cur)
		case int:
			add(0, base)
		}
	}
	if len(list) == 0 {
		list = []ar.Money{{Minor: 0, Currency: base}, {Minor: 100, Currency: base}}
	}
	var out []any
	for _, m := range list {
		out = append(out, wrap(m))
	}
	return out
}
