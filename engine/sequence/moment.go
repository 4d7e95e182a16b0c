package sequence

import (
	"fmt"
	"slices"
	"strings"

	"holdfast/engine/ar"
	"holdfast/engine/calendar"
)

// Anchor is the day that a step counts from.
type Anchor string

// The anchors of steps.
const (
	AnchorDue      Anchor = "due"           // of the document, moved to the customer's next pay run
	AnchorIssued   Anchor = "issued"        // of the document
	AnchorEntered  Anchor = "entered"       // the subject came into the sequence
	AnchorPrevious Anchor = "previous"      // the last step that had an effect
	AnchorPromised Anchor = "promised"      // the day that was promised
	AnchorOpened   Anchor = "opened"        // the dispute was told, or first seen in the ERP
	AnchorMonthEnd Anchor = "month end"     // last day of the subject's month
	AnchorPaid     Anchor = "first payment" // the customer's first receipt
	AnchorReleased Anchor = "released"      // our hold on the customer was lifted
	AnchorSettled  Anchor = "settled"       // nothing of the subject is owed any more
	AnchorNth      Anchor = "business day"  // the nth of the month after the subject's
)

// anchorsOf lists the anchors that a subject has.
var anchorsOf = map[SubjectKind][]Anchor{
	SubjectInvoice: {AnchorDue, AnchorIssued, AnchorEntered, AnchorPrevious},
	SubjectAccount: {AnchorEntered, AnchorPrevious, AnchorPaid, AnchorReleased, AnchorSettled},
	SubjectDispute: {AnchorOpened, AnchorEntered, AnchorPrevious, AnchorSettled},
	SubjectPromise: {AnchorPromised, AnchorEntered, AnchorPrevious, AnchorSettled},
	SubjectMonth:   {AnchorMonthEnd, AnchorNth, AnchorEntered, AnchorPrevious},
}

// Moment is an anchor with a span, written "due + 3d", or the nth business day
// of the month after, written "2nd business day".
type Moment struct {
	Anchor Anchor
	Span   calendar.Span
	Nth    int // of AnchorNth
}

// IsZero reports whether m was never set.
func (m Moment) IsZero() bool { return m.Anchor == "" }

// farewell reports whether the step comes after its subject is settled.
func (m Moment) farewell() bool { return m.Anchor == AnchorReleased || m.Anchor == AnchorSettled }

// spaces reports whether the span between two such moments is kept when the
// former was late.
func (m Moment) spaces() bool {
	return !m.IsZero() && m.Anchor != AnchorPrevious && m.Anchor != AnchorPaid && !m.farewell()
}

// String writes the moment as it is read.
func (m Moment) String() string {
	anchor := string(m.Anchor)
	if m.Anchor == AnchorNth {
		anchor = ordinal(m.Nth) + " " + anchor
	}
	span := m.Span
	switch {
	case span.N == 0:
		return anchor
	case span.N < 0:
		span.N = -span.N
		return anchor + " - " + span.String()
	}
	return anchor + " + " + span.String()
}

// ordinal writes 1st, 2nd, 3rd.
func ordinal(n int) string {
	ending := "th"
	if n%100 < 11 || n%100 > 13 {
		switch n % 10 {
		case 1:
			ending = "st"
		case 2:
			ending = "nd"
		case 3:
			ending = "rd"
		}
	}
	return fmt.Sprintf("%d%s", n, ending)
}

// day returns the day of m for what is due; zero where its anchor has none.
func (m Moment) day(d *Due, v *View) ar.Day {
	if m.IsZero() {
		return 0
	}
	day := v.anchor(m, d)
	if day == 0 {
		return 0
	}
	return m.Span.From(day, v.Book.Policy.Business)
}

