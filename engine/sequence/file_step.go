package sequence

import (
	"fmt"
	"slices"
	"strings"

	"holdfast/engine/calendar"
	"holdfast/engine/tomlfile"
)

// step compiles the step at index i and checks what does not need the others.
func (p *parser) step(i int, raw *fileRung) {
	key := func(name string) string { return fmt.Sprintf("step[%d].%s", i+1, name) }
	r := Rung{
		ID: raw.ID, Index: i, Do: raw.Do, Label: raw.Label, After: raw.After, Times: raw.Times,
		Media: raw.Channel, Template: raw.Template, Attach: raw.Attach, Script: raw.Script, Text: raw.Text, WarnedBy: raw.WarnedBy,
		Purpose: Purpose(raw.Purpose), Outcomes: raw.Outcomes, Next: raw.Next, Always: raw.Approve == "always",
	}
	if r.ID == "" || strings.ContainsAny(r.ID, "| ") {
		p.Add(key("id"), "a step needs an id without blanks or |", `write id = "reminder-1"`)
	}
	if r.ID == "next" || r.ID == "wait" {
		p.Add(key("id"), fmt.Sprintf("%q means something else where steps are named", r.ID), `write id = "reminder-1"`)
	}
	if r.Label == "" {
		r.Label = r.ID
	}
	p.media(key("channel"), raw.Channel)
	r.Every = p.span(key("every"), raw.Every)
	r.Within = p.span(key("within"), raw.Within)
	r.WarnedAgo = p.span(key("warned_ago"), raw.WarnedAgo)
	r.At = p.moment(key("at"), raw.At)
	r.Until = p.moment(key("until"), raw.Until)
	r.when = p.condition(key("when"), raw.When)
	if raw.Purpose != "" {
		p.oneOf(key("purpose"), raw.Purpose, purposes...)
	}
	p.branches(key, raw, &r)
	switch {
	case raw.Approve == "" || r.Always:
	case tomlfile.Nearest(raw.Approve, []string{"always"}) != "":
		p.Add(key("approve"), fmt.Sprintf("%q is no condition", raw.Approve), `did you mean "always"?`)
	default:
		r.approve = p.condition(key("approve"), raw.Approve)
	}
	p.receivers(key("to"), raw.To, &r)
	p.seq.Steps = append(p.seq.Steps, r)
	p.kind(key, &p.seq.Steps[i])
}

// branches reads where a subject goes when the step's condition is false, and
// when its task is not done in time. `otherwise` says the former for steps that
// are no tasks.
func (p *parser) branches(key func(string) string, raw *fileRung, r *Rung) {
	no, late := raw.Else, raw.Otherwise
	if !r.asks() {
		if no != "" && late != "" {
			p.Add(key("otherwise"), "otherwise and else say the same of this step", "remove one of them")
		}
		no, late = first(no, late), ""
	}
	r.Waits = no == "wait" || no == "" && r.Do == "wait"
	if no != "wait" && no != "next" {
		r.Else = no
	}
	r.Otherwise = late
	if (raw.Else != "" || !r.asks() && raw.Otherwise != "") && raw.When == "" && r.Do != "wait" {
		p.Add(key("when"), "there is nothing to be otherwise: the step has no condition", `write when = '...', or remove else and otherwise`)
	}
}

