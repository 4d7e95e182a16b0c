package chat

import "slices"

// Limits of Slack's blocks, in characters and in pieces, by its Block Kit
// reference.
const (
	slackHeader       = 150
	slackSection      = 3000
	slackFieldText    = 2000
	slackFields       = 10 // of one section
	slackFieldsMost   = 40 // of a card: four sections
	slackButton       = 75
	slackURL          = 3000
	slackButtons      = 25
	slackTextSections = 4
)

// slackBody is a message of blocks. Slack reads <!channel> and <url|text> in any
// text that is not escaped, so all of it is.
func slackBody(c card) ([]byte, error) {
	blocks := []object{{"type": "header", "text": object{"type": "plain_text", "text": cut(orDash(c.subject), slackHeader, asIs), "emoji": false}}}
	for _, part := range parts(c.text, slackSection, slackTextSections) {
		blocks = append(blocks, object{"type": "section", "text": mrkdwn(part)})
	}
	for group := range slices.Chunk(c.fields[:min(len(c.fields), slackFieldsMost)], slackFields) {
		var fields []object
		for _, f := range group {
			name := cut(orDash(f.Name), slackFieldText/4, escapeSlack)
			fields = append(fields, mrkdwn("*"+name+"*\n"+cut(orDash(f.Value), slackFieldText/2, escapeSlack)))
		}
		blocks = append(blocks, object{"type": "section", "fields": fields})
	}
	var buttons []object
	for _, l := range c.links {
		if len(l.URL) <= slackURL && len(buttons) < slackButtons {
			buttons = append(buttons, object{
				"type": "button", "text": object{"type": "plain_text", "text": cut(orDash(l.Label), slackButton, asIs), "emoji": false}, "url": l.URL,
			})
		}
	}
	if len(buttons) > 0 {
		blocks = append(blocks, object{"type": "actions", "elements": buttons})
	}
	return plainJSON(object{"text": cut(orDash(c.subject), slackSection, escapeSlack), "blocks": blocks})
}

func mrkdwn(text string) object { return object{"type": "mrkdwn", "text": text, "verbatim": true} }

// escapeSlack writes the three characters that Slack reads as its own.
func escapeSlack(r rune) string {
	switch r {
	case '&':
		return "&amp;"
	case '<':
		return "&lt;"
	case '>':
		return "&gt;"
	}
	return string(r)
}

// orDash stands in for a text that is empty, which Slack does not take.
func orDash(text string) string {
	if text == "" {
		return "–"
	}
	return text
}

// parts cuts a text into at most so many escaped parts; the last says whether it
// goes on.
func parts(text string, size, most int) []string {
	var out []string
	for text != "" && len(out) < most {
		n, used := 0, 0
		for i, r := range text {
			if used += len([]rune(escapeSlack(r))); used > size {
				break
			}
			n = i + len(string(r))
		}
		if len(out) == most-1 {
			return append(out, cut(text, size, escapeSlack))
		}
		out = append(out, cut(text[:n], size, escapeSlack))
		text = text[n:]
	}
	return out
}
