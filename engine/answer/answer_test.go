package answer_test

import (
	"net/url"
	"strings"
	"testing"

	"holdfast/engine/answer"
	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/intake"
)

var (
	today = ar.MustDay("2026-11-20")
	party = ar.PartyID{Source: "erp", Company: "1", Payer: "C-1"}
	key   = []byte("0123456789abcdef0123")
)

func TestTagIsStableAndFoundInText(t *testing.T) {
	a := answer.Tag(key, party, "ap@a.example", today, "past-due", "reminder-1")
	if a != answer.Tag(key, party, "ap@a.example", today, "past-due", "reminder-1") {
		t.Error("the same message has two tags")
	}
	others := []string{
		answer.Tag(key, party, "ap@b.example", today, "past-due", "reminder-1"), answer.Tag(key, party, "ap@a.example", today+1, "past-due", "reminder-1"),
		answer.Tag(key, party, "ap@a.example", today, "past-due", "reminder-2"), answer.Tag(nil, party, "ap@a.example", today, "past-due", "reminder-1"),
	}
	for _, other := range others {
		if other == a {
			t.Errorf("two messages share the tag %s", a)
		}
	}
	for text, want := range map[string]string{
		"AW: Reminder [" + a + "]": a, "ref " + strings.ToLower(a) + ".": a, "HF-SHORT": "", "xHF-0123456789AB": "", "HF-0123456789AIL": "",
	} {
		if got := answer.TagIn(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestLinksAreVerified(t *testing.T) {
	l := answer.Links{Base: "https://ar.example/a", Key: key, Clicks: true}
	tag := answer.Tag(key, party, "x", today)
	link, err := url.Parse(l.To(tag, answer.Dispute))
	if err != nil {
		t.Fatal(err)
	}
	parts := strings.Split(link.Path, "/")
	mac := parts[len(parts)-1]
	over, err := url.Parse(l.Over(tag, "https://pay.example/?a=1&b=2"))
	if err != nil {
		t.Fatal(err)
	}
	overMAC := over.Path[strings.LastIndexByte(over.Path, '/')+1:]
	for _, c := range []struct {
		what, tag, to, mac string
		action             answer.Action
		want               bool
	}{
		{"itself", tag, "", mac, answer.Dispute, true},
		{"small letters", tag, "", strings.ToLower(mac), answer.Dispute, true},
		{"another action", tag, "", mac, answer.Promise, false},
		{"another tag", "HF-000000000000", "", mac, answer.Dispute, false},
		{"nothing", tag, "", "", answer.Dispute, false},
		{"a way on", tag, over.Query().Get("to"), overMAC, answer.Click, true},
		{"another way on", tag, "https://evil.example", overMAC, answer.Click, false},
	} {
		if got := l.Verify(c.tag, c.action, c.to, c.mac); got != c.want {
			t.Errorf("%s: %v", c.what, got)
		}
	}
	for _, none := range []answer.Links{{}, {Base: "https://a"}, {Base: "https://a", Key: key[:15]}} {
		if none.To(tag, answer.Dispute) != "" || none.Over(tag, "https://b") != "https://b" || none.Verify(tag, answer.Dispute, "", mac) {
			t.Errorf("%+v makes links", none)
		}
	}
}

func TestParse(t *testing.T) {
	day := ar.MustDay("2026-12-31")
	cases := map[string]*answer.Answer{
		"DISPUTE":                        {Action: answer.Dispute},
		"\n  dispute: \nwe never got it": {Action: answer.Dispute, Text: "we never got it"},
		"Reklamation Menge falsch":       {Action: answer.Dispute, Text: "Menge falsch"},
		"PROMISE 2026-12-31":             {Action: answer.Promise, Day: day},
		"Zusage 31.12.2026\nGruß":        {Action: answer.Promise, Day: day, Text: "Gruß"},
		"zusage: 31.12.":                 {Action: answer.Promise, Day: day},
		"Promise December 31, 2026":      {Action: answer.Promise, Day: day},
		"promise 31/12/2026":             {Action: answer.Promise, Day: day},
		"promise 12/31/2026":             {Action: answer.Promise, Day: day},
		"Promise 1 Jan":                  {Action: answer.Promise, Day: ar.MustDay("2027-01-01")},
		"PROMISE":                        {Action: answer.Promise},
		"Promise 3/4/2026":               nil, // March or April
		"Promise me that this stops":     nil,
		"Copy":                           {Action: answer.Copy},
		"WRONG.":                         {Action: answer.WrongContact},
		"Copy that, we will look into the matter today": nil,
		"we dispute this": nil,
		"":                nil,
		"weekend":         nil,
	}
	for text, want := range cases {
		got, ok := answer.Parse(text, today)
		if ok != (want != nil) || want != nil && (got.Action != want.Action || got.Day != want.Day || got.Text != want.Text) {
			t.Errorf("%q: %+v, %v", text, got, ok)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("PROMISE 2026-12-31")
	f.Fuzz(func(t *testing.T, text string) {
		if a, ok := answer.Parse(text, today); ok && a.Action == "" {
			t.Errorf("%q has no action", text)
		}
	})
}

func account() *intake.Account {
	id := ar.AccountID{Source: "erp", Company: "1", Customer: "C-1"}
	doc := func(no string, open int64) ar.Document {
		return ar.Document{ID: ar.DocumentID(no), Account: id, Number: "INV-" + no, Kind: ar.Invoice, Currency: "USD", Amount: 10000, Open: open, DueOn: today - 30}
	}
	return &intake.Account{
		Customer: ar.Customer{Account: id, Number: "C-1", Name: "Buyer"}, Base: "USD",
		Documents: []ar.Document{doc("1", 10000), doc("2", 5000), doc("3", -700)},
	}
}

func TestTell(t *testing.T) {
	teller := intake.Teller{By: "customer, ap@a.example", On: today, Key: "event:mail:7"}
	about := answer.About{Medium: "email", Address: "ap@a.example", Documents: []ar.DocumentID{"1", "3", "gone"}}
	covers := func(f intake.Fact) (ids string) {
		for _, c := range f.Documents {
			ids += string(c.Document) + " "
		}
		return strings.TrimSpace(ids)
	}
	cases := []struct {
		a     answer.Answer
		kinds string
		docs  string
	}{
		{answer.Answer{Action: answer.Dispute, Text: "no"}, "dispute", "1"},
		{answer.Answer{Action: answer.Dispute, Documents: []string{"inv-2"}, Code: "price"}, "dispute", "2"},
		{answer.Answer{Action: answer.Promise, Day: today + 9}, "promise", "1"},
		{answer.Answer{Action: answer.Copy}, "event", "1"},
		{answer.Answer{Action: answer.Unsubscribe}, "do_not_contact", ""},
		{answer.Answer{Action: answer.WrongContact, Text: "ask Bo"}, "do_not_contact note", ""},
	}
	for _, c := range cases {
		facts, err := answer.Tell(account(), teller, c.a, about)
		if err != nil {
			t.Errorf("%s: %v", c.a.Action, err)
			continue
		}
		var kinds []string
		keys := map[string]bool{}
		for _, f := range facts {
			kinds = append(kinds, string(f.Kind))
			keys[f.Key] = true
		}
		if strings.Join(kinds, " ") != c.kinds || covers(facts[0]) != c.docs || len(keys) != len(facts) || keys[""] {
			t.Errorf("%+v: %v of %q, keys %v", c.a, kinds, covers(facts[0]), keys)
		}
	}
	paid := account()
	paid.Documents = paid.Documents[2:]
	if _, err := answer.Tell(paid, teller, answer.Answer{Action: answer.Promise, Day: today + 9}, about); !fault.Is(err, fault.Conflict) {
		t.Errorf("a promise of nothing: %v", err)
	}
	other := account()
	other.Documents = other.Documents[1:] // what the message was about is paid, something else is not
	if facts, err := answer.Tell(other, teller, answer.Answer{Action: answer.Dispute}, about); !fault.Is(err, fault.Conflict) {
		t.Errorf("a dispute of what is paid: %v, %v", facts, err)
	}
	if _, err := answer.Tell(account(), teller, answer.Answer{Action: answer.Promise}, about); err == nil {
		t.Error("a promise without a day was kept")
	}
}
