package message

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/policy"
	"holdfast/engine/sequence"
	"holdfast/plugins/sms"
)

// texted is the sample of a template as a text message.
func texted(template string) Input {
	in := sampleOf(template)
	in.Intent.Medium = sequence.MediumSMS
	in.Intent.To = []ar.Contact{{Name: "Ada Berg", Mobile: "(207) 555-0142", Email: "ap@customer.example", Address: ar.Address{Country: "US"}}}
	in.Company.Name = "Harbour & Sons Chandlery"
	in.Hold.From = 0
	return in
}

// shortNames are the shipped short texts.
var shortNames = []string{"answer", "hold-released", "promise-confirm", "promise-reminder", "reminder", "thank-you"}

// templateOf is a template that goes out as a short text.
func templateOf(short string) string {
	return map[string]string{"reminder": "past-due-1", "answer": "copy"}[short] + map[bool]string{true: short}[short != "reminder" && short != "answer"]
}

// What a text message says is kept as it reads in every language: to a firm, to a
// natural person, and of a company without links.
func TestShortTexts(t *testing.T) {
	templates := shipped(t)
	for _, name := range shortNames {
		for _, language := range languages {
			var lines []string
			for _, c := range []struct {
				what   string
				change func(*Input)
			}{
				{"firm", func(*Input) {}},
				{"private", func(in *Input) { in.Accounts[0].Customer.DebtorKind = "consumer" }},
				{"bare", func(in *Input) { in.PayURL, in.Company.Portal = nil, "" }},
			} {
				in := texted(templateOf(name))
				in.Stated = language
				c.change(&in)
				m, notes, err := templates.Render(in)
				if err != nil || len(notes) != 0 || m.Language != language {
					t.Fatal(name, language, err, notes, m.Language)
				}
				n := sms.CountOf(m.Text)
				lines = append(lines, c.what+", "+n.String()+"\n"+m.Text+"\n")
				if m.HTML+m.Unsubscribe+m.Tag != "" || m.Thread == "" || m.Purpose != in.Intent.Purpose || len(m.Attachments) > 0 ||
					len(m.To) != 1 || m.To[0].Name != "Ada Berg" || m.To[0].Address != "+12075550142" {
					t.Errorf("%s in %s: %+v", name, language, m)
				}
				if n.Segments > 2 || n.Unicode || strings.Contains(m.Text, "\n\n") || strings.HasSuffix(m.Text, "\n") {
					t.Errorf("%s in %s to a %s takes %s: %q", name, language, c.what, n, m.Text)
				}
				if !strings.Contains(m.Text, "Harbour & Sons Chandlery") || !strings.Contains(m.Text, "STOP") {
					t.Errorf("%s in %s: nobody can tell who writes, or end it: %q", name, language, m.Text)
				}
			}
			golden(t, "short."+name+"."+language+".txt", strings.Join(lines, "\n"))
		}
	}
}

// A reminder names the sum and the way to pay; a natural person's telephone
// shows neither sum nor document nor debt.
func TestShortReminder(t *testing.T) {
	templates := shipped(t)
	for _, language := range languages {
		in := texted("past-due-2")
		in.Stated = language
		m, _, err := templates.Render(in)
		if err != nil || !strings.Contains(m.Text, "880") || !strings.Contains(m.Text, "C-0077") || !strings.Contains(m.Text, "https://pay.example.com/") {
			t.Errorf("%s: %q, %v", language, m.Text, err)
		}
		for _, name := range []string{"past-due-2", "promise-confirm", "promise-reminder"} {
			in := texted(name)
			in.Stated, in.Accounts[0].Customer.DebtorKind = language, "consumer"
			m, _, err := templates.Render(in)
			if err != nil {
				t.Fatal(err)
			}
			for _, word := range []string{"USD", "EUR", "880", "14294", "1200", "INV-", "overdue", "past due", "überfällig", "échu", "vencid", "hold", "sperre", "blocage"} {
				if strings.Contains(m.Text, word) {
					t.Errorf("%s in %s tells a natural person's neighbour %q: %q", name, language, word, m.Text)
				}
			}
		}
	}
	in := texted("past-due-2")
	in.Accounts[0].Customer.DebtorKind = "consumer"
	in.PayURL = map[ar.Currency]string{"USD": "https://pay.example.com/{customer}?ref={reference}"}
	if m, _, err := templates.Render(in); err != nil || !strings.Contains(m.Text, "Details: https://pay.example.com/C-0077?ref=20261121-") {
		t.Errorf("a link that shows no sum: %q, %v", m.Text, err)
	}
	in = texted("due-soon")
	in.Intent.Purpose, in.Today = sequence.Courtesy, ar.MustDay("2026-10-15") // before all is due
	m, _, err := templates.Render(in)
	if err != nil || !strings.Contains(m.Text, "open on your account") || strings.Contains(m.Text, "past due") {
		t.Errorf("before it is due: %q, %v", m.Text, err)
	}
}

