package message

import (
	"slices"
	"strings"
	"testing"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/policy"
	"holdfast/engine/sequence"
)

// called is the sample as an automatic call.
func called(template string, purpose sequence.Purpose) Input {
	in := sample(template, purpose)
	in.Intent.Medium = sequence.MediumVoice
	in.Intent.To = []ar.Contact{{Name: "Ada Berg", Phone: "+1 207 555 0142", Email: "ap@customer.example"}}
	in.Company.Country, in.Hold = "US", Hold{}
	return in
}

// What a call says is kept as it reads in every language: to a firm, to a
// natural person, and of a company without link and telephone.
func TestCalls(t *testing.T) {
	templates := shipped(t)
	for _, language := range languages {
		for name, change := range map[string]func(*Input){
			"firm":    func(*Input) {},
			"private": func(in *Input) { in.Accounts[0].Customer.DebtorKind = "consumer" },
			"bare":    func(in *Input) { in.PayURL, in.Company.Phone = nil, "" },
		} {
			in := called("past-due-2", sequence.Dunning)
			in.Stated = language
			change(&in)
			m, notes, err := templates.Render(in)
			if err != nil || len(notes) != 0 || m.Language != language {
				t.Fatal(err, notes, m.Language)
			}
			golden(t, "spoken."+name+"."+language+".txt", "Subject: "+m.Subject+"\n\n"+m.Text)
			if m.HTML+m.Unsubscribe != "" || m.Tag == "" || m.Thread == "" || m.Purpose != sequence.Dunning || m.Call == nil || len(m.To) != 1 || m.To[0].Name != "Ada Berg" || m.To[0].Address == "" {
				t.Errorf("%s in %s: to %v, call %v", name, language, m.To, m.Call)
			}
		}
	}
}

