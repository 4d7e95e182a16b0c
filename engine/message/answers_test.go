package message

import (
	"strings"
	"testing"

	"holdfast/engine/answer"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
)

// linked is a sample of a site with links, a logo, and everything seen.
func linked(name string) Input {
	in := sampleOf(name)
	in.Links = answer.Links{Base: "https://ar.harbour.example/a", Key: []byte("0123456789abcdef"), Opens: true, Clicks: true}
	in.Logo = &outbox.Attachment{Name: "logo.png", Type: "image/png", Data: []byte("\x89PNG")}
	return in
}

func TestAnswersByLink(t *testing.T) {
	in := linked("past-due-1")
	m, _, err := shipped(t).Render(in)
	if err != nil {
		t.Fatal(err)
	}
	if m.Tag == "" || m.Thread == "" || m.Purpose != sequence.Dunning || m.Unsubscribe != in.Links.To(m.Tag, answer.Unsubscribe) {
		t.Errorf("tag %q, thread %q, purpose %q, unsubscribe %q", m.Tag, m.Thread, m.Purpose, m.Unsubscribe)
	}
	for _, action := range append([]answer.Action{answer.Unsubscribe}, answer.Offered...) {
		if link := in.Links.To(m.Tag, action); !strings.Contains(m.Text, link) || !strings.Contains(m.HTML, link) {
			t.Errorf("%s is not offered in text and HTML", action)
		}
	}
	for _, want := range []string{in.Links.To(m.Tag, answer.Open), "cid:logo", "/" + string(answer.Click) + "/"} {
		if !strings.Contains(m.HTML, want) {
			t.Errorf("the HTML lacks %s", want)
		}
	}
	if strings.Contains(m.Text, "PROMISE and a day") || !strings.Contains(m.Text, "Ref. "+m.Tag) {
		t.Errorf("codes beside links, or no reference:\n%s", m.Text)
	}
	if last := m.Attachments[len(m.Attachments)-1]; last.ContentID != "logo" || in.Logo.ContentID != "" {
		t.Errorf("logo %+v", last)
	}
	golden(t, "links.en.txt", "Subject: "+m.Subject+"\n\n"+m.Text)
	golden(t, "links.en.html", m.HTML)
}

// TestAnswersMakeSense: nobody is asked for a day of payment where nothing is
// asked for, and paper has no links.
func TestAnswersMakeSense(t *testing.T) {
	templates := shipped(t)
	for name, want := range map[string]string{
		"past-due-1": "promise dispute copy wrong-contact", "invoice-new": "promise dispute copy wrong-contact",
		"thank-you": "wrong-contact", "welcome": "wrong-contact", "statement": "dispute copy wrong-contact", "final-notice": "",
	} {
		m, _, err := templates.Render(linked(name))
		if err != nil {
			t.Fatal(err)
		}
		var offered []string
		for _, action := range answer.Offered {
			if strings.Contains(m.Text, "/"+string(action)+"/") {
				offered = append(offered, string(action))
			}
		}
		if got := strings.Join(offered, " "); got != want {
			t.Errorf("%s offers %q, want %q", name, got, want)
		}
	}
}

// TestTagsTellMessagesApart: every step, day, recipient, occasion and mode has its
// own, and the thread is that of the account.
func TestTagsTellMessagesApart(t *testing.T) {
	templates := shipped(t)
	tags, threads := map[string]bool{}, map[string]bool{}
	for _, change := range []func(*Input){
		func(*Input) {}, func(in *Input) { in.Today++ }, func(in *Input) { in.Intent.Step = "other" }, func(in *Input) { in.Intent.To[0].Email = "other@x.example" },
		func(in *Input) {
			in.Intent.Occasions = []sequence.Occasion{{Sequence: "answers", Step: "copy", Episode: 2}}
		},
		func(in *Input) { in.Mode = outbox.Test }, func(in *Input) { in.Mode = outbox.Observe }, func(in *Input) { in.Mode = outbox.Live },
	} {
		in := linked("past-due-1")
		change(&in)
		m, _, err := templates.Render(in)
		if err != nil {
			t.Fatal(err)
		}
		tags[m.Tag], threads[m.Thread] = true, true
	}
	if len(tags) != 7 || len(threads) != 1 {
		t.Errorf("%d tags, %d threads", len(tags), len(threads))
	}
}

// TestOnlyMailsLeadOverUs: a text message and a letter show the address to pay at
// itself, since nobody could be told by its tag, and it is short.
func TestOnlyMailsLeadOverUs(t *testing.T) {
	templates := shipped(t)
	for _, medium := range []string{sequence.MediumSMS, sequence.MediumVoice, sequence.MediumLetter} {
		in := texted("past-due-1")
		in.Links, in.Intent.Medium = linked("past-due-1").Links, medium
		m, _, err := templates.Render(in)
		if err != nil {
			t.Fatal(medium, err)
		}
		if !strings.Contains(m.Text, "https://pay.example.com/") || strings.Contains(m.Text, in.Links.Base) {
			t.Errorf("by %s:\n%s", medium, m.Text)
		}
	}
}
