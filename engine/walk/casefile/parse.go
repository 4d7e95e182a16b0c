package casefile

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/intake"
	"holdfast/engine/sequence"
	"holdfast/engine/tomlfile"
	"holdfast/engine/walk"
)

// Case is a case file that was read. It can be run many times.
type Case struct {
	File      string
	Title     string
	From, To  ar.Day
	history   walk.History
	outcomes  []outcome // facts that close a task which the walk gives
	sequences []string  // nil: all
	kinds     []string  // nil: all
	approve   []string
	company   fileCompany
	policy    filePolicy
	zone      *time.Location
	floors    [2][]ar.Money // of a document, of an account
	expect    []Effect
	lines     []int // in the file, of each expected effect
	nothing   []ar.Day
	why       []why
}

// outcome is an answer to the task of a step.
type outcome struct {
	intake.Fact
	sequence, step string
}

// why is an expected verdict with its line in the file.
type why struct {
	fileWhy
	line int
}

// Parse reads a case file. Every problem is returned, each with its line.
func Parse(name string, data []byte) (*Case, tomlfile.Problems) {
	var raw file
	f := tomlfile.Read(name, data, &raw)
	if len(f.Problems) > 0 {
		return nil, lowered(f.Problems)
	}
	p := &parser{File: f, raw: &raw, numbers: map[string]*ar.Document{}}
	p.c = &Case{
		File: name, Title: raw.Title, From: raw.From.Day, To: raw.To.Day, sequences: raw.Sequences, kinds: raw.Kinds, approve: raw.Approve,
		company: raw.Company, policy: raw.Policy,
	}
	p.wrongDays(reflect.ValueOf(raw), "")
	if len(f.Problems) > 0 {
		return nil, f.Problems
	}
	p.head()
	p.customers()
	p.documents()
	p.receipts()
	p.contests()
	p.facts()
	p.expects()
	if len(f.Problems) > 0 {
		return nil, f.Problems
	}
	return p.c, nil
}

// lowered says better what is wrong where a key of the case itself stands below
// a table, which then takes it for its own.
func lowered(problems tomlfile.Problems) tomlfile.Problems {
	for i := range problems {
		table, key, below := strings.Cut(problems[i].Key, ".")
		if below && slices.Contains([]string{"expect", "nothing", "why", "title", "from", "to", "sequences", "kinds", "approve"}, key) {
			problems[i].What = fmt.Sprintf("stands below [[%s]] and so is taken for a part of it", table)
			problems[i].Cure = "move it above the first table in brackets"
		}
	}
	return problems
}

// parser turns a file into a Case and notes what is wrong on the way.
type parser struct {
	*tomlfile.File
	raw     *file
	c       *Case
	numbers map[string]*ar.Document
	made    int // receipts and applications so far
}

// The company of every case.
const (
	source    ar.Source    = "case"
	companyID ar.CompanyID = "1"
)

// longest is how many days a case may last.
const longest = 800

func (p *parser) head() {
	raw := p.raw
	if raw.Title == "" {
		p.Add("title", "nothing says what the case shows", `write title = "A customer who keeps a promise is left alone"`)
	}
	switch {
	case raw.From.Day == 0:
		p.Add("from", "nothing says on which day the case begins", "write from = 2026-03-02")
	case raw.To.Day < raw.From.Day:
		p.Add("to", "the case ends before it begins", "write to = 2026-04-30, a day on or after from")
	case raw.To.Day-raw.From.Day > longest:
		p.Add("to", fmt.Sprintf("the case lasts %d days", raw.To.Day-raw.From.Day), fmt.Sprintf("a case may last %d", longest))
	}
	p.defaults()
	var err error
	if p.c.zone, err = time.LoadLocation(p.c.company.Zone); err != nil {
		p.Add("company.zone", fmt.Sprintf("there is no time zone %q", p.c.company.Zone), `write it as "America/New_York"`)
	}
	if _, err := ar.Currency(p.c.company.Currency).Digits(); err != nil {
		p.Add("company.currency", err.Error(), `write currency = "USD"`)
	}
	p.c.history.Company = ar.Company{
		Source: source, ID: companyID, Name: p.c.company.Name, BaseCurrency: ar.Currency(p.c.company.Currency), TimeZone: p.c.company.Zone,
	}
	for _, k := range raw.Kinds {
		p.known("kinds", k, kinds[:])
	}
	for _, s := range raw.Approve {
		if !strings.Contains(s, "/") {
			p.Add("approve", fmt.Sprintf("%q names no step", s), `write approve = ["credit-hold/hold"]`)
		}
	}
	p.floors()
}

// kinds are the words for what can happen.
var kinds = [...]string{string(sequence.Message), string(sequence.Task), string(sequence.Hold), string(sequence.Release), approval, withdrawal}

// approval is the kind of a message or a hold that waits for a yes, withdrawal
// that of a hold that waits for none any more.
const (
	approval   = "approval"
	withdrawal = "withdrawal"
)

// known notes a word that is none of a list.
func (p *parser) known(key, word string, words []string) {
	if slices.Contains(words, word) {
		return
	}
	cure := "write one of " + strings.Join(words, ", ")
	if near := tomlfile.Nearest(word, words); near != "" {
		cure = fmt.Sprintf("did you mean %q? It is one of %s", near, strings.Join(words, ", "))
	}
	p.Add(key, fmt.Sprintf("%q is not known here", word), cure)
}

// defaults fills in what a case does not say of its company.
func (p *parser) defaults() {
	c := &p.c.company
	for _, d := range []struct {
		to   *string
		text string
	}{{&c.Name, "Northwind Trading"}, {&c.Currency, "USD"}, {&c.Country, "US"}, {&c.Zone, "UTC"}} {
		if *d.to == "" {
			*d.to = d.text
		}
	}
	if c.Media == nil {
		c.Media = []string{sequence.MediumEmail, sequence.MediumLetter}
	}
}

func (p *parser) floors() {
	for i, list := range [][]string{p.c.policy.FloorItem, p.c.policy.FloorAccount} {
		key := []string{"policy.floor_item", "policy.floor_account"}[i]
		for _, text := range list {
			m, err := ar.ParseMoney(text)
			if err != nil {
				p.Add(key, err.Error(), `write it as ["5.00 USD"]`)
			}
			p.c.floors[i] = append(p.c.floors[i], m)
		}
	}
}

// amount reads "1200.00" in a currency, or "1200.00 EUR".
func (p *parser) amount(key, text string, cur ar.Currency) ar.Money {
	m := ar.Money{Currency: cur}
	var err error
	if strings.Contains(strings.TrimSpace(text), " ") {
		m, err = ar.ParseMoney(text)
	} else {
		m.Minor, err = ar.ParseAmount(text, cur)
	}
	switch {
	case err != nil:
		p.Add(key, err.Error(), `with its currency where that is another: "1200.00 EUR"`)
	case m.Minor <= 0:
		p.Add(key, fmt.Sprintf("%q is no amount above nothing", text), "write what it is worth; credits and receipts are taken off by themselves")
	}
	return m
}

// need notes a day that is missing.
func (p *parser) need(key string, d day, what string) {
	if d.Day == 0 {
		p.Add(key, "nothing says "+what, "write it as 2026-03-02")
	}
}