// A call offers what can be done and nothing else.
func TestCallOffersWhatCanBeDone(t *testing.T) {
	call := func(change func(*Input)) callOf {
		in := called("past-due-2", sequence.Dunning)
		change(&in)
		m, _, err := shipped(t).Render(in)
		if err != nil {
			t.Fatal(err)
		}
		c := *m.Call
		return callOf{
			link: c.LinkText != "" && c.LinkSent != "" && strings.Contains(c.Menu, "press 1"),
			day:  c.AskDay != "" && c.DayTaken != "" && c.LastDay == "2026-12-05" && strings.Contains(c.Menu, "press 2"),
			none: c.LinkText+c.LinkSent+c.AskDay+c.DayTaken+c.LastDay == "" && !strings.Contains(c.Menu, "press 1") && !strings.Contains(c.Menu, "press 2"),
			talk: c.SpeakSaid != "" && strings.Contains(c.Menu, "press 3"), number: c.SpeakTo, machine: c.Machine != "",
		}
	}
	for name, c := range map[string]struct {
		change func(*Input)
		want   callOf
	}{
		"a firm":           {func(*Input) {}, callOf{link: true, day: true, talk: true, number: "+12075550100", machine: true}},
		"a natural person": {func(in *Input) { in.Accounts[0].Customer.DebtorKind = "sole_trader" }, callOf{link: true, talk: true, number: "+12075550100", machine: true}},
		"no link":          {func(in *Input) { in.PayURL = nil }, callOf{day: true, talk: true, number: "+12075550100", machine: true}},
		"before it is due": {func(in *Input) { in.Intent.Purpose = sequence.Courtesy }, callOf{link: true, talk: true, number: "+12075550100", machine: true}},
		"no telephone":     {func(in *Input) { in.PayURL, in.Company.Phone, in.Intent.Purpose = nil, "", sequence.Courtesy }, callOf{none: true, talk: true}},
		"an extension":     {func(in *Input) { in.Company.Phone = "ask for accounts" }, callOf{link: true, day: true, talk: true, machine: true}},
	} {
		if got := call(c.change); got != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}

type callOf struct {
	link, day, none, talk, machine bool
	number                         string
}

// Whoever answers hears of no amount, no document and no debt, and neither does
// an answering machine; both hear who calls.
func TestCallsTellNoStranger(t *testing.T) {
	for _, language := range languages {
		for _, kind := range []string{"business", "consumer"} {
			in := called("past-due-3", sequence.Dunning)
			in.Stated, in.Accounts[0].Customer.DebtorKind = language, kind
			m, _, err := shipped(t).Render(in)
			if err != nil {
				t.Fatal(err)
			}
			for what, text := range map[string]string{"script": m.Call.Script, "machine": m.Call.Machine, "menu": m.Call.Menu} {
				for _, word := range []string{"EUR", "USD", "14,294", "14.294", "880", "INV-", "E/2001", "C-0077"} {
					if strings.Contains(text, word) {
						t.Errorf("%s in %s to a %s says %q: %s", what, language, kind, word, text)
					}
				}
				debts := map[string][]string{
					"en": {"overdue", "past due", "debt", "owe", "remind"}, "de": {"überfällig", "schuld", "mahn", "fällig", "erinner"},
					"fr": {"retard", "dette", "impay", "échu", "relance", "rappel d"}, "es": {"vencid", "deuda", "impag", "retras", "recordatorio"},
				}[language]
				if what == "machine" || kind == "consumer" {
					debts = append(slices.Clone(debts), map[string][]string{
						"en": {"pay"}, "de": {"zahl"}, "fr": {"régl", "pai"}, "es": {"pag"},
					}[language]...)
				}
				for _, word := range debts {
					if strings.Contains(strings.ToLower(text), word) {
						t.Errorf("%s in %s to a %s speaks of a debt, %q: %s", what, language, kind, word, text)
					}
				}
			}
			for _, text := range []string{m.Call.Script, m.Call.Machine} {
				if !strings.Contains(text, "Harbour & Sons Chandlery") || !strings.Contains(text, "+1 207 555 0100") {
					t.Errorf("%s does not say who calls and how to stop it", text)
				}
			}
			if claims := policy.Claims(m.Text, language); len(claims) > 0 {
				t.Errorf("it claims %v", claims)
			}
		}
	}
}

// Statements, legal steps and whatever asks for nothing are not said by a
// machine; a warning and an answer only where they have a text of their own.
func TestCallsThatAreNotMade(t *testing.T) {
	for name, c := range map[string]struct {
		in     Input
		change func(*Input)
		kind   fault.Kind
	}{
		"statement":     {called("statement", sequence.Statement), nil, fault.Invalid},
		"legal":         {called("final-notice", sequence.Legal), nil, fault.Invalid},
		"nothing asked": {called("past-due-1", sequence.Dunning), func(in *Input) { in.Intent.Asked = nil }, fault.Invalid},
		"hold warning":  {called("hold-warning", sequence.Dunning), nil, fault.NotFound},
		"own warning":   {called("our-warning", sequence.Dunning), func(in *Input) { in.Hold.From = day + 5 }, fault.NotFound},
		"answer":        {called("promise-confirm", sequence.Response), nil, fault.NotFound},
	} {
		if c.change != nil {
			c.change(&c.in)
		}
		if _, _, err := shipped(t).Render(c.in); !fault.Is(err, c.kind) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A text of one's own comes first, in the customer's language, with the general
// sections that it leaves out.
func TestSpokenTextIsChosen(t *testing.T) {
	site, err := over(t, siteOf(
		"spoken/past-due-1.en.txt", "[[script]]\nOurs, from {{.company.name}}, {{.company.phone}}.\n",
		"spoken/promise-confirm.de.txt", "[[script]]\nHier ist {{.company.name}}, {{.company.phone}}.\n",
	))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ template, language, want string }{
		{"past-due-1", "en", "Ours, from Harbour"}, {"past-due-1", "fr", "Ceci est un appel automatique"}, {"past-due-2", "en", "This is an automatic call"},
		{"promise-confirm", "de", "Hier ist Harbour"},
	} {
		in := called(c.template, sequence.Dunning)
		if c.template == "promise-confirm" {
			in.Intent.Purpose = sequence.Response
		}
		in.Stated = c.language
		m, notes, err := site.Render(in)
		if err != nil || len(notes) > 0 || !strings.Contains(m.Call.Script, c.want) || m.Call.Goodbye == "" {
			t.Errorf("%s in %s: %v %v %+v", c.template, c.language, err, notes, m.Call)
		}
	}
	in := called("past-due-1", sequence.Dunning)
	in.Stated = "nl"
	if m, notes, err := site.Render(in); err != nil || m.Language != "en" || len(notes) != 1 || !strings.Contains(notes[0], "wants nl") {
		t.Errorf("%v %v %v", m.Language, notes, err)
	}
}

// What cannot come along by telephone is named.
func TestCallsLeaveAttachmentsOut(t *testing.T) {
	in := called("past-due-1", sequence.Dunning)
	in.Intent.Attach = []string{"invoice", "statement"}
	m, notes, err := shipped(t).Render(in)
	if err != nil || len(m.Attachments) > 0 || len(notes) != 1 || !strings.Contains(notes[0], "invoice, statement left out") {
		t.Errorf("%v %v", notes, err)
	}
}

// Mistakes in a spoken text are found when it is loaded, with file and line.
func TestSpokenMistakes(t *testing.T) {
	whole := "[[script]]\nFrom {{.company.name}}, {{.company.phone}}.\n"
	for name, c := range map[string]struct{ file, text, want string }{
		"an amount":        {"past-due-1.en.txt", whole + "[[menu]]\nYou owe {{.asked_text}}.\n", "past-due-1.en.txt:4"},
		"documents":        {"past-due-1.en.txt", "[[script]]\n{{.company.name}} {{range .documents}}{{.number}}{{end}}\n", "nobody knows who answers"},
		"no section":       {"past-due-1.en.txt", "Hello\n" + whole, "does not begin with a section"},
		"unknown section":  {"past-due-1.en.txt", whole + "[[footer]]\nx\n", "past-due-1.en.txt:3: [[footer]]"},
		"a marker inside":  {"past-due-1.en.txt", "[[script]]\nSee [[menu]] of {{.company.name}}\n", "past-due-1.en.txt:2"},
		"twice":            {"past-due-1.en.txt", whole + whole, "is there twice"},
		"nobody calls":     {"past-due-1.en.txt", "[[script]]\nHello.\n", "does not say who calls"},
		"no number":        {"past-due-1.en.txt", "[[script]]\nHello from {{.company.name}}.\n", "by which number to reach them"},
		"silence":          {"past-due-1.en.txt", whole + "[[goodbye]]\n{{if false}}x{{end}}\n", "[[goodbye]] says nothing"},
		"no place for day": {"past-due-1.en.txt", whole + "[[day_taken]]\nThank you.\n", "needs %s once"},
		"a percent sign":   {"past-due-1.en.txt", whole + "[[day_taken]]\n100 % on %s.\n", "needs %s once"},
		"not whole":        {"past-due-1.nl.txt", whole, "lacks [[machine]]"},
		"no language":      {"reminder.txt", whole, "the name has no language"},
		"a function":       {"past-due-1.en.txt", "[[script]]\n{{printf \"%s\" .company.name}}\n", "calls the function printf"},
	} {
		_, err := over(t, siteOf("spoken/"+c.file, c.text))
		if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}

// Names from the ERP stay names, on one line.
func TestSpokenNamesAreNames(t *testing.T) {
	in := called("past-due-1", sequence.Dunning)
	in.Accounts[0].Customer.Name, in.Intent.To[0].Name = "[[machine]]\n<Dial>1</Dial>", "Ada\r\n[[menu]]"
	m, _, err := shipped(t).Render(in)
	if err != nil || strings.Count(m.Text, "\n[[machine]]") != 1 || strings.ContainsAny(m.Call.Script+m.Call.Machine, "\r\n") {
		t.Errorf("%v: %s", err, m.Text)
	}
}

// The shipped languages all have the whole general text.
func TestSpokenIsShippedInEveryLanguage(t *testing.T) {
	var have []string
	for k, s := range shipped(t).spoken {
		if k.name == generalCall && len(s.sections) == len(saidSections) {
			have = append(have, k.language)
		}
	}
	if slices.Sort(have); !slices.Equal(have, languages) {
		t.Errorf("%v", have)
	}
}

// No machine takes a day that the site does not: what it said would not hold.
func TestNoLaterDayIsPromisedToAMachine(t *testing.T) {
	for last, want := range map[ar.Day]ar.Day{0: 14, 7: 7, 30: 14} {
		in := called("past-due-2", sequence.Dunning)
		if last > 0 {
			in.LastPromise = in.Today + last
		}
		m, _, err := shipped(t).Render(in)
		if err != nil {
			t.Fatal(err)
		}
		if m.Call.LastDay != (in.Today + want).String() {
			t.Errorf("%d days at most: the last is %s, want %s", last, m.Call.LastDay, in.Today+want)
		}
	}
}
