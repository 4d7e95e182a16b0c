package sequence

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"holdfast/engine/calendar"
	"holdfast/engine/tomlfile"
)

// Sequence is one sequence file, compiled. It does not change once it is
// parsed; a changed file is another version with another hash.
type Sequence struct {
	File    string // what it was read from, for people
	Name    string
	Title   string
	Hash    string // of the file's bytes: the version a subject is pinned to
	Subject SubjectKind
	Rank    int // the higher speaks when two want the same party on one day
	Purpose Purpose
	Event   string          // code of the event that begins it; empty: enter alone does
	Again   calendar.Span   // an account may enter anew so long after it ended; zero: see enterOne
	Gap     int             // days since the last message; 0: the policy's
	Window  calendar.Window // zero: the policy's
	Hour    time.Duration   // since midnight; 0: when the window opens
	Seeks   bool            // it begins where no contact can be reached: no other asks for an address then
	Best    bool            // hour = "best": when the contact was found to answer
	Steps   []Rung
	Source  []byte // the file, kept for subjects pinned to it

	enter, segment, goal *condition
}

// Rung is one step of a sequence.
type Rung struct {
	ID        string
	Index     int
	Do        string // the step kind
	Label     string // shown beside each document; the id where the file gives none
	At        Moment
	Every     calendar.Span // a cadence repeats so; zero: no cadence
	After     string        // the step that a cadence follows
	Times     int
	Until     Moment // past it the step lapses; zero: never
	Media     []string
	Template  string
	Attach    []string
	To        []string // contact roles of a message
	Purpose   Purpose  // of this step's message; the sequence's where the file gives none
	Role      string   // who does a task
	Script    string
	Text      string   // what a task says to do
	Outcomes  []string // further outcomes of its task, besides intake.Outcomes
	Within    calendar.Span
	WarnedBy  string
	WarnedAgo calendar.Span
	Waits     bool   // its condition false: wait (else = "wait") instead of passing on
	Else      string // its condition false: go to this step; empty: see Waits
	Otherwise string // its task not done in time: "next", "wait", or a step; empty: next
	Next      string // the step that follows once it is done; empty: the next one
	Always    bool   // approve = "always"

	when, approve *condition
}

// file is a sequence as it is written.
type file struct {
	Name    string      `toml:"name"`
	Title   string      `toml:"title"`
	Subject string      `toml:"subject"`
	Rank    int         `toml:"rank"`
	Enter   string      `toml:"enter"`
	Purpose string      `toml:"purpose"`
	Segment string      `toml:"segment"`
	Event   string      `toml:"event"`
	Again   string      `toml:"again"`
	Goal    string      `toml:"goal"`
	Contact fileContact `toml:"contact"`
	Step    []fileRung  `toml:"step"`
}

type fileContact struct {
	Group  string `toml:"group"`
	Gap    string `toml:"gap"`
	Window string `toml:"window"`
	Hour   string `toml:"hour"`
}

type fileRung struct {
	ID        string   `toml:"id"`
	At        string   `toml:"at"`
	Every     string   `toml:"every"`
	After     string   `toml:"after"`
	Times     int      `toml:"times"`
	Until     string   `toml:"until"`
	Do        string   `toml:"do"`
	Label     string   `toml:"label"`
	Channel   []string `toml:"channel"`
	Template  string   `toml:"template"`
	Attach    []string `toml:"attach"`
	To        any      `toml:"to"`
	Purpose   string   `toml:"purpose"`
	Script    string   `toml:"script"`
	Text      string   `toml:"text"`
	Outcomes  []string `toml:"outcomes"`
	Next      string   `toml:"next"`
	Within    string   `toml:"within"`
	Otherwise string   `toml:"otherwise"`
	WarnedBy  string   `toml:"warned_by"`
	WarnedAgo string   `toml:"warned_ago"`
	When      string   `toml:"when"`
	Else      string   `toml:"else"`
	Approve   string   `toml:"approve"`
}

// Parse reads and compiles a sequence file. kinds are the step kinds that
// exist. Every problem is returned, each with its line.
func Parse(name string, data []byte, kinds []Step) (*Sequence, tomlfile.Problems) {
	if problem := unreadable(name, data); problem != nil {
		return nil, tomlfile.Problems{*problem}
	}
	var raw file
	f := tomlfile.Read(name, bytes.TrimPrefix(data, []byte(utf8Mark)), &raw)
	sum := sha256.Sum256(data)
	s := &Sequence{
		File: name, Name: raw.Name, Title: raw.Title, Hash: hex.EncodeToString(sum[:6]), Rank: raw.Rank,
		Subject: SubjectKind(raw.Subject), Purpose: Purpose(raw.Purpose), Source: data,
	}
	p := &parser{File: f, seq: s, kinds: kinds}
	if len(f.Problems) == 0 {
		p.all(raw)
	}
	if len(f.Problems) > 0 {
		return nil, onSomeLine(f.Problems)
	}
	return s, nil
}

