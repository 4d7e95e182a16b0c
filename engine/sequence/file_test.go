package sequence_test

import (
	"strings"
	"testing"

	"holdfast/engine/sequence"
	"holdfast/engine/steps"
)

const good = `name = "x"
subject = "invoice"
rank = 5
purpose = "dunning"
enter = 'document.days_past_due >= 1'

[[step]]
id = "a"
at = "due + 3d"
do = "message"
channel = ["email"]
template = "past-due-1"
`

func TestWhatAFileGetsWrongIsNamedWithItsLine(t *testing.T) {
	if _, problems := sequence.Parse("x.toml", []byte(good), steps.All()); len(problems) > 0 {
		t.Fatal(problems)
	}
	cases := []struct{ name, from, to, want string }{
		{"no name", `name = "x"`, `name = ""`, "x.toml:1: name: a sequence needs a name"},
		{"a bar in the name", `name = "x"`, `name = "x|y"`, "x.toml:1: name: "},
		{"subject", `"invoice"`, `"year"`, `x.toml:2: subject: "year" is not one of invoice, account, dispute, promise, month`},
		{"purpose", `"dunning"`, `"nagging"`, "x.toml:4: purpose: "},
		{"no enter", `enter = 'document.days_past_due >= 1'`, ``, "x.toml:1: enter: nothing says which subjects"},
		{"unknown field", `days_past_due`, `days_late`, "x.toml:5: enter: "},
		{"unknown variable", `document.days_past_due`, `invoice.days`, "x.toml:5: enter: "},
		{"not a condition", `document.days_past_due >= 1`, `document.days_past_due`, "x.toml:5: enter: "},
		{"broken expression", `>= 1`, `>= `, "x.toml:5: enter: "},
		{"text against number", `>= 1'`, `>= "1"'`, "x.toml:5: enter: "},
		{"unknown key", `id = "a"`, "id = \"a\"\ntemplat = \"y\"", `x.toml:9: step.templat: unknown key; did you mean "template"`},
		{"wrong type", `rank = 5`, `rank = "5"`, "x.toml:3: rank: "},
		{"no TOML", `[[step]]`, `[[step`, "x.toml:7: "},
		{"no step", good[strings.Index(good, "[[step]]"):], ``, "x.toml:1: step: a sequence needs at least one step"},
		{"no id", `id = "a"`, ``, "x.toml:7: step[1].id: "},
		{"two of one id", `template = "past-due-1"`, "template = \"past-due-1\"\n" + good[strings.Index(good, "[[step]]"):], `step[2].id: two steps are called "a"`},
		{"no moment", `at = "due + 3d"`, ``, "step[1].at: nothing says when"},
		{"anchor", `due + 3d`, `dues + 3d`, `x.toml:9: step[1].at: "dues" is not an anchor`},
		{"span", `due + 3d`, `due + 3 weeks`, "x.toml:9: step[1].at: "},
		{"until", `do = "message"`, "do = \"message\"\nuntil = \"due + x\"", "x.toml:11: step[1].until: "},
		{"kind", `do = "message"`, `do = "mail"`, `x.toml:10: step[1].do: there is no step kind "mail"; the kinds are approve, call, escalate, hold, letter, message, release, statement, task, wait`},
		{"previous at the first step", `due + 3d`, `previous + 3d`, "step[1].at: there is no step before the first"},
		{"cadence without an end", `at = "due + 3d"`, `every = "14d"`, "step[1].times: a cadence needs an end"},
		{"at and every", `at = "due + 3d"`, "at = \"due + 3d\"\nevery = \"14d\"\ntimes = 2", "step[1].at: a step has either at or every"},
		{"cadence after a stranger", `at = "due + 3d"`, "every = \"14d\"\ntimes = 2\nafter = \"z\"", "step[1].after: "},
		{"else", `do = "message"`, "do = \"message\"\nelse = \"stop\"", "step[1].else: "},
		{"when", `do = "message"`, "do = \"message\"\nwhen = 'account.owed > 5'", "x.toml:11: step[1].when: "},
		{"gap", `[[step]]`, "[contact]\ngap = \"2bd\"\n[[step]]", "x.toml:8: contact.gap: "},
		{"window", `[[step]]`, "[contact]\nwindow = \"always\"\n[[step]]", "x.toml:8: contact.window: "},
		{"hour", `[[step]]`, "[contact]\nhour = \"noon\"\n[[step]]", "x.toml:8: contact.hour: "},
		{"group", `[[step]]`, "[contact]\ngroup = \"document\"\n[[step]]", "x.toml:8: contact.group: "},
		{"due in a sequence of accounts", `subject = "invoice"`, `subject = "account"`, "enter"},
		{"receivers", `do = "message"`, "do = \"message\"\nto = 5", "step[1].to: "},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			text := strings.Replace(good, c.from, c.to, 1)
			if text == good {
				t.Fatal("the case changes nothing")
			}
			_, problems := sequence.Parse("x.toml", []byte(text), steps.All())
			if err := problems.Err(); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v\nwant %s", err, c.want)
			}
			for _, p := range problems {
				if p.Cure == "" {
					t.Errorf("no cure for: %s", p.Error())
				}
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(good))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, problems := sequence.Parse("x.toml", data, steps.All())
		if (s == nil) != (len(problems) > 0) {
			t.Errorf("a sequence %v with the problems %v", s, problems)
		}
	})
}