// asks reports whether the step gives a task whose end the sequence waits for.
func (r *Rung) asks() bool {
	switch r.Do {
	case "call", "task", "approve", "escalate":
		return true
	}
	return false
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// receivers reads `to`, contact roles of a message or the role that does a
// task: one word or a list.
func (p *parser) receivers(key string, to any, r *Rung) {
	switch v := to.(type) {
	case nil:
	case string:
		r.To, r.Role = []string{v}, v
	case []any:
		for _, word := range v {
			text, ok := word.(string)
			if !ok {
				p.Add(key, "a role is a word", `write to = ["ap"]`)
				continue
			}
			r.To = append(r.To, text)
		}
	default:
		p.Add(key, "a role is a word or a list of words", `write to = ["ap"] or to = "collector"`)
	}
}

// kind lets the step's kind check what it needs.
func (p *parser) kind(key func(string) string, r *Rung) {
	var names []string
	for _, k := range p.kinds {
		names = append(names, k.Kind())
		if k.Kind() == r.Do {
			if f := k.Check(r); f.Key != "" {
				p.Add(key(f.Key), f.What, f.Cure)
			}
			return
		}
	}
	slices.Sort(names)
	if r.Do == "" {
		p.Add(key("do"), "nothing says what the step does", "write do = and one of "+strings.Join(names, ", "))
		return
	}
	p.Add(key("do"), fmt.Sprintf("there is no step kind %q", r.Do), "the kinds are "+strings.Join(names, ", "))
}

// links checks what steps say of each other.
func (p *parser) links() {
	seen := map[string]int{}
	for i := range p.seq.Steps {
		r := &p.seq.Steps[i]
		key := func(name string) string { return fmt.Sprintf("step[%d].%s", i+1, name) }
		if _, twice := seen[r.ID]; twice {
			p.Add(key("id"), fmt.Sprintf("two steps are called %q", r.ID), "give each step its own id")
		}
		p.cadence(key, r, seen)
		if _, before := seen[r.WarnedBy]; r.WarnedBy != "" && !before {
			p.Add(key("warned_by"), fmt.Sprintf("no step before it is called %q", r.WarnedBy), "name the step that warns")
		}
		seen[r.ID] = i
	}
	p.jumps()
}

// media checks that each medium is one that there is.
func (p *parser) media(key string, named []string) {
	for _, medium := range named {
		if !slices.Contains(media, medium) {
			p.Add(key, fmt.Sprintf("there is no medium %q", medium), "the media are "+strings.Join(media, ", "))
		}
	}
}

// media are the words of `channel`.
var media = []string{"preferred", MediumEmail, MediumSMS, MediumVoice, MediumLetter, "chat"}

// jumps checks that each step named as a way on comes later: nothing goes round
// in circles.
func (p *parser) jumps() {
	for i := range p.seq.Steps {
		r := &p.seq.Steps[i]
		for _, way := range []struct{ key, to string }{{"else", r.Else}, {"otherwise", r.Otherwise}, {"next", r.Next}} {
			if way.to == "" || way.key == "otherwise" && (way.to == "next" || way.to == "wait") {
				continue
			}
			if target := p.seq.rung(way.to); target == nil || target.Index <= i {
				p.Add(fmt.Sprintf("step[%d].%s", i+1, way.key), fmt.Sprintf("no later step is called %q", way.to), p.laterThan(i))
			}
		}
	}
}

// laterThan names the steps that come after one.
func (p *parser) laterThan(i int) string {
	var later []string
	for _, r := range p.seq.Steps[i+1:] {
		later = append(later, r.ID)
	}
	if len(later) == 0 {
		return "remove it: this is the last step"
	}
	return "name a step that comes after this one: " + strings.Join(later[:min(len(later), 10)], ", ")
}

// cadence checks a step's moment: either `at`, or `every` with `after` and
// `times`.
func (p *parser) cadence(key func(string) string, r *Rung, seen map[string]int) {
	raw := &p.raw[r.Index]
	switch repeats := r.Every.N > 0; {
	case raw.Every != "" && !repeats && p.unread(raw.Every):
	case raw.Every != "" && (!repeats || r.Every.Hours):
		p.Add(key("every"), "a cadence comes every so many days", `write every = "14d"`)
	case raw.Every == "" && raw.After != "":
		p.Add(key("after"), "only a cadence follows a step by name", `write every = "14d", or remove after`)
	case raw.Every == "" && raw.Times != 0:
		p.Add(key("times"), "only a cadence comes several times", `write every = "14d", or remove times`)
	case repeats && !r.At.IsZero():
		p.Add(key("at"), "a step has either at or every", "remove one of them")
	case repeats && r.Times < 1:
		p.Add(key("times"), "a cadence needs an end", "write times = 4")
	case r.Times > maxRepeat:
		p.Add(key("times"), fmt.Sprintf("%d times is no end; a cadence comes at most %d times", r.Times, maxRepeat), "write times = 6, and a step after it")
	case repeats && r.After != "" && p.seq.previousID(r.Index) != r.After:
		p.Add(key("after"), fmt.Sprintf("a cadence follows the step right before it, %q", p.seq.previousID(r.Index)), "move the step, or name that one")
	case !repeats && r.At.IsZero():
		p.Add(key("at"), "nothing says when the step is due", `write at = "due + 3d"`)
	case !repeats && r.At.Anchor == AnchorPrevious && len(seen) == 0:
		p.Add(key("at"), "there is no step before the first", `write at = "entered"`)
	}
}

// unread reports whether a text is no span, which was said already.
func (p *parser) unread(text string) bool {
	_, err := calendar.ParseSpan(text)
	return err != nil
}

func (s *Sequence) previousID(index int) string {
	if index == 0 {
		return ""
	}
	return s.Steps[index-1].ID
}
