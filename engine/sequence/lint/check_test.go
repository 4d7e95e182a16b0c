package lint_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"holdfast/engine/ar"
	"holdfast/engine/policy"
	"holdfast/engine/sequence"
	"holdfast/engine/sequence/lint"
	"holdfast/engine/steps"
)

// head begins a sequence; %s is put in by seq.
const head = `name    = "NAME"
subject = "invoice"
rank    = 1
purpose = "dunning"
enter   = 'ENTER'
`

func seq(t *testing.T, name, enter, text string) *sequence.Sequence {
	t.Helper()
	text = strings.NewReplacer("NAME", name, "ENTER", enter).Replace(head) + text
	s, problems := sequence.Parse(name+".toml", []byte(text), steps.All())
	if err := problems.Err(); err != nil {
		t.Fatal(err)
	}
	return s
}

// step writes one step; keys are further lines.
func step(id, at, do string, keys ...string) string {
	text := "\n[[step]]\nid = \"" + id + "\"\nat = \"" + at + "\"\ndo = \"" + do + "\"\n"
	switch do {
	case "message":
		text += "channel = [\"email\"]\ntemplate = \"" + id + "\"\n"
	case "call":
		text += "script = \"call\"\nto = \"collector\"\nwithin = \"2bd\"\n"
	}
	return text + strings.Join(keys, "\n") + "\n"
}