// all checks a file that is sound TOML.
func (p *parser) all(raw file) {
	if len(raw.Step) > maxSteps {
		p.Add(fmt.Sprintf("step[%d]", maxSteps+1), fmt.Sprintf("the sequence has %d steps; at most %d are read", len(raw.Step), maxSteps), "split it into several sequences")
		return
	}
	p.head(raw)
	p.contact(raw.Contact)
	p.raw = raw.Step
	for i := range raw.Step {
		p.step(i, &raw.Step[i])
	}
	p.links()
}

// parser turns a file into a Sequence and notes what is wrong on the way.
type parser struct {
	*tomlfile.File
	seq   *Sequence
	kinds []Step
	raw   []fileRung
}

func (p *parser) head(raw file) {
	s := p.seq
	if s.Name == "" || strings.ContainsAny(s.Name, "| /") {
		p.Add("name", "a sequence needs a name without blanks, / or |", `write name = "past-due"`)
	}
	if s.Title == "" {
		s.Title = s.Name
	}
	p.oneOf("subject", raw.Subject, subjects...)
	p.oneOf("purpose", raw.Purpose, purposes...)
	p.begin(raw)
	s.enter = p.condition("enter", raw.Enter)
	s.segment = p.condition("segment", raw.Segment)
	s.goal = p.condition("goal", raw.Goal)
	s.Seeks = strings.Contains(raw.Enter, "account.reachable")
	if len(raw.Step) == 0 {
		p.Add("step", "a sequence needs at least one step", "add a [[step]] table")
	}
}

// subjects and purposes are the words that a file may use for them.
var (
	subjects = []string{
		string(SubjectInvoice), string(SubjectAccount), string(SubjectDispute), string(SubjectPromise), string(SubjectMonth),
	}
	purposes = []string{string(Courtesy), string(Dunning), string(Legal), string(Statement), string(Response)}
)

// begin checks what makes a subject enter: a condition, or an event.
func (p *parser) begin(raw file) {
	s := p.seq
	before := len(p.Problems)
	s.Event, s.Again = raw.Event, p.span("again", raw.Again)
	if len(p.Problems) > before {
		return
	}
	switch {
	case raw.Enter == "" && raw.Event == "":
		p.Add("enter", "nothing says which subjects the sequence takes", `write enter = 'document.days_past_due >= 1'`)
	case raw.Event != "" && s.Subject != SubjectAccount && p.known():
		p.Add("event", "an event begins a sequence of the subject account", `write subject = "account", or enter instead of event`)
	}
	switch {
	case raw.Again == "":
	case s.Subject != SubjectAccount || raw.Event != "":
		p.Add("again", "only an account enters again without an event", `remove again, or write subject = "account"`)
	case s.Again.N < 1 || s.Again.Business:
		p.Add("again", "an account enters again after calendar days", `write again = "365d"`)
	}
}

func (p *parser) contact(raw fileContact) {
	s := p.seq
	if raw.Group != "" {
		p.oneOf("contact.group", raw.Group, "account")
	}
	if raw.Gap != "" {
		gap := p.span("contact.gap", raw.Gap)
		if gap.Business || gap.N < 0 {
			p.Add("contact.gap", "a gap is counted in calendar days", `write gap = "5d"`)
		}
		s.Gap = gap.N
	}
	if raw.Window != "" {
		w, err := calendar.ParseWindow(raw.Window)
		if err != nil {
			p.say("contact.window", err)
		}
		s.Window = w
	}
	s.Best = raw.Hour == "best"
	if raw.Hour != "" && !s.Best {
		t, err := time.Parse("15:04", raw.Hour)
		if err != nil {
			p.Add("contact.hour", fmt.Sprintf("%q is not an hour", raw.Hour), `write hour = "10:00", or "best" for the opening of the window`)
		}
		s.Hour = time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute
	}
}

func (p *parser) oneOf(key, value string, allowed ...string) {
	near := tomlfile.Nearest(value, allowed)
	switch list := strings.Join(allowed, ", "); {
	case slices.Contains(allowed, value):
	case value == "":
		p.Add(key, "it is missing", "write one of "+list)
	case near != "":
		p.Add(key, fmt.Sprintf("%q is not one of %s", value, list), fmt.Sprintf("did you mean %q?", near))
	default:
		p.Add(key, fmt.Sprintf("%q is not one of %s", value, list), "write one of these")
	}
}

func (p *parser) span(key, text string) calendar.Span {
	if text == "" {
		return calendar.Span{}
	}
	span, err := calendar.ParseSpan(text)
	if err != nil {
		p.say(key, err)
	}
	return span
}

// say notes an error that ends with its own cure.
func (p *parser) say(key string, err error) {
	what, cure, _ := strings.Cut(err.Error(), "; ")
	p.Add(key, what, cure)
}

// known reports whether the file's subject is one. Where it is not, what depends
// on it is not looked at.
func (p *parser) known() bool { return slices.Contains(subjects, string(p.seq.Subject)) }

// condition compiles an expression for the sequence's subject; an empty text
// gives nil, which is always true.
func (p *parser) condition(key, text string) *condition {
	if text == "" || !p.known() {
		return nil
	}
	c, err := compile(text, p.seq.Subject)
	var bad *wrong
	switch {
	case errors.As(err, &bad):
		p.Add(key, bad.what, bad.cure)
	case err != nil:
		p.Add(key, err.Error(), seeDocs)
	}
	return c
}