// anchor returns the day that a moment counts from, zero where there is none.
func (v *View) anchor(m Moment, d *Due) ar.Day {
	switch p := d.Position; m.Anchor {
	case AnchorDue:
		if d.Item != nil {
			return d.Item.DueOn
		}
	case AnchorIssued:
		if d.Item != nil && d.Item.Doc.IssuedOn != 0 {
			return d.Item.Doc.IssuedOn
		}
		return p.EnteredOn
	case AnchorPrevious:
		if last := p.lastEffect(); last != nil {
			return last.On
		}
		return p.EnteredOn
	case AnchorPromised:
		if t := v.toldOf(p.Subject); t != nil {
			return t.Day
		}
	case AnchorOpened:
		if t := v.toldOf(p.Subject); t != nil && t.Fact != nil {
			return t.Fact.On
		}
		return p.EnteredOn
	case AnchorMonthEnd:
		return monthOf(p.Subject).MonthEnd()
	case AnchorNth:
		return nthBusinessDay(monthOf(p.Subject).MonthEnd(), m.Nth, v.Book.Policy.Business)
	case AnchorPaid:
		return d.Account.FirstPaidOn
	case AnchorReleased:
		return v.releasedOn(d)
	case AnchorSettled:
		return p.SettledOn
	default:
		return p.EnteredOn
	}
	return 0
}

// nthBusinessDay returns the nth business day after a day.
func nthBusinessDay(day ar.Day, n int, c *calendar.Country) ar.Day { return c.AddBusinessDays(day, n) }

// monthOf returns the first day of the month that a subject is.
func monthOf(s Subject) ar.Day {
	day, err := ar.ParseDay(s.Ref + "-01")
	if err != nil {
		return 0
	}
	return day
}

// releasedOn returns the day on which our latest hold on the account was lifted
// since the position began; zero while it stands or where there was none.
func (v *View) releasedOn(d *Due) ar.Day {
	last := ar.Day(0)
	for i := range v.Case.Holds {
		e := &v.Case.Holds[i]
		if e.Account == d.Account.Customer.Account && e.State == ar.EntryReleased && e.ReleasedOn >= d.Position.EnteredOn {
			last = max(last, e.ReleasedOn)
		}
	}
	return last
}

// moment reads "due + 3d"; an empty text gives the zero Moment.
func (p *parser) moment(key, text string) Moment {
	if text == "" {
		return Moment{}
	}
	anchor, rest := text, ""
	if i := strings.IndexAny(text, "+-"); i >= 0 {
		anchor, rest = text[:i], text[i:]
	}
	m := Moment{Anchor: Anchor(strings.TrimSpace(anchor))}
	var n int
	var ending string
	if found, _ := fmt.Sscanf(string(m.Anchor), "%d%s business day", &n, &ending); found == 2 && strings.HasSuffix(string(m.Anchor), " business day") {
		m.Anchor, m.Nth = AnchorNth, n
	}
	allowed := anchorsOf[p.seq.Subject]
	switch {
	case !p.known():
	case !slices.Contains(allowed, m.Anchor):
		p.Add(key, fmt.Sprintf("%q is not an anchor of the subject %s", m.Anchor, p.seq.Subject), "the anchors are "+anchorList(allowed))
	case m.Anchor == AnchorNth && (n < 1 || n > 20 || ordinal(n) != fmt.Sprint(n)+ending):
		p.Add(key, fmt.Sprintf("%q is no business day of a month", text), `write at = "2nd business day", up to the 20th`)
	}
	if rest != "" {
		m.Span = p.offset(key, rest)
	}
	return m
}

// offset reads "+ 3d" or "- 2d".
func (p *parser) offset(key, text string) calendar.Span {
	if number := strings.TrimSpace(text[1:]); number == "" || strings.ContainsAny(number[:1], "+-") {
		p.Add(key, fmt.Sprintf("%q is not a span after an anchor", text), `write "due + 3d" or "due - 2d"`)
		return calendar.Span{}
	}
	return p.span(key, strings.TrimSpace(strings.TrimPrefix(text, "+")))
}

func anchorList(anchors []Anchor) string {
	words := make([]string, len(anchors))
	for i, a := range anchors {
		words[i] = string(a)
		if a == AnchorNth {
			words[i] = "2nd business day"
		}
	}
	return strings.Join(words, ", ")
}
