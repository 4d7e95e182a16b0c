package presets

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"holdfast/engine/fault"
)

// Place is a part of the SQL that differs from site to site, such as a schema or
// the part of a table's name that names the company. It stands as {{name}}.
type Place struct {
	Doc     string `toml:"doc"`     // what it is, for a person
	Default string `toml:"default"` // what holds where the config says nothing
	Of      string `toml:"of"`      // "company": the company's id where the config says nothing
	Replace string `toml:"replace"` // signs of the company's id that the ERP writes as underscores
	Needed  bool   `toml:"needed"`  // the config must say it: no default would be right
}

var (
	placeForm = regexp.MustCompile(`\{\{([a-z_]+)\}\}`)
	// unfit are the signs that could end the quoting around a place.
	unfit = regexp.MustCompile("[][\"'`;\\\\\\x00-\\x1f]|--|/\\*")
)

// Fill returns the text of every place: what given says, else the default, else
// the company's id. A place of the company is left out while company is empty.
func (p *Preset) Fill(company string, given map[string]string) (map[string]string, error) {
	filled := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(p.Places)) {
		place := p.Places[name]
		text, told := given[name]
		switch {
		case told:
		case place.Needed:
			return nil, fault.New(fault.Invalid, "the preset %s needs the place %s: %s", p.Name, name, place.Doc).
				WithCure(`write places = { %s = "..." } under the [[erp]]`, name)
		case place.Of == "company" && company == "":
			continue
		case place.Of == "company":
			text = strings.Map(func(r rune) rune {
				if strings.ContainsRune(place.Replace, r) {
					return '_'
				}
				return r
			}, company)
		default:
			text = place.Default
		}
		if unfit.MatchString(text) {
			return nil, fault.New(fault.Invalid, "the place %s of preset %s is %q, which has a sign that no name has", name, p.Name, text).
				WithCure("write it under places as the ERP's tables have it: %s", place.Doc)
		}
		filled[name] = text
	}
	for name := range given {
		if _, ok := p.Places[name]; !ok {
			return nil, fault.New(fault.Invalid, "the preset %s has no place %q", p.Name, name).
				WithCure("its places are: %s", strings.Join(slices.Sorted(maps.Keys(p.Places)), ", "))
		}
	}
	return filled, nil
}

// Put writes the places into a text. It returns fault.Invalid where one is not
// known, as that of the company before there is one.
func Put(text string, places map[string]string) (string, error) {
	var missing string
	text = placeForm.ReplaceAllStringFunc(text, func(m string) string {
		name := m[2 : len(m)-2]
		filled, ok := places[name]
		if !ok {
			missing = name
		}
		return filled
	})
	if missing != "" {
		return "", fault.New(fault.Invalid, "the place {{%s}} is not known here", missing).
			WithCure("say it under places of the company or the ERP in the config")
	}
	return text, nil
}

// validatePlaces refuses a place that the preset does not explain.
func (p *Preset) validatePlaces(file string) error {
	texts := map[string]string{file: strings.Join(p.Session, "\n")}
	for _, q := range p.Queries {
		texts[q.File] = q.Text
	}
	for where, text := range texts {
		for _, m := range placeForm.FindAllStringSubmatch(text, -1) {
			if _, ok := p.Places[m[1]]; !ok {
				return fault.New(fault.Invalid, "%s: the place {{%s}} is not explained", where, m[1]).
					WithCure("add [place.%s] with doc and default to preset.toml", m[1])
			}
		}
	}
	for name, place := range p.Places {
		if place.Of != "" && place.Of != "company" {
			return fault.New(fault.Invalid, "%s: place.%s: of is %q; write company, or leave it out", file, name, place.Of)
		}
	}
	return nil
}
