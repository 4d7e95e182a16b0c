package worklist

import (
	"math/big"
	"regexp"
	"strconv"
	"strings"
	"time"

	"holdfast/engine/ar"
)

// rowReader reads one row.
type rowReader struct {
	*sheetReader
	cells []string
	out   Filled
	bad   bool
}

// text returns what stands under a head.
func (r *rowReader) text(head string) string {
	if i := r.at[head]; i < len(r.cells) {
		return strings.TrimSpace(r.cells[i])
	}
	return ""
}

// wrong says what is wrong with a cell; the row is left out.
func (r *rowReader) wrong(head, what, cure string) {
	r.bad = true
	r.problems = append(r.problems, Problem{Sheet: SheetToday, Cell: r.out.cells[head], Text: r.text(head), What: what, Cure: cure})
}

// any reports whether a person filled anything in. The currency is filled in by
// us.
func (r *rowReader) any() bool {
	for _, c := range fields() {
		if c.head != headCurrency && r.text(c.head) != "" {
			return true
		}
	}
	return false
}

// known reads the row's key and holds it against what the row shows.
func (r *rowReader) known() bool {
	key, ok := readKey(r.text(headKey), r.sign)
	if !ok {
		what, cure := "the row's key was altered", "take a fresh worklist and fill the row in there"
		if r.text(headKey) == "" {
			what, cure = "the row has no key: it is no task of the list", "fill in rows of the list only"
		}
		r.wrong(headKey, what, cure)
		return false
	}
	if r.text(headTask) != itoa64(key.ID) || r.text(headNumber) != key.Number {
		r.wrong(headTask, "the row shows task "+r.text(headTask)+" of customer "+r.text(headNumber)+", but its key is of task "+
			itoa64(key.ID)+" of customer "+key.Number+": some columns were moved without the others", "undo the sorting, or take a fresh worklist")
		return false
	}
	r.out.Company, r.out.List, r.out.Task, r.out.ID = key.Company, key.List, key.Task, key.ID
	return true
}

// fields reads what was filled in; false where a cell cannot be read.
func (r *rowReader) fields() bool {
	f := &r.out
	f.Outcome, f.Dispute, f.Note = code(r.text(headOutcome)), code(r.text(headDispute)), r.text(headNote)
	f.Promised, f.CallBack = r.day(headPromised), r.day(headCallBack)
	f.Amount, f.Disputed = r.money(headAmount), r.money(headDisputed)
	for part := range strings.FieldsFuncSeq(r.text(headOnly), func(c rune) bool { return c == ',' || c == ';' || c == '\n' }) {
		if part = strings.TrimSpace(part); part != "" {
			f.Only = append(f.Only, part)
		}
	}
	switch {
	case f.Amount != nil && f.Promised == 0 && !r.bad:
		r.wrong(headPromised, "an amount is promised and no day", "fill in the day on which the money will come in")
	case f.Disputed != nil && f.Dispute == "":
		r.wrong(headDispute, "an amount is disputed and no code says why", "choose a code from the list")
	}
	return !r.bad
}

// code reads "No answer" as no_answer.
func code(text string) string { return strings.ReplaceAll(strings.ToLower(text), " ", "_") }

// numeral is how a spreadsheet stores a number.
var numeral = regexp.MustCompile(`^-?[0-9]{1,15}(\.[0-9]{1,17})?([eE][+-]?[0-9]{1,2})?$`)

// Days as spreadsheets count them.
const (
	serialLast = 2958465 // 9999-12-31
	serial1904 = 1462    // what a workbook counts less where its days begin in 1904
)

// day reads a day: a number as the spreadsheet stores it, or an ISO day.
func (r *rowReader) day(head string) ar.Day {
	text := r.text(head)
	if !numeral.MatchString(text) {
		day, err := ar.ParseDay(text)
		if err != nil {
			r.wrong(head, "it is no day", "write it as 2026-11-30")
		}
		return day
	}
	n, err := strconv.ParseFloat(text, 64)
	serial := int(n) // a time of day is cut off
	if r.late {
		serial += serial1904
	}
	if err != nil || n < 1 || serial > serialLast || serial < 61 {
		r.wrong(head, "it is no day", "write it as 2026-11-30")
		return 0
	}
	return ar.NewDay(1899, time.December, 30) + ar.Day(serial)
}

// money reads an amount in the row's currency; nil for an empty cell.
func (r *rowReader) money(head string) *ar.Money {
	text := r.text(head)
	if text == "" {
		return nil
	}
	cur := ar.Currency(strings.ToUpper(r.text(headCurrency)))
	digits, err := cur.Digits()
	if err != nil {
		r.wrong(headCurrency, "the amount has no currency that is known", "write its code, such as USD")
		return nil
	}
	minor, ok := minorUnits(text, digits)
	if !ok {
		r.wrong(head, "it is no amount of "+string(cur), "write a number with at most "+itoa(digits)+" decimals, such as 1250")
		return nil
	}
	if minor <= 0 {
		r.wrong(head, "it is not above nought", "write the amount, or leave the cell empty for all of it")
		return nil
	}
	return &ar.Money{Minor: minor, Currency: cur}
}

// minorUnits reads a number as a spreadsheet stores it, exactly but for the
// last bit that binary figures leave: 1234.5599999999999 is 1234.56.
func minorUnits(text string, digits int) (int64, bool) {
	if !numeral.MatchString(text) {
		return 0, false
	}
	exact, ok := new(big.Rat).SetString(text)
	if !ok {
		return 0, false
	}
	exact.Mul(exact, new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(digits)), nil)))
	nearest, ok := new(big.Int).SetString(exact.FloatString(0), 10)
	if !ok || !nearest.IsInt64() {
		return 0, false
	}
	off := new(big.Rat).Sub(exact, new(big.Rat).SetInt(nearest))
	return nearest.Int64(), off.Abs(off).Cmp(big.NewRat(1, 1000)) < 0
}

func itoa(n int) string { return strconv.Itoa(n) }

func itoa64(n int64) string { return strconv.FormatInt(n, 10) }