// say writes findings as text, warnings marked.
func say(found []lint.Finding) string {
	var lines []string
	for _, f := range found {
		line := f.Error()
		if f.Warning {
			line = "warning " + line
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// expect wants one finding that holds the text, or none where it is empty.
func expect(t *testing.T, found []lint.Finding, want string) {
	t.Helper()
	got := say(found)
	switch {
	case want == "" && got != "":
		t.Errorf("found %s", got)
	case !strings.Contains(got, want) || want != "" && strings.Count(got, "\n") > 0:
		t.Errorf("found  %s\nwanted %s", got, want)
	}
}

func TestSequencesThatCouldHoldOneSubjectAreShownOne(t *testing.T) {
	message := step("first", "due + 3d", "message")
	cases := []struct{ name, a, b, stepB, want string }{
		{"before and after the day", "document.days_past_due <= 0", "document.days_past_due >= 1", message, ""},
		{"the day itself", "document.days_past_due <= 1", "document.days_past_due >= 1", message, "both take one with days_past_due = 1"},
		{"apart by a flag", "not customer.white_glove", "customer.white_glove and document.days_past_due > 3", message, ""},
		{"apart by kind", `document.kind in ["invoice", "opening"]`, `document.kind == "debit_memo"`, message, ""},
		{"one kind in both", `document.kind in ["invoice", "opening"]`, `document.kind != "invoice"`, message, "kind = opening"},
		{"two fields", "document.days_past_due >= 5", "not customer.white_glove", message, "both take one with days_past_due = 5, white_glove = false"},
		{"apart by an amount", `account.overdue < base("500.00")`, `account.overdue >= base("500.00")`, message, ""},
		{"a cent in both", `account.overdue <= base("500.00")`, `account.overdue >= base("500.00")`, message, "overdue = 500.00 USD"},
		{"another currency", `document.open > money("5.00 EUR")`, `document.open > money("7.00 EUR")`, message, "open = 7.01 EUR"},
		{"a field of the site", `customer.x.tier == "gold"`, `customer.x.tier != "gold"`, message, ""},
		{"of whom one says nothing", "document.days_past_due >= 1", "document.days_past_due >= 1", step("look", "due", "task", `text = "Look"`, `to = "collector"`), ""},
		{"of whom one answers", "document.days_past_due >= 1", "document.days_past_due >= 1", step("first", "due", "message", `purpose = "response"`), ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			a, b := seq(t, "a", c.a, message), seq(t, "b", c.b, c.stepB)
			found := lint.Check(lint.Site{Sequences: []*sequence.Sequence{a, b}})
			expect(t, found, c.want)
			for _, f := range found {
				if f.File != "b.toml" || f.Line != 5 {
					t.Errorf("it stands at %s:%d", f.File, f.Line)
				}
			}
		})
	}
}

// TestALargeConditionIsTriedWithSomeValuesOnly asks of twenty fields each, which
// no night is long enough to try in every combination.
func TestALargeConditionIsTriedWithSomeValuesOnly(t *testing.T) {
	var parts []string
	for c := 'a'; c < 'a'+20; c++ {
		parts = append(parts, `customer.x.`+string(c)+` != "never"`)
	}
	enter := strings.Join(parts, " and ")
	a, b := seq(t, "a", enter, step("first", "due", "message")), seq(t, "b", enter, step("first", "due", "message"))
	expect(t, lint.Check(lint.Site{Sequences: []*sequence.Sequence{a, b}}), "(tried 5000 of ")
}

func TestAnAccountIsLookedAfterByManyAndChasedByOne(t *testing.T) {
	account := func(name, purpose string) *sequence.Sequence {
		text := strings.NewReplacer("NAME", name, "invoice", "account", "dunning", purpose, "ENTER", "account.days_past_due >= 1").Replace(head)
		s, problems := sequence.Parse(name+".toml", []byte(text+step("first", "entered", "message")), steps.All())
		if err := problems.Err(); err != nil {
			t.Fatal(err)
		}
		return s
	}
	expect(t, lint.Check(lint.Site{Sequences: []*sequence.Sequence{account("a", "courtesy"), account("b", "dunning")}}), "")
	expect(t, lint.Check(lint.Site{Sequences: []*sequence.Sequence{account("a", "legal"), account("b", "dunning")}}), "could hold one account at once")
}

func TestStepsThatNeverComeAreNamed(t *testing.T) {
	a, b, c := step("a", "due + 1d", "message"), step("b", "due + 9d", "message"), step("c", "due + 20d", "message")
	hold := step("hold", "due + 30d", "hold", `warned_by = "a"`, `warned_ago = "5bd"`)
	cases := []struct{ name, text, want string }{
		{"in order", a + b + c, ""},
		{"jumped over", step("a", "due + 1d", "message", `next = "c"`) + b + c, "x.toml:16: step[2].id: step b is never reached: a always goes on to c"},
		{"jumped over, and come to by another way", step("a", "due + 1d", "call", `next = "c"`, `otherwise = "b"`) + b + c, ""},
		{"passed over where a condition is false", step("a", "due + 1d", "message", `next = "c"`, `when = 'document.disputed'`) + b + c, ""},
		{"that lapses", step("a", "due + 5d", "message", `until = "due + 4d"`) + b, "lapses after due + 4d, before it is due at due + 5d"},
		{"out of order", b + a, "warning x.toml:17: step[2].at: step a at due + 1d stands after b"},
		{"a branch out of order", step("b", "due + 9d", "call", `next = "c"`, `otherwise = "a"`) + c + step("a", "due + 1d", "message"), "stands after c"},
		{"never true", step("a", "due + 1d", "message", `when = 'account.days_past_due > 3 and account.days_past_due < 4'`) + b, "the condition is never true"},
		{"true on one day", step("a", "due + 1d", "message", `when = 'account.days_past_due > 3 and account.days_past_due < 5'`) + b, ""},
		{"against enter", step("a", "due + 1d", "message", `when = 'document.kind == "opening"'`) + b, "warning x.toml:13: step[1].when: the condition contradicts enter"},
		{"a cadence after what is never done", step("a", "due + 1d", "message", `when = 'account.held and not account.held'`) + "\n[[step]]\nid = \"b\"\nevery = \"7d\"\ntimes = 2\ndo = \"message\"\nchannel = [\"email\"]\ntemplate = \"b\"\n", "never true"},
		{"a hold with its warning", a + hold, ""},
		{"a hold whose warning may be passed over", step("a", "due + 1d", "message", `when = 'account.held'`) + hold, "warning x.toml:19: step[2].warned_by: a subject can come to hold without a"},
		{"a hold whose warning waits", step("a", "due + 1d", "message", `when = 'account.held'`, `else = "wait"`) + hold, ""},
		{"a hold that a jump leads to", step("z", "due", "call", `otherwise = "hold"`) + a + hold, "x.toml:28: step[3].warned_by: a subject can come to hold without a"},
		{"an outcome that no task has", step("a", "due", "call") + step("b", "due + 9d", "message", `when = 'outcome["a"] == "reachd"'`), `outcome.a is never "reachd"; did you mean "reached"?`},
		{"the outcome of a task of its own", step("a", "due", "call", `outcomes = ["posted"]`) + step("b", "due + 9d", "message", `when = 'outcome["a"] == "posted"'`), ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := seq(t, "x", `document.kind == "invoice"`, c.text)
			found := lint.Check(lint.Site{Sequences: []*sequence.Sequence{s}})
			if c.name == "a cadence after what is never done" {
				if got := say(found); !strings.Contains(got, "warning x.toml:17: step[2].every: the cadence follows a, which is never done") {
					t.Error(got)
				}
				return
			}
			expect(t, found, c.want)
		})
	}
}

// words builds a site of one sequence whose first step sends a text.
func words(t *testing.T, text string, rest ...string) lint.Site {
	t.Helper()
	texts, err := lint.ReadTexts(fstest.MapFS{
		"a.en.txt":            {Data: []byte("Subject: hello\n\nDear all,\n\n" + text + "\n\n[[footer]]\n")},
		"b.en.txt":            {Data: []byte("Subject: hello\n\n[[footer]]\n")},
		"scripts/call.en.txt": {Data: []byte("Ring.\n")},
	}, nil, "templates", "")
	if err != nil {
		t.Fatal(err)
	}
	s := seq(t, "x", "document.days_past_due >= 1", step("a", "due + 1d", "message")+strings.Join(rest, ""))
	return lint.Site{Sequences: []*sequence.Sequence{s}, Texts: texts}
}

func TestWordsMustComeTrue(t *testing.T) {
	later := func(days string) string { return step("b", "due + "+days, "message") }
	to := func(role string) string { return step("z", "due + 30d", "escalate", `to = "`+role+`"`) }
	cases := []struct {
		name, text string
		rest       []string
		want       string
	}{
		{"plain words", "Please pay.", nil, ""},
		{"an agency", "We will hand this to a collection agency.", nil, `templates/a.en.txt:5: "agency": names an agency, and no later step hands over to one`},
		{"an agency that comes", "We will hand this to a collection agency.", []string{to("agency")}, ""},
		{"a lawyer, where an agency comes", "Our lawyer will write.", []string{to("agency")}, "names the law"},
		{"a lawyer that comes", "Our lawyer will write.", []string{to("legal")}, ""},
		{"the police", "We will inform the police.", []string{to("legal")}, "names a police"},
		{"an office", "This is an official notice.", []string{to("legal")}, "looks like a paper of a court"},
		{"48 hours", "Pay within 48 hours.", []string{later("20d")}, "sets a deadline of 2 days, and no step comes when it is over"},
		{"48 hours that count", "Pay within 48 hours.", []string{later("3d")}, ""},
		{"ten days", "Pay within ten days.", []string{later("12d")}, ""},
		{"two weeks", "Pay within 2 weeks.", []string{later("25d")}, "sets a deadline of 14 days"},
		{"final", "This is our final notice.", nil, "sets a deadline, and no step comes after it"},
		{"final, then a call", "This is our final notice.", []string{step("z", "due + 9d", "call")}, ""},
		{"interest", "We charge interest.", nil, "names interest or a fee without a basis"},
		{"interest where there is a basis", "{{if .late_fee}}Interest: {{.late_fee}}{{end}}", nil, ""},
		{"the other half of a condition", "{{if .late_fee}}{{.late_fee}}{{else}}We charge interest.{{end}}", nil, "names interest or a fee without a basis"},
		{"a hold", "It may be from {{.hold_from}}.", nil, "names the day of a hold, and no later hold of x is warned by step a"},
		{"a hold that comes", "It may be from {{.hold_from}}.", []string{step("z", "due + 20d", "hold", `warned_by = "a"`, `warned_ago = "5bd"`)}, ""},
		{"an amount of nothing", "You owe 0.00 EUR.", nil, "names an amount of zero or less"},
		{"a negative amount", "You owe -12.50 EUR.", nil, "names an amount of zero or less"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) { expect(t, lint.Check(words(t, c.text, c.rest...)), c.want) })
	}
}

