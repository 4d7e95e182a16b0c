package message

import (
	"strings"
	"testing"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/intake"
	"holdfast/engine/sequence"
)

// A template that would not end, or fill the memory, is refused at load or ends
// with an error.
func TestTemplateBombs(t *testing.T) {
	for body, want := range map[string]string{
		`{{define "a"}}{{template "a"}}{{end}}{{template "a"}}`:                     "defines another template",
		`{{template "mine.en.txt" .}}`:                                              "calls a template",
		`{{block "b" .}}{{template "b" .}}{{end}}`:                                  "defines another template",
		`{{range 9999999999}}{{end}}`:                                               "repeats without an end",
		`{{range 99999}}{{range 99999}}{{range 99999}}{{end}}{{end}}{{end}}`:        "repeats without an end",
		`{{range 9999999999}}{{if false}}x{{end}}{{end}}`:                           "repeats without an end",
		`{{range 9999999999}}{{continue}}{{end}}`:                                   "repeats without an end",
		`{{range 9999999999}}` + strings.Repeat("spam ", 100) + `{{end}}`:           "larger than 1 MiB",
		`{{$x := "x"}}{{range 60}}{{$x = printf "%s%s" $x $x}}{{end}}`:              "calls the function printf",
		`{{if (print "x")}}{{end}}`:                                                 "calls the function print",
		`{{with (html "x").y}}{{end}}`:                                              "calls the function html",
		`{{call .x}}`:                                                               "calls the function call",
		strings.Repeat("a", maxSource+1):                                            "larger than 64 KiB",
		strings.Repeat("{{if true}}", 9000) + "x" + strings.Repeat("{{end}}", 9000): "larger than 64 KiB",
	} {
		content := "Subject: x\n\n" + body + "\n\n[[footer]]\n"
		for _, file := range []string{"mine.en.txt", "scripts/mine.en.txt"} {
			_, err := over(t, siteOf(file, content))
			if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), want) {
				t.Errorf("%s with %.60q: %v, want %q", file, body, err, want)
			}
		}
	}
}

// What a template needs is not in the guard's way.
func TestTemplatesMayRange(t *testing.T) {
	templates, err := over(t, siteOf("mine.en.txt", "Subject: x\n\n{{range $i, $d := .documents}}{{if and $d.at_step (gt (len $d.number) 0)}}{{$d.number}}{{else}}-{{end}}\n{{end}}\n[[footer]]\n"))
	if err != nil {
		t.Fatal(err)
	}
	m, _, err := templates.Render(sample("mine", sequence.Dunning))
	if err != nil || !strings.HasPrefix(m.Text, "INV-1001\n-\n-\n") {
		t.Errorf("%v\n%s", err, m.Text)
	}
}

// Zero and less never reach a customer.
func TestAmountsThatCannotBe(t *testing.T) {
	for what, change := range map[string]func(*sequence.Heard){
		"promise":    func(h *sequence.Heard) { h.Fact.Amount = ar.Balance{{Minor: 0, Currency: "USD"}} },
		"left":       func(h *sequence.Heard) { h.Left = ar.Balance{{Minor: -1, Currency: "USD"}} },
		"instalment": func(h *sequence.Heard) { h.Fact.Kind, h.Fact.Parts = intake.Plan, []intake.Part{{Day: day}} },
		"dispute": func(h *sequence.Heard) {
			h.Subject.Kind, h.Fact.Kind, h.Fact.Documents = sequence.SubjectDispute, intake.Dispute, []intake.Covered{{Document: "1", Currency: "USD"}}
		},
	} {
		in := sampleOf("promise-confirm")
		change(in.Intent.About)
		if _, _, err := shipped(t).Render(in); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "zero or less") {
			t.Errorf("%s: %v", what, err)
		}
	}
	in := sampleOf("past-due-3")
	in.Intent.Purpose, in.Intent.Asked = sequence.Courtesy, nil
	if _, _, err := shipped(t).Render(in); !fault.Is(err, fault.Invalid) {
		t.Errorf("it asks for nothing: %v", err)
	}
	in = sampleOf("welcome")
	for _, limit := range []int64{0, -1} {
		in.Accounts[0].Customer.CreditLimit = &limit
		if m, _, err := shipped(t).Render(in); err != nil || strings.Contains(m.Text, "Credit limit") {
			t.Errorf("limit %d: %v\n%s", limit, err, m.Text)
		}
	}
}
