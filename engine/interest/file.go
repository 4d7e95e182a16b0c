package interest

import (
	"fmt"
	"io/fs"
	"math/big"
	"path"
	"regexp"
	"slices"
	"strings"

	"holdfast/engine/ar"
	"holdfast/engine/tomlfile"
)

// rateFile and schemeFile are the files as they are written.
type rateFile struct {
	Name  string `toml:"name"`
	Title string `toml:"title"`
	Rate  []struct {
		From       string   `toml:"from"`
		Percent    string   `toml:"percent"`
		Sources    []string `toml:"sources"`
		ReviewedOn string   `toml:"reviewed_on"`
		Sure       string   `toml:"sure"`
	} `toml:"rate"`
}

type schemeFile struct {
	Name       string   `toml:"name"`
	Title      string   `toml:"title"`
	Currency   string   `toml:"currency"`
	Reference  string   `toml:"reference"`
	Points     string   `toml:"points"`
	Pinned     bool     `toml:"pinned"`
	YearDays   int      `toml:"year_days"`
	ValidFrom  string   `toml:"valid_from"`
	Sources    []string `toml:"sources"`
	ReviewedOn string   `toml:"reviewed_on"`
	Sure       string   `toml:"sure"`
	Fixed      []struct {
		Below string `toml:"below"`
		Sum   string `toml:"sum"`
	} `toml:"fixed"`
}

// loader collects schemes and rates by name; a later file replaces an earlier.
type loader struct {
	r        *Rates
	files    map[string]*tomlfile.File // of schemes, to say where one is wrong
	problems tomlfile.Problems
}

func (l *loader) folder(folder fs.FS, label string) {
	for kind, read := range map[string]func(p *parser, data []byte){"rates": l.reference, "schemes": l.scheme} {
		files, _ := fs.Glob(folder, kind+"/*.toml") // the pattern is sound
		for _, name := range files {
			data, err := fs.ReadFile(folder, name)
			if err != nil {
				l.problems = append(l.problems, tomlfile.Problem{File: label + name, What: err.Error(), Cure: "make the file readable"})
				continue
			}
			p := &parser{label: label + name, name: strings.TrimSuffix(path.Base(name), ".toml")}
			read(p, data)
			l.problems = append(l.problems, p.Problems...)
		}
	}
}

// parser reads one file and notes what is wrong on the way.
type parser struct {
	*tomlfile.File
	label, name string
}

func (l *loader) reference(p *parser, data []byte) {
	var raw rateFile
	if p.File = tomlfile.Read(p.label, data, &raw); len(p.Problems) > 0 {
		return
	}
	p.named(raw.Name, raw.Title)
	ref := &reference{name: raw.Name}
	for i, one := range raw.Rate {
		at := fmt.Sprintf("rate[%d].", i+1)
		p.origin(at, one.Sources, one.ReviewedOn, one.Sure)
		from := p.day(at+"from", one.From)
		if from != halfYear(from) {
			p.Add(at+"from", fmt.Sprintf("%s does not begin a half-year", from), "write the 1st of January or of July")
		}
		ref.rates = append(ref.rates, rate{from: from, percent: p.percent(at+"percent", one.Percent)})
	}
	if len(ref.rates) == 0 {
		p.Add("rate", "the file holds no rate", "add a [[rate]] table")
	}
	if !slices.IsSortedFunc(ref.rates, func(a, b rate) int { return int(a.from - b.from) }) {
		p.Add("rate", "the rates are not in order of their days", "put the oldest first")
	}
	l.r.references[p.name] = ref
}

func (l *loader) scheme(p *parser, data []byte) {
	var raw schemeFile
	if p.File = tomlfile.Read(p.label, data, &raw); len(p.Problems) > 0 {
		return
	}
	p.named(raw.Name, raw.Title)
	p.origin("", raw.Sources, raw.ReviewedOn, raw.Sure)
	s := &Scheme{
		Name: raw.Name, Title: raw.Title, Currency: ar.Currency(raw.Currency), Reference: raw.Reference, Pinned: raw.Pinned,
		ValidFrom: p.day("valid_from", raw.ValidFrom), Sources: raw.Sources, ReviewedOn: p.day("reviewed_on", raw.ReviewedOn),
		Sure: raw.Sure, points: p.percent("points", raw.Points), yearDays: raw.YearDays,
	}
	if raw.YearDays != 360 && raw.YearDays != 365 {
		p.Add("year_days", fmt.Sprintf("a year of %d days", raw.YearDays), "write 365, or 360 where the law counts so")
	}
	for i, one := range raw.Fixed {
		at := fmt.Sprintf("fixed[%d].", i+1)
		b := band{sum: p.amount(at+"sum", one.Sum, s.Currency)}
		if one.Below != "" {
			b.below = p.amount(at+"below", one.Below, s.Currency)
		}
		if last := i == len(raw.Fixed)-1; last != (b.below == 0) || i > 0 && !last && b.below <= s.bands[i-1].below {
			p.Add(at+"below", "the bands do not rise to an open end", "put the smallest first, and leave below out of the last one only")
		}
		s.bands = append(s.bands, b)
	}
	l.r.schemes[p.name], l.files[p.name] = s, p.File
}

func (p *parser) named(name, title string) {
	if name != p.name {
		p.Add("name", fmt.Sprintf("the name is %q, the file's %q", name, p.name), fmt.Sprintf("write name = %q", p.name))
	}
	if title == "" {
		p.Add("title", "there is no title", "write one for the person who reads the list")
	}
}

func (p *parser) origin(at string, sources []string, reviewed, sure string) {
	if len(sources) == 0 {
		p.Add(at+"sources", "no source is named", "name the statute, or the page that publishes the rate")
	}
	if p.day(at+"reviewed_on", reviewed) == 0 {
		p.Add(at+"reviewed_on", "nothing says when this was last reviewed", `write reviewed_on = "2026-11-21"`)
	}
	if !slices.Contains([]string{"A", "B", "C"}, sure) {
		p.Add(at+"sure", fmt.Sprintf("%q does not say how sure this is", sure), "write A where the text itself was read, B for a professional's summary, C for what is widely stated")
	}
}

func (p *parser) day(key, text string) ar.Day {
	day, err := ar.ParseDay(text)
	if err != nil {
		p.Add(key, err.Error(), "mend the day")
	}
	return day
}

var decimal = regexp.MustCompile(`^-?\d{1,3}(\.\d{1,4})?$`)

// percent reads "4.75" exactly.
func (p *parser) percent(key, text string) *big.Rat {
	if !decimal.MatchString(text) {
		p.Add(key, fmt.Sprintf("%q is no percentage", text), `write it in quotes with a point, "4.75"`)
		return new(big.Rat)
	}
	v, _ := new(big.Rat).SetString(text) // its form has just been checked
	return v
}

func (p *parser) amount(key, text string, cur ar.Currency) int64 {
	minor, err := ar.ParseAmount(text, cur)
	if err != nil {
		p.Add(key, err.Error(), "write an amount of the scheme's currency")
	}
	return minor
}
