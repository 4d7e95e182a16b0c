package demoerp

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// Invented words for invented companies; any likeness is chance.
var (
	places = strings.Fields(`Harbor Bayside Northgate Millbrook Fairwind Saltmarsh Copperhead Ironwood Larkspur Redfern
		Greywater Stonebridge Westhaven Kestrel Juniper Tidewater Blackthorn Silverlake Oakridge Driftwood Meridian
		Bramble Foxhollow Seabright Thornbury Granite Lantern Pinecrest Quarry Windmere`)
	trades = []string{"Marine Supply", "Rope & Chain", "Hardware", "Fasteners", "Boatworks", "Outfitters", "Logistics",
		"Foods", "Paint & Coatings", "Electrical", "Plumbing", "Tool Rental", "Fisheries", "Lumber", "Cold Storage"}
	forms   = []string{"Inc.", "LLC", "Corp.", "Co.", "& Sons", "Partners LP"}
	formsDE = []string{"GmbH", "AG", "KG", "GmbH & Co. KG"}
	formsFR = []string{"SARL", "SAS", "SA"}
	firsts  = strings.Fields("Ada Björn Carla Dominic Elena Farid Grace Henrik Inès Jamal Keiko Luís Maeve Nadia Owen Priya Quentin Rosa Søren Tamsin Uma Víctor Wren Yusuf Zoë")
	lasts   = []string{"Abernathy", "Bakker", "Castellanos", "Dubois", "Egger", "Fitzgerald", "Grünwald", "Haddad", "Ivanova",
		"Jørgensen", "Keller", "Lindqvist", "Moreau", "Nakamura", "O'Leary", "Petrov", "Quiroga", "Rossi", "Schäfer", "Thompson", "Weiß", "Young"}
	streets = []string{"Wharf Street", "Dock Road", "Foundry Lane", "Chandlery Row", "Pier Avenue", "Mill Street", "Cannery Way"}
)

// town is where a customer sits.
type town struct{ city, region, country, zone, postcode, phone string }

var townsUSD = []town{
	{"Boston", "MA", "US", "America/New_York", "021%02d", "+1 617 555 01%02d"},
	{"New York", "NY", "US", "America/New_York", "100%02d", "+1 212 555 01%02d"},
	{"Charleston", "SC", "US", "America/New_York", "294%02d", "+1 843 555 01%02d"},
	{"Chicago", "IL", "US", "America/Chicago", "606%02d", "+1 312 555 01%02d"},
	{"New Orleans", "LA", "US", "America/Chicago", "701%02d", "+1 504 555 01%02d"},
	{"Denver", "CO", "US", "America/Denver", "802%02d", "+1 303 555 01%02d"},
	{"Seattle", "WA", "US", "America/Los_Angeles", "981%02d", "+1 206 555 01%02d"},
	{"San Diego", "CA", "US", "America/Los_Angeles", "921%02d", "+1 619 555 01%02d"},
}

var townsEUR = []town{
	{"Hamburg", "HH", "DE", "Europe/Berlin", "204%02d", "+49 40 66969 1%02d"},
	{"Köln", "NW", "DE", "Europe/Berlin", "506%02d", "+49 221 4710 1%02d"},
	{"Bordeaux", "NAQ", "FR", "Europe/Paris", "330%02d", "+33 5 36 49 01 %02d"},
	{"Nantes", "PDL", "FR", "Europe/Paris", "440%02d", "+33 2 61 91 01 %02d"},
}

// language is what the town's people write: English, German or French.
func (t town) language() string {
	switch t.country {
	case "DE":
		return "de"
	case "FR":
		return "fr"
	}
	return "en"
}

// drawName makes up a company; used keeps names apart.
func drawName(rng *rand.Rand, t town, used map[string]bool) string {
	form := forms
	switch t.country {
	case "DE":
		form = formsDE
	case "FR":
		form = formsFR
	}
	body := places[rng.IntN(len(places))] + " " + trades[rng.IntN(len(trades))]
	name := body + " " + form[rng.IntN(len(form))]
	for n := 2; used[name]; n++ {
		name = fmt.Sprintf("%s %s No. %d", body, t.city, n)
	}
	used[name] = true
	return name
}

var asciiOf = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss", "ø", "o", "å", "a", "é", "e", "è", "e",
	"í", "i", "ë", "e", "Å", "a", "É", "e")

// slug makes a part of a mail domain or address out of a name.
func slug(name string) string {
	var out strings.Builder
	for _, r := range strings.ToLower(asciiOf.Replace(name)) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			out.WriteRune(r)
		case r == ' ' || r == '&' || r == '-':
			if s := out.String(); s != "" && !strings.HasSuffix(s, "-") {
				out.WriteByte('-')
			}
		}
	}
	return strings.Trim(out.String(), "-")
}
