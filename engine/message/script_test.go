package message

import (
	"strings"
	"testing"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/sequence"
)

var shippedScripts = []string{
	"call-broken-promise", "call-credit-review", "call-dispute", "call-first-due", "call-locate", "call-past-due", "call-welcome", "call-white-glove",
}

// task is the sample as a call: nobody is written to.
func task(name string) Input {
	in := sampleOf(map[string]string{"call-broken-promise": "promise-reminder", "call-dispute": "dispute-received", "call-past-due": "past-due-1"}[name])
	in.Intent.Kind, in.Intent.To, in.Intent.Outcomes = sequence.Task, nil, []string{"reached", "promised"}
	in.Accounts[0].Contacts = []ar.Contact{{Name: "Nobody"}, {Name: "Ada Berg", Phone: "+47 69 00 00 00", Valid: true}}
	return in
}

// Every script is kept as it reads in every language.
func TestScripts(t *testing.T) {
	templates := shipped(t)
	if got := templates.Scripts(); strings.Join(got, " ") != strings.Join(shippedScripts, " ") {
		t.Errorf("scripts %v", got)
	}
	for _, name := range shippedScripts {
		for _, language := range languages {
			in := task(name)
			in.Language = language
			text, err := templates.Script(name, in)
			if err != nil || !templates.HasScript(name, language) {
				t.Fatal(err)
			}
			golden(t, "scripts."+name+"."+language+".txt", text)
			if n := strings.Count(text, "\n"); !strings.Contains(text, "Ada Berg, +47 69 00 00 00") || !strings.Contains(text, "reached, promised") || n > 40 {
				t.Errorf("%s in %s: %d lines\n%s", name, language, n, text)
			}
		}
	}
}

// The collector reads the company's language and the customer's is named.
func TestScriptIsTheCompanysLanguage(t *testing.T) {
	in := task("call-past-due")
	in.Language, in.Accounts[0].Customer.Language = "de", "fr"
	text, err := shipped(t).Script("call-past-due", in)
	if err != nil || !strings.HasPrefix(text, "Mit diesem Kunden korrespondieren wir auf Französisch;") || !strings.Contains(text, "Anruf bei Østfold") {
		t.Errorf("%v\n%s", err, text)
	}
	in.Accounts[0].Customer.Language = ""
	if text, err = shipped(t).Script("call-past-due", in); err != nil || strings.Contains(text, "korrespondieren") {
		t.Errorf("%v\n%s", err, text)
	}
	if _, err = shipped(t).Script("no-such", in); !fault.Is(err, fault.NotFound) {
		t.Errorf("unknown script: %v", err)
	}
}

func TestSiteScripts(t *testing.T) {
	templates, err := over(t, siteOf("scripts/call-ours.en.txt", "Ask {{.customer.name}}.\n", "scripts/call-past-due.en.txt", "Ours.\n"))
	if err != nil {
		t.Fatal(err)
	}
	in := task("call-past-due")
	in.Language = "it"
	if text, err := templates.Script("call-ours", in); err != nil || !strings.Contains(text, "Ask Østfold") {
		t.Errorf("%v, %s", err, text)
	}
	if text, err := templates.Script("call-past-due", in); err != nil || !strings.Contains(text, "Ours.") {
		t.Errorf("%v, %s", err, text)
	}
	for _, content := range []string{"{{.nobody}}", "[[documens]]"} {
		if _, err := over(t, siteOf("scripts/x.en.txt", content)); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "scripts/x.en.txt:1") {
			t.Errorf("%q: %v", content, err)
		}
	}
}