// What needs more words, or would ask for nothing, is not said by a text.
func TestNoShortText(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Input)
		kind   fault.Kind
	}{
		"a statement":         {func(in *Input) { in.Intent.Purpose = sequence.Statement }, fault.Invalid},
		"a legal step":        {func(in *Input) { in.Intent.Purpose = sequence.Legal }, fault.Invalid},
		"nothing is asked":    {func(in *Input) { in.Intent.Asked = nil }, fault.Invalid},
		"a warning of a hold": {func(in *Input) { in.Hold.From = day }, fault.Invalid},
	} {
		in := texted("past-due-1")
		c.change(&in)
		if m, _, err := shipped(t).Render(in); !fault.Is(err, c.kind) {
			t.Errorf("%s: %v, %q", name, err, m.Text)
		}
	}
}

// Nothing of a courtesy that asks for nothing is called a reminder.
func TestShortNews(t *testing.T) {
	in := texted("welcome")
	in.Intent.Purpose = sequence.Courtesy
	m, _, err := shipped(t).Render(in)
	if err != nil || !strings.Contains(m.Text, "there is news about your account") || !strings.Contains(m.Text, "https://my.harbour.example") {
		t.Errorf("%q, %v", m.Text, err)
	}
	in.Intent.Attach = []string{"statement"}
	in.Stated = "it"
	if _, notes, err := shipped(t).Render(in); err != nil || len(notes) != 2 || !strings.Contains(notes[0], "it") || !strings.Contains(notes[1], "statement") {
		t.Errorf("%v, %v", notes, err)
	}
}

// A short text of the site's takes the place of a shipped one; one that is
// wrong is refused with its file.
func TestShortTextsOfASite(t *testing.T) {
	site, err := over(t, fstest.MapFS{"short/past-due-1.en.txt": {Data: []byte("{{.company.name}} wants {{.asked_text}}.\r\nSTOP ends this.")}})
	if err != nil {
		t.Fatal(err)
	}
	m, _, err := site.Render(texted("past-due-1"))
	if err != nil || m.Text != "Harbour & Sons Chandlery wants 880.00 EUR and 14,294.50 USD.\nSTOP ends this." {
		t.Errorf("%q, %v", m.Text, err)
	}
	for text, says := range map[string]string{
		"{{.company.name}}: pay.": "how to end the texts",
		"Pay. STOP":               "who writes",
		"{{if .private}}x{{else}}{{.company.name}} STOP{{end}}": "who writes",
		"{{.company.name}} {{.no_such}} STOP":                   "no_such",
		"{{.company.name}} STOP [[footer]]":                     "marker",
		"Subject: x\n\n{{.company.name}} STOP":                  "subject",
		"{{.company.name} STOP":                                 "short/bad.en.txt",
	} {
		_, err := over(t, fstest.MapFS{"short/bad.en.txt": {Data: []byte(text)}})
		if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), says) || !strings.Contains(err.Error(), "bad.en.txt") {
			t.Errorf("%q: %v", text, err)
		}
	}
	if _, err := over(t, fstest.MapFS{"short/bad.txt": {Data: []byte("{{.company.name}} STOP")}}); !fault.Is(err, fault.Invalid) {
		t.Errorf("without a language: %v", err)
	}
}

// No short text claims what no step does.
func TestShortTextsClaimNothing(t *testing.T) {
	templates := shipped(t)
	for _, name := range shortNames {
		for _, language := range languages {
			in := texted(templateOf(name))
			in.Stated = language
			m, _, err := templates.Render(in)
			if err != nil {
				t.Fatal(err)
			}
			if claims := policy.Claims(m.Text, language); len(claims) > 0 {
				t.Errorf("%s in %s claims %v", name, language, claims)
			}
		}
	}
	for _, id := range ProvidesShort() {
		if !slices.Contains(policy.TextIDs, id) {
			t.Errorf("%s is no part", id)
		}
	}
}

func TestThin(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "plain": "plain", "für Ærø: 5 €": "für Ærø: 5 €", "más aquí, señor": "mas aqui, señor", "août, français": "aout, francais",
		"Łódź": "Lodz", "12\u00a0345,60": "12 345,60", "It’s “so” – yes…": `It's "so" - yes...`, "cœur": "coeur", "e\u0301": "é", "Ž": "Z",
		"Київ": "Київ", "請求": "請求", "👍🏽": "👍🏽", "ά": "ά", "й": "й",
	} {
		if got := thin(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}