func TestConditionsCompareMoneyByCurrency(t *testing.T) {
	cases := []struct {
		when  string
		steps string // of the account of 1,000.00 USD and 1,000.00 EUR overdue
	}{
		{`account.overdue >= base("500.00")`, "abstain"}, // no rate for the euros
		{`account.overdue > 0`, "due"},
		{`document.open == money("1000.00 USD")`, "due"},
		{`document.open > money("1000.00 USD")`, "finished"},
		{`document.open >= money("900.00 EUR")`, "abstain"},
		{`document.amount != 0`, "due"},
	}
	for _, c := range cases {
		text := strings.Replace(good, `do = "message"`, "do = \"message\"\nwhen = '"+c.when+"'", 1)
		s, problems := sequence.Parse("x.toml", []byte(text), steps.All())
		if len(problems) > 0 {
			t.Errorf("%s: %v", c.when, problems)
			continue
		}
		b, _ := sequence.NewBook([]*sequence.Sequence{s}, nil, policy(), steps.All())
		euro := invoice("e", "2026-08-25")
		euro.Currency = "EUR"
		d := b.Decide(caseOn("2026-09-01", invoice("a", "2026-08-25"), euro))
		if got := string(verdicts(d)["a"]); got != c.steps {
			t.Errorf("%s: %s, want %s", c.when, got, c.steps)
		}
	}
}

// TestASequenceThatCannotSayWhetherItTakesADocumentSaysSo gives the verdict of a
// document that is in no sequence because its `enter` wants a rate.
func TestASequenceThatCannotSayWhetherItTakesADocumentSaysSo(t *testing.T) {
	text := strings.Replace(good, `'document.days_past_due >= 1'`, `'document.open >= money("5.00 EUR")'`, 1)
	s, problems := sequence.Parse("x.toml", []byte(text), steps.All())
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	b, _ := sequence.NewBook([]*sequence.Sequence{s}, nil, policy(), steps.All())
	if got := verdicts(b.Decide(caseOn("2026-09-01", invoice("a", "2026-08-25"))))["a"]; got != sequence.ReasonAbstain {
		t.Errorf("%q, want %q", got, sequence.ReasonAbstain)
	}
}

func TestABaseAmountUsesTheERPsRate(t *testing.T) {
	text := strings.Replace(good, `do = "message"`, "do = \"message\"\nelse = \"wait\"\nwhen = 'account.overdue >= base(\"2100.00\")'", 1)
	s, _ := sequence.Parse("x.toml", []byte(text), steps.All())
	b, _ := sequence.NewBook([]*sequence.Sequence{s}, nil, policy(), steps.All())
	for base, want := range map[int64]string{110000: "due", 109999: "condition"} {
		dollar, euro := invoice("a", "2026-08-25"), invoice("e", "2026-08-25")
		worth := dollar.Open
		euro.Currency, euro.BaseOpen, dollar.BaseOpen = "EUR", &base, &worth
		if got := string(verdicts(b.Decide(caseOn("2026-09-01", dollar, euro)))["a"]); got != want {
			t.Errorf("1,000.00 USD and euros worth %d: %s, want %s", base, got, want)
		}
	}
}
