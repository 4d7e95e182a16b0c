package policy_test

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/policy"
)

func shipped(t testing.TB) *policy.Packs {
	t.Helper()
	return load(t, nil)
}

func load(t testing.TB, site fstest.MapFS) *policy.Packs {
	t.Helper()
	p, problems := policy.Load(site)
	if err := problems.Err(); err != nil {
		t.Fatal(err)
	}
	return p
}

func TestShippedPacks(t *testing.T) {
	var names []string
	for _, pack := range shipped(t).List() {
		names = append(names, pack.Name)
	}
	const want = "australia b2b-courtesy canada eu uk us-california us-florida us-massachusetts us-nyc us-reg-f us-tcpa"
	if got := strings.Join(names, " "); got != want {
		t.Errorf("the packs are %s, want %s", got, want)
	}
}

const origin = "says = \"x\"\nsources = [\"x\"]\nreviewed_on = \"2026-11-21\"\nsure = \"A\"\n"

func TestSitePackReplacesAndAdds(t *testing.T) {
	p := load(t, fstest.MapFS{
		"b2b-courtesy.toml": {Data: []byte("name = \"b2b-courtesy\"\ntitle = \"ours\"\n[[rule]]\nid = \"keep\"\n" + origin + "retention_days = 400\n")},
		"contract.toml":     {Data: []byte("name = \"contract\"\ntitle = \"x\"\n[[rule]]\nid = \"hours\"\n" + origin + "hours = [\"Mon-Fri 10:00-12:00\"]\n")},
	})
	r := p.Rules(policy.Question{
		Day: ar.MustDay("2026-11-23"), Channel: policy.Email, Purpose: "dunning", Relationship: "first_party",
		DebtorKind: "company", DebtKind: "trade_credit", Country: "DE", Zones: []*time.Location{time.UTC},
	})
	if got := strings.Join(r.Applied, " "); got != "b2b-courtesy contract eu" {
		t.Errorf("applied: %s", got)
	}
	if days, from := r.Retention(); days != 400 || from != "b2b-courtesy: x" {
		t.Errorf("kept for %d days by %s", days, from)
	}
	day := ar.MustDay("2026-11-23").Time(time.UTC)
	from, to, ok := r.Window(ar.MustDay("2026-11-23"), day.Add(9*time.Hour), day.Add(17*time.Hour), false)
	if !ok || from.Hour() != 10 || to.Hour() != 12 {
		t.Errorf("the window is %s to %s, %t", from, to, ok)
	}
}

func TestLoadNamesLineKeyAndCure(t *testing.T) {
	const head = "name = \"x\"\ntitle = \"x\"\n[[rule]]\nid = \"r\"\n" + origin // 8 lines
	for _, c := range []struct{ text, want string }{
		{"name = \"x\"\ntitle = 5\n", "x.toml:2: title:"},
		{"name = \"y\"\ntitle = \"x\"\n[[rule]]\nid = \"r\"\n" + origin, `x.toml:1: name: the pack is named "y", its file "x"; write name = "x"`},
		{"name = \"x\"\ntitle = \"x\"\n", "x.toml: rule: a pack needs at least one rule"},
		{"name = \"x\"\ntitle = \"x\"\n[[rule]]\nid = \"r\"\n", "x.toml:3: rule[1].sources: the rule names no source"},
		{head + "requried = [\"identity\"]\n", `x.toml:9: rule.requried: unknown key; did you mean "required"?`},
		{head + "required = [\"adress\"]\n", `x.toml:9: rule[1].required: "adress" is not known; write one of amount`},
		{head + "forbidden = [\"shouting\"]\n", `x.toml:9: rule[1].forbidden: "shouting" is not known`},
		{head + "hours = [\"Mon-Fri 21:00-08:00\"]\n", `x.toml:9: rule[1].hours: "Mon-Fri 21:00-08:00" is not a window`},
		{head + "hours = [\"Mon-Fri 08:00-21:00\", \"Fri 09:00-12:00\"]\n", "x.toml:9: rule[1].hours: Friday is named twice"},
		{head + "quiet = \"12:00-13:00\"\n", "x.toml:9: rule[1].quiet: quiet hours must run over midnight"},
		{head + "quiet = \"evening\"\n", `x.toml:9: rule[1].quiet: "evening" are no quiet hours`},
		{head + "holidays = \"closed\"\n", "x.toml:9: rule[1].holidays: holidays are closed, but no hours are named"},
		{head + "holidays = \"none\"\n", `x.toml:9: rule[1].holidays: "none" says nothing`},
		{head + "valid_from = \"1 May\"\n", `x.toml:9: rule[1].valid_from: "1 May" is not a day`},
		{head + "valid_from = \"2026-05-01\"\nvalid_to = \"2026-04-01\"\n", "x.toml:10: rule[1].valid_to: the rule ends on 2026-04-01, before it begins"},
		{head + "scope = { channel = [\"fax\"] }\n", `x.toml:9: rule[1].scope.channel: "fax" is not known; write one of email`},
		{head + "scope = { country = [\"USA\"] }\n", `x.toml:9: rule[1].scope.country: "USA" is no code of a country`},
		{head + "scope = { region = [\"CA\"] }\n", "x.toml:9: rule[1].scope: a region or city needs its country"},
		{head + "scope = { max_total = \"lots\" }\n", `x.toml:9: rule[1].scope.max_total: "lots" is not money`},
		{head + "revocation = { words = [] }\n", "x.toml:9: rule[1].revocation: a revocation needs words"},
		{head + "retention_days = -1\n", "x.toml:9: rule[1].retention_days: -1 is no number"},
		{head + "pause = { days = 0, per = \"debt\" }\n", "x.toml:9: rule[1].pause: a pause after a conversation needs days"},
		{head + "[[rule.cap]]\nmax = 0\ndays = 7\nper = \"debt\"\ncount = \"attempts\"\n", "x.toml:9: rule[1].cap[1]: a cap needs a number"},
		{head + "[[rule.cap]]\nmax = 1\ndays = 7\nper = \"invoice\"\ncount = \"attempts\"\n", `x.toml:12: rule[1].cap[1].per: "invoice" is not known; write one of debt, account, person, address`},
		{head + "[[rule.cap]]\nmax = 1\ndays = 7\nper = \"debt\"\ncount = \"calls\"\n", `x.toml:13: rule[1].cap[1].count: "calls" is not known`},
		{head + "[[rule]]\nid = \"r\"\n" + origin, `x.toml:10: rule[2].id: two versions of "r" hold on one day`},
	} {
		p, problems := policy.Load(fstest.MapFS{"x.toml": {Data: []byte(c.text)}})
		if err := problems.Err(); p != nil || err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("got %v\nwant %s", err, c.want)
		}
	}
}

func TestTooManyRulesAreRefused(t *testing.T) {
	text := "name = \"x\"\ntitle = \"x\"\n"
	for i := range 256 {
		text += "[[rule]]\nid = \"r" + strings.Repeat("i", i) + "\"\n" + origin
	}
	if _, problems := policy.Load(fstest.MapFS{"x.toml": {Data: []byte(text)}}); problems.Err() == nil || !strings.Contains(problems.Error(), "256 is the most") {
		t.Errorf("got %v", problems.Err())
	}
}