func TestABasisInTheConfigMakesInterestTrue(t *testing.T) {
	site := words(t, "We charge interest.")
	site.Interest = true
	expect(t, lint.Check(site), "")
}

func TestTextsAreThereInEveryLanguage(t *testing.T) {
	texts, err := lint.ReadTexts(
		fstest.MapFS{"a.en.txt": {}, "a.de.txt": {}, "c.de.txt": {}},
		fstest.MapFS{"b.en.txt": {Data: []byte("Subject: {{.asked_text}}\n\nDear all\n")}}, "shipped", "site")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ text, want string }{
		{step("a", "due", "message"), ""},
		{step("b", "due", "message"), `template "b" is not there in de: it goes out in English`},
		{step("c", "due", "message"), `template "c" is not there in English`},
		{step("d", "due", "message"), `there is no template "d"; write templates/d.en.txt, or name another; there are a, b, c`},
		{step("a", "due", "message") + step("z", "due", "call"), `there is no script "call"; write templates/scripts/call.en.txt`},
		{step("b", "due", "message"), "warning site/b.en.txt:1: the subject shows a debt"},
		{step("b", "due", "message", `purpose = "response"`), "site/b.en.txt:1: {{.asked_text}} names a sum that may be none at step b of x"},
	} {
		s := seq(t, "x", "document.days_past_due >= 1", c.text)
		if got := say(lint.Check(lint.Site{Sequences: []*sequence.Sequence{s}, Texts: texts})); !strings.Contains(got, c.want) || c.want == "" && got != "" {
			t.Errorf("found  %s\nwanted %s", got, c.want)
		}
	}
}

