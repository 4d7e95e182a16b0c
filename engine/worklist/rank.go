package worklist

import (
	"cmp"
	"fmt"
	"math/big"

	"holdfast/engine/ar"
)

// The classes of rows, the first to be worked first.
const (
	asksYes = iota
	promiseBroken
	overdue
	nothingOverdue
)

// rank is where a row stands. Rows stand by class: questions for a yes or a no,
// then broken promises, then what is overdue, then the rest. Within a class they
// stand by weight, the heaviest first: the sum over overdue documents of what is
// undisputed and open in base currency times the days past due. Then by due day,
// the earliest first, and last by the task's number.
type rank struct {
	class   int
	weight  *big.Int // minor units of base currency × days
	base    *big.Int // minor units of base currency
	cur     ar.Currency
	dueOn   ar.Day
	promise *Promise
	unrated bool // a document is in another currency and the ERP gives no rate: it weighs nothing
}

// rankOf works out where a row stands.
func rankOf(r *Row, yes bool, base ar.Currency) rank {
	k := rank{class: nothingOverdue, weight: new(big.Int), base: new(big.Int), cur: base, dueOn: r.DueOn, promise: r.Promise}
	for i := range r.All {
		k.weigh(&r.All[i])
	}
	switch {
	case yes:
		k.class = asksYes
	case r.Promise.broken():
		k.class = promiseBroken
	case k.weight.Sign() > 0 || k.unrated:
		k.class = overdue
	}
	return k
}

// weigh adds what one document weighs.
func (k *rank) weigh(d *Document) {
	asked := d.Open.Minor - d.Disputed.Minor
	if d.Late <= 0 || asked <= 0 {
		return
	}
	worth := big.NewInt(asked)
	switch {
	case d.base != nil:
		worth.Mul(worth, big.NewInt(*d.base)).Quo(worth, big.NewInt(d.Open.Minor))
	case d.Open.Currency != k.cur:
		k.unrated = true
		return
	}
	k.base.Add(k.base, worth)
	k.weight.Add(k.weight, worth.Mul(worth, big.NewInt(int64(d.Late))))
}

// words says why a row stands where it does.
func (k *rank) words() string {
	sum := k.sum()
	switch {
	case k.class == asksYes:
		return join("asks for a yes or a no", sum)
	case k.class == promiseBroken && k.promise.Day != 0:
		return join(fmt.Sprintf("promise for %s %s", k.promise.Day, stateWords(k.promise.State)), sum)
	case k.class == nothingOverdue:
		return "nothing overdue; by its due day"
	}
	return sum
}

// sum says what is overdue, and for how long.
func (k *rank) sum() string {
	text := ""
	if k.base.Sign() > 0 {
		days := new(big.Int).Quo(k.weight, k.base)
		text = fmt.Sprintf("%s overdue, %s on average", baseText(k.base, k.cur), dayCount(days.Int64()))
	}
	if k.unrated {
		text = join(text, "some overdue in a currency that the ERP gives no rate for")
	}
	return text
}

// baseText writes a sum for a person; one beyond what money holds is a lot.
func baseText(minor *big.Int, cur ar.Currency) string {
	if !minor.IsInt64() {
		return "a huge sum in " + string(cur)
	}
	return ar.Money{Minor: minor.Int64(), Currency: cur}.String()
}

// compare orders rows as they should be worked.
func compare(x, y Row) int {
	return cmp.Or(
		cmp.Compare(x.rank.class, y.rank.class), y.rank.weight.Cmp(x.rank.weight),
		cmp.Compare(x.DueOn, y.DueOn), cmp.Compare(x.Task, y.Task),
	)
}
