package interest

import (
	"embed"
	"fmt"
	"io/fs"
	"math/big"
	"slices"
	"strings"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/tomlfile"
)

//go:embed rates/*.toml schemes/*.toml
var shipped embed.FS

// Rates is all schemes and the reference rates that they build on. It does not
// change, and several goroutines may use it.
type Rates struct {
	schemes    map[string]*Scheme
	references map[string]*reference
}

// Scheme is what one law gives.
type Scheme struct {
	Name       string
	Title      string
	Currency   ar.Currency
	Reference  string // the rate that it adds to
	Pinned     bool   // the rate of the day interest starts stays with the debt
	ValidFrom  ar.Day // interest that starts earlier is not covered
	Sources    []string
	ReviewedOn ar.Day
	Sure       string // A: read in the text itself, B: in a professional's summary, C: widely stated

	points   *big.Rat // percentage points on top
	yearDays int
	bands    []band
}

// band is the fixed sum for amounts below a limit; no limit is 0. Minor units.
type band struct{ below, sum int64 }

// reference is a rate that changes by half-years.
type reference struct {
	name  string
	rates []rate // by day
}

type rate struct {
	from    ar.Day
	percent *big.Rat
}

// Load reads the shipped schemes and rates, and a site's own over them: folders
// schemes and rates, where a file of the same name replaces a shipped one. site
// may be nil. With problems there are no Rates.
func Load(site fs.FS) (*Rates, tomlfile.Problems) {
	l := loader{r: &Rates{schemes: map[string]*Scheme{}, references: map[string]*reference{}}, files: map[string]*tomlfile.File{}}
	l.folder(shipped, "shipped interest/")
	if site != nil {
		l.folder(site, "")
	}
	for _, name := range tomlfile.Sorted(l.r.schemes) {
		if s := l.r.schemes[name]; l.r.references[s.Reference] == nil {
			l.problems = append(l.problems, tomlfile.Problem{
				File: l.files[name].Name, Line: l.files[name].Line("reference"), Key: "reference",
				What: fmt.Sprintf("there is no rate named %q", s.Reference),
				Cure: "write one of " + strings.Join(tomlfile.Sorted(l.r.references), ", ") + ", or add rates/" + s.Reference + ".toml",
			})
		}
	}
	if len(l.problems) > 0 {
		return nil, l.problems
	}
	return l.r, nil
}

// Schemes lists the schemes in order of their names.
func (r *Rates) Schemes() []Scheme {
	var all []Scheme
	for _, name := range tomlfile.Sorted(r.schemes) {
		all = append(all, *r.schemes[name])
	}
	return all
}

func (r *Rates) scheme(name string) (*Scheme, error) {
	s := r.schemes[name]
	if s == nil {
		return nil, fault.New(fault.NotFound, "there is no late-payment scheme %q", name).
			WithCure("choose one of %s", strings.Join(tomlfile.Sorted(r.schemes), ", "))
	}
	return s, nil
}

// rate returns the percentage in force on a day and the day of the next one,
// zero where none is known.
func (r *Rates) rate(name string, day ar.Day) (percent *big.Rat, next ar.Day, err error) {
	ref := r.references[name]
	i, found := slices.BinarySearchFunc(ref.rates, day, func(r rate, day ar.Day) int { return int(r.from - day) })
	if !found {
		i--
	}
	if i < 0 {
		return nil, 0, fault.New(fault.NotFound, "no %s rate is known for %s", name, day).
			WithCure("copy rates/%s.toml into the site's folder and add it, with its source", name)
	}
	if i+1 < len(ref.rates) {
		return ref.rates[i].percent, ref.rates[i+1].from, nil
	}
	return ref.rates[i].percent, 0, r.fresh(name, day)
}

// fresh refuses a day past the half-year of the newest rate.
func (r *Rates) fresh(name string, day ar.Day) error {
	ref := r.references[name]
	last := ref.rates[len(ref.rates)-1].from
	if day < halfYear(last+190) {
		return nil
	}
	return fault.New(fault.NotFound, "the newest %s rate is of %s, and %s lies in a later half-year", name, last, day).
		WithCure("copy rates/%s.toml into the site's folder and add the new rate, with its source", name)
}

// halfYear returns the first day of the half-year of a day.
func halfYear(day ar.Day) ar.Day {
	y, m, _ := day.Date()
	if m <= 6 {
		return ar.NewDay(y, 1, 1)
	}
	return ar.NewDay(y, 7, 1)
}
