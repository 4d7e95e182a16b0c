package chat

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"holdfast/plugins/sdk"
)

// long is a message beyond every limit, of characters that cost most.
func long() sdk.Message {
	m := message(1)
	m.Subject, m.Text = strings.Repeat("&", 5_000), strings.Repeat("Ж\"<&>\n", 20_000)
	for i := range 200 {
		m.Card.Fields = append(m.Card.Fields, sdk.Field{Name: fmt.Sprint("n", i, strings.Repeat("<", 3_000)), Value: strings.Repeat("&", 5_000)})
		m.Card.Links = append(m.Card.Links, sdk.Link{Label: strings.Repeat("L", 300), URL: "https://h.example/" + strings.Repeat("x", i*20)})
	}
	return m
}

type teamsCard struct {
	Type        string
	Attachments []struct {
		ContentType string
		Content     struct {
			Type, Version string
			Body          []struct {
				Type    string
				Inlines []struct{ Type, Text string }
			}
			Actions []struct{ Type, Title, URL string }
		}
	}
}

func TestTeamsCard(t *testing.T) {
	for name, m := range map[string]sdk.Message{"ordinary": message(1), "long": long(), "empty": {Key: "k"}} {
		body, err := teamsBody(cardOf(m))
		if err != nil || len(body) > teamsMost {
			t.Fatalf("%s: %d bytes, %v", name, len(body), err)
		}
		var c teamsCard
		decode(t, body, &c)
		if c.Type != "message" || len(c.Attachments) != 1 || c.Attachments[0].ContentType != "application/vnd.microsoft.card.adaptive" {
			t.Fatalf("%s: %s", name, body)
		}
		content := c.Attachments[0].Content
		var said []string
		for _, b := range content.Body {
			if b.Type != "RichTextBlock" {
				t.Errorf("%s: a %s reads Markdown", name, b.Type)
			}
			line := ""
			for _, r := range b.Inlines {
				line += r.Text
			}
			said = append(said, line)
		}
		if name != "ordinary" {
			continue
		}
		want := "Call Østfold & Søn <today>|Invoice INV-1 is 53 days late.|They promised twice.|Customer: C-1001 [click](http://evil.example) <!channel>|Open: 1,200.00 EUR"
		if got := strings.Join(said, "|"); got != want || len(content.Actions) != 1 || content.Actions[0].URL != m.Card.Links[0].URL {
			t.Errorf("%q, %+v", got, content.Actions)
		}
	}
}

type slackText struct{ Type, Text string }

type slackMessage struct {
	Text   string
	Blocks []struct {
		Type     string
		Text     *slackText
		Fields   []slackText
		Elements []struct {
			Type, URL string
			Text      slackText
		}
	}
}

// TestSlackMessage holds every text against Slack's limits, and no < of ours
// begins anything.
func TestSlackMessage(t *testing.T) {
	for name, m := range map[string]sdk.Message{"ordinary": message(1), "long": long(), "empty": {Key: "k"}} {
		body, err := slackBody(cardOf(m))
		if err != nil {
			t.Fatal(err)
		}
		var s slackMessage
		decode(t, body, &s)
		fits := func(text string, most int, raw bool) {
			if n := utf8.RuneCountInString(text); n == 0 || n > most || !raw && strings.ContainsAny(text, "<>") {
				t.Errorf("%s: %d characters of at most %d: %.60q", name, n, most, text)
			}
		}
		fits(s.Text, 4000, false)
		if len(s.Blocks) == 0 || len(s.Blocks) > 50 || s.Blocks[0].Type != "header" || s.Blocks[0].Text.Type != "plain_text" {
			t.Fatalf("%s: %s", name, body)
		}
		fits(s.Blocks[0].Text.Text, 150, true)
		for _, b := range s.Blocks[1:] {
			if b.Text != nil {
				fits(b.Text.Text, 3000, false)
			}
			if len(b.Fields) > 10 || len(b.Elements) > 25 {
				t.Errorf("%s: %d fields, %d elements", name, len(b.Fields), len(b.Elements))
			}
			for _, f := range b.Fields {
				fits(f.Text, 2000, false)
			}
			for _, e := range b.Elements {
				fits(e.Text.Text, 75, true)
				fits(e.URL, 3000, true)
			}
		}
		if name == "ordinary" && !strings.Contains(string(body), `"*Customer*\nC-1001 [click](http://evil.example) &lt;!channel&gt;"`) {
			t.Errorf("%s", body)
		}
	}
}

func TestCut(t *testing.T) {
	for _, c := range []struct {
		text string
		most int
		want string
	}{{"abc", 3, "abc"}, {"abcd", 3, "ab…"}, {"ab&", 6, "ab…"}, {"ab&", 7, "ab&amp;"}, {"&&", 5, "…"}, {"", 3, ""}, {"Жжж", 2, "Ж…"}} {
		if got := cut(c.text, c.most, escapeSlack); got != c.want || utf8.RuneCountInString(got) > c.most {
			t.Errorf("%q to %d: %q, want %q", c.text, c.most, got, c.want)
		}
	}
}

// TestPartsLoseNothing: what fits into several sections is all there.
func TestPartsLoseNothing(t *testing.T) {
	text := strings.Repeat("a&b", 500)
	got := strings.Join(parts(text, 1000, 10), "")
	if strings.ReplaceAll(got, "&amp;", "&") != text {
		t.Errorf("%d of %d characters", len(got), len(text))
	}
	if cutParts := parts(text, 1000, 2); len(cutParts) != 2 || !strings.HasSuffix(cutParts[1], "…") {
		t.Errorf("%d parts", len(cutParts))
	}
}
