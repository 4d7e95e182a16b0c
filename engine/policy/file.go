package policy

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/calendar"
	"holdfast/engine/tomlfile"
)

// file is a pack as it is written.
type file struct {
	Name  string     `toml:"name"`
	Title string     `toml:"title"`
	Scope fileScope  `toml:"scope"` // of each rule, key by key, where it says nothing else
	Rule  []fileRule `toml:"rule"`
}

type fileRule struct {
	ID            string          `toml:"id"`
	Says          string          `toml:"says"`
	ValidFrom     string          `toml:"valid_from"`
	ValidTo       string          `toml:"valid_to"`
	Sources       []string        `toml:"sources"`
	ReviewedOn    string          `toml:"reviewed_on"`
	Sure          string          `toml:"sure"`
	Scope         fileScope       `toml:"scope"`
	Hours         []string        `toml:"hours"`
	Quiet         string          `toml:"quiet"`
	Holidays      string          `toml:"holidays"`
	Cap           []fileCap       `toml:"cap"`
	Pause         filePause       `toml:"pause"`
	Consent       bool            `toml:"consent"`
	Required      []string        `toml:"required"`
	Forbidden     []string        `toml:"forbidden"`
	Approval      []string        `toml:"approval"`
	RetentionDays int             `toml:"retention_days"`
	Revocation    *fileRevocation `toml:"revocation"`
}

type fileScope struct {
	Channel      []string `toml:"channel"`
	Purpose      []string `toml:"purpose"`
	Stage        []string `toml:"stage"`
	Relationship []string `toml:"relationship"`
	DebtorKind   []string `toml:"debtor_kind"`
	DebtKind     []string `toml:"debt_kind"`
	Line         []string `toml:"line"`
	Country      []string `toml:"country"`
	Region       []string `toml:"region"`
	City         []string `toml:"city"`
	Guarantor    *bool    `toml:"guarantor"`
	Workplace    bool     `toml:"workplace"`
	First        bool     `toml:"first"`
	MaxTotal     string   `toml:"max_total"`
}

type fileCap struct {
	Max     int      `toml:"max"`
	Days    int      `toml:"days"`
	Per     string   `toml:"per"`
	Count   string   `toml:"count"`
	Channel []string `toml:"channel"`
	Purpose []string `toml:"purpose"`
}

type filePause struct {
	Days int    `toml:"days"`
	Per  string `toml:"per"`
}

type fileRevocation struct {
	Words        []string `toml:"words"`
	BusinessDays int      `toml:"business_days"`
}

// parse reads one pack; its name must be that of its file.
func parse(label, name string, data []byte) (Pack, tomlfile.Problems) {
	var raw file
	p := &parser{File: tomlfile.Read(label, data, &raw)}
	if len(p.Problems) > 0 {
		return Pack{}, p.Problems
	}
	if raw.Name != name {
		p.Add("name", fmt.Sprintf("the pack is named %q, its file %q", raw.Name, name), fmt.Sprintf("write name = %q", name))
	}
	if raw.Title == "" {
		p.Add("title", "the pack has no title", `write title = "United Kingdom", for the person who reads the list`)
	}
	if len(raw.Rule) == 0 {
		p.Add("rule", "a pack needs at least one rule", "add a [[rule]] table")
	}
	pack := Pack{Name: raw.Name, Title: raw.Title}
	for i := range raw.Rule {
		p.at = fmt.Sprintf("rule[%d].", i+1)
		pack.Rules = append(pack.Rules, p.rule(raw.Name, &raw.Rule[i], raw.Scope))
	}
	p.versions(pack.Rules)
	return pack, p.Problems
}

// parser turns a file into a Pack and notes what is wrong on the way.
type parser struct {
	*tomlfile.File
	at string // the table being read, before each key
}

func (p *parser) wrong(key, cure, what string, args ...any) {
	p.Add(p.at+key, fmt.Sprintf(what, args...), cure)
}

func (p *parser) rule(pack string, raw *fileRule, base fileScope) Rule {
	r := Rule{
		Pack: pack, ID: raw.ID, Says: raw.Says, Sources: raw.Sources, Sure: raw.Sure,
		ValidFrom: p.day("valid_from", raw.ValidFrom), ValidTo: p.day("valid_to", raw.ValidTo),
		ReviewedOn: p.day("reviewed_on", raw.ReviewedOn),
		consent:    raw.Consent, required: raw.Required, forbidden: raw.Forbidden, approval: raw.Approval,
		retention: raw.RetentionDays,
	}
	p.origin(raw, &r)
	r.scope = p.scope(raw.Scope, base)
	p.hours(raw, &r)
	for i, c := range raw.Cap {
		r.caps = append(r.caps, p.cap(fmt.Sprintf("cap[%d]", i+1), c))
	}
	p.pause(raw.Pause, &r)
	p.words("required", raw.Required, TextIDs)
	p.words("forbidden", raw.Forbidden, ForbiddenIDs)
	p.words("approval", raw.Approval, []string{"hold"})
	if v := raw.Revocation; v != nil {
		r.revocation = Revocation{Words: v.Words, BusinessDays: v.BusinessDays}
		if v.BusinessDays < 1 || len(v.Words) == 0 {
			p.wrong("revocation", `write revocation = { words = ["stop"], business_days = 10 }`, "a revocation needs words and business days")
		}
	}
	if raw.RetentionDays < 0 {
		p.wrong("retention_days", "write the days to keep, 1096 for three years", "%d is no number of days to keep", raw.RetentionDays)
	}
	return r
}