func TestWhatNobodyCarriesOrDoes(t *testing.T) {
	text := step("a", "due", "message") + step("z", "due + 1d", "task", `text = "Look"`, `to = "analyst"`) + step("y", "due + 2d", "escalate", `to = "analyst"`)
	site := lint.Site{
		Sequences: []*sequence.Sequence{seq(t, "x", "document.days_past_due >= 1", text)},
		Companies: []lint.Company{{Key: "1", Media: []string{"email"}}, {Key: "2", Media: []string{"sms"}}},
		Roles:     []string{"anna"},
	}
	got := say(lint.Check(site))
	for _, want := range []string{"warning x.toml:11: step[1].channel: company 2 has no channel for email", `warning x.toml:20: step[2].to: nobody has the role "analyst"`} {
		if !strings.Contains(got, want) {
			t.Errorf("found  %s\nwanted %s", got, want)
		}
	}
	if strings.Count(got, "analyst") != 1 {
		t.Errorf("a role is named once: %s", got)
	}
	site.Companies, site.Roles = site.Companies[1:], []string{"analyst"}
	expect(t, lint.Check(site), "x.toml:11: step[1].channel: no company has a channel for email: step a never goes")
}

func TestWhatContactRulesWantMustBeThere(t *testing.T) {
	packs, problems := policy.Load(nil)
	if err := problems.Err(); err != nil {
		t.Fatal(err)
	}
	site := words(t, "Please pay.")
	site.Today = ar.MustDay("2026-11-21")
	site.Companies = []lint.Company{{Key: "1", Media: []string{"email"}, Packs: packs, Relationship: "third_party", DebtorKind: "consumer", DebtKind: "consumer_credit"}}
	site.Provides = policy.TextIDs
	expect(t, lint.Check(site), "")
	site.Provides = nil
	if got := say(lint.Check(site)); !strings.Contains(got, "want the part opt_out in dunning messages by email, and nothing provides it") {
		t.Error(got)
	}
}
