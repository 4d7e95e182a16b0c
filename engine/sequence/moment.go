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

// The anchors of steps. Due and issued belong to a document.
const (
	AnchorDue      Anchor = "due"
	AnchorIssued   Anchor = "issued"
	AnchorEntered  Anchor = "entered"
	AnchorPrevious Anchor = "previous"
)

// Moment is an anchor with a span, written "due + 3d".
type Moment struct {
	Anchor Anchor
	Span   calendar.Span
}

// IsZero reports whether m was never set.
func (m Moment) IsZero() bool { return m.Anchor == "" }

// String writes the moment as it is read.
func (m Moment) String() string {
	switch {
	case m.Span.N == 0:
		return string(m.Anchor)
	case m.Span.N < 0:
		return fmt.Sprintf("%s - %s", m.Anchor, calendar.Span{N: -m.Span.N, Business: m.Span.Business})
	}
	return fmt.Sprintf("%s + %s", m.Anchor, m.Span)
}

// on returns the day of m for a position; the zero Day where its anchor has
// none.
func (m Moment) on(p *Position, doc *ar.Document, c *calendar.Country) ar.Day {
	var day ar.Day
	switch m.Anchor {
	case AnchorDue:
		day = doc.DueOn
	case AnchorIssued:
		day = doc.IssuedOn
	case AnchorEntered:
		day = p.EnteredOn
	case AnchorPrevious:
		day = p.EnteredOn
		if last := p.lastEffect(); last != nil {
			day = last.On
		}
	}
	if day == 0 {
		return 0
	}
	return m.Span.From(day, c)
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
	allowed := []Anchor{AnchorDue, AnchorIssued, AnchorEntered, AnchorPrevious}
	if p.seq.Subject == SubjectAccount {
		allowed = []Anchor{AnchorEntered, AnchorPrevious}
	}
	if !slices.Contains(allowed, m.Anchor) {
		p.Add(key, fmt.Sprintf("%q is not an anchor of this subject", m.Anchor), fmt.Sprintf("the anchors are %v", allowed))
	}
	if rest != "" {
		m.Span = p.span(key, strings.TrimPrefix(rest, "+"))
	}
	return m
}