// origin checks what makes a rule dated data: an id, its sources, its review.
func (p *parser) origin(raw *fileRule, r *Rule) {
	if raw.ID == "" {
		p.wrong("id", `write id = "hours"`, "the rule has no id")
	}
	if raw.Says == "" {
		p.wrong("says", "say in a sentence what the rule asks", "the rule does not say what it asks")
	}
	if len(raw.Sources) == 0 {
		p.wrong("sources", `name the statute or page, or write sources = ["our own"]`, "the rule names no source")
	}
	if raw.ReviewedOn == "" {
		p.wrong("reviewed_on", `write reviewed_on = "2026-11-21", the day somebody last read the source`, "nothing says when the rule was last reviewed")
	}
	if !slices.Contains([]string{"A", "B", "C"}, raw.Sure) {
		p.wrong("sure", "write A where the text itself was read, B for a professional's summary, C for what is widely stated", "%q does not say how sure the rule is", raw.Sure)
	}
	if r.ValidTo != 0 && r.ValidTo < r.ValidFrom {
		p.wrong("valid_to", "write a day on or after valid_from, or leave valid_to out", "the rule ends on %s, before it begins", r.ValidTo)
	}
}

func (p *parser) day(key, text string) ar.Day {
	day, err := ar.ParseDay(text)
	if err != nil {
		p.wrong(key, "mend the day", "%v", err)
	}
	return day
}

// words checks that each word of a list is a known one.
func (p *parser) words(key string, words, known []string) {
	for _, w := range words {
		if !slices.Contains(known, w) {
			p.wrong(key, "write one of "+strings.Join(known, ", "), "%q is not known", w)
		}
	}
}

// hours reads a rule's hours and its quiet hours into openings by weekday.
func (p *parser) hours(raw *fileRule, r *Rule) {
	var set [7]bool
	for _, text := range raw.Hours {
		w, err := calendar.ParseWindow(text)
		if err != nil {
			p.wrong("hours", `write hours = ["Mon-Fri 08:00-21:00"]`, "%v", err)
			return
		}
		r.limited = true
		for day := range time.Weekday(7) {
			if !w.HasWeekday(day) {
				continue
			}
			if set[day] {
				p.wrong("hours", "give each day of the week one opening", "%s is named twice", day)
			}
			set[day] = true
			r.hours[day].from, r.hours[day].to = w.Hours()
		}
	}
	p.quiet(raw, r)
	if raw.Holidays != "" && raw.Holidays != "closed" {
		p.wrong("holidays", `write holidays = "closed", or leave it out`, "%q says nothing about holidays", raw.Holidays)
	}
	if r.holidays = raw.Holidays == "closed"; r.holidays && !r.limited {
		p.wrong("holidays", `write hours = ["Mon-Sun 00:00-24:00"] beside it`, "holidays are closed, but no hours are named")
	}
}

func (p *parser) quiet(raw *fileRule, r *Rule) {
	if raw.Quiet == "" {
		return
	}
	q, err := calendar.ParseQuiet(raw.Quiet)
	if err != nil {
		p.wrong("quiet", `write quiet = "21:00-08:00"`, "%v", err)
		return
	}
	from, to, ok := q.Waking()
	if !ok || r.limited {
		p.wrong("quiet", "write hours instead", "quiet hours must run over midnight, and stand alone")
		return
	}
	r.limited = true
	for day := range r.hours {
		r.hours[day] = hours{from, to}
	}
}

func (p *parser) cap(key string, raw fileCap) limit {
	if raw.Max < 1 || raw.Days < 1 {
		p.wrong(key, "write max = 7 and days = 7", "a cap needs a number of contacts and a number of days")
	}
	p.words(key+".per", []string{raw.Per}, pers)
	p.words(key+".count", []string{raw.Count}, []string{"attempts", "conversations"})
	p.words(key+".channel", raw.Channel, channels)
	p.words(key+".purpose", raw.Purpose, purposes)
	return limit{
		max: raw.Max, days: raw.Days, per: raw.Per, conversations: raw.Count == "conversations",
		channels: bits(channels, raw.Channel), purposes: bits(purposes, raw.Purpose),
	}
}

func (p *parser) pause(raw filePause, r *Rule) {
	if raw == (filePause{}) {
		return
	}
	if raw.Days < 1 {
		p.wrong("pause", `write pause = { days = 7, per = "debt" }`, "a pause after a conversation needs days")
	}
	p.words("pause", []string{raw.Per}, pers)
	r.pause = pause{days: raw.Days, per: raw.Per}
}

// versions checks that no two versions of one rule hold on one day.
func (p *parser) versions(rules []Rule) {
	p.at = ""
	for i, r := range rules {
		for _, o := range rules[:i] {
			if r.ID == o.ID && r.begins(o) && o.begins(r) {
				p.Add(fmt.Sprintf("rule[%d].id", i+1), fmt.Sprintf("two versions of %q hold on one day", r.ID),
					"end the older one with valid_to, or give the rule another id")
			}
		}
	}
}

// begins reports whether r begins before o ends.
func (r Rule) begins(o Rule) bool { return o.ValidTo == 0 || r.ValidFrom <= o.ValidTo }
