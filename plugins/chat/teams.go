package chat

import (
	"strings"
	"unicode/utf8"
)

// teamsMost is how many bytes Teams takes in one message: 28 KB, by Microsoft's
// "Create Incoming Webhooks" and by the limits of the Teams connector that
// Workflows use.
const teamsMost = 28_000

// Limits of our own, so that a card stays one that is read.
const (
	teamsSubject = 300
	teamsField   = 1000
	teamsLinks   = 6 // more than six actions hide behind a menu
)

// teamsBody is an Adaptive Card as Workflows and incoming webhooks take it. Texts
// are TextRuns, which know no Markdown: a customer's name can make no link.
func teamsBody(c card) ([]byte, error) {
	for most := utf8.RuneCountInString(c.text); ; most /= 2 {
		body, err := plainJSON(teamsMessage(c, most))
		if err != nil || len(body) <= teamsMost || most == 0 && len(c.fields) == 0 {
			return body, err
		}
		if most == 0 {
			c.fields = c.fields[:len(c.fields)/2]
		}
	}
}

// object is an element of JSON.
type object map[string]any

func teamsMessage(c card, most int) object {
	elements := []object{textBlock(run(cut(c.subject, teamsSubject, asIs), true, "Medium"))}
	if most > 0 {
		for line := range strings.SplitSeq(cut(c.text, most, asIs), "\n") {
			if line != "" {
				elements = append(elements, textBlock(run(line, false, "Default")))
			}
		}
	}
	for _, f := range c.fields {
		b := textBlock(run(cut(f.Name, teamsField, asIs)+": ", true, "Default"), run(cut(f.Value, teamsField, asIs), false, "Default"))
		b["spacing"] = "Small"
		elements = append(elements, b)
	}
	content := object{"$schema": "http://adaptivecards.io/schemas/adaptive-card.json", "type": "AdaptiveCard", "version": "1.4", "body": elements}
	var actions []object
	for _, l := range c.links[:min(len(c.links), teamsLinks)] {
		actions = append(actions, object{"type": "Action.OpenUrl", "title": cut(l.Label, 100, asIs), "url": l.URL})
	}
	if len(actions) > 0 {
		content["actions"] = actions
	}
	return object{"type": "message", "attachments": []object{
		{"contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": nil, "content": content},
	}}
}

func textBlock(runs ...object) object { return object{"type": "RichTextBlock", "inlines": runs} }

func run(text string, bold bool, size string) object {
	r := object{"type": "TextRun", "text": text, "size": size}
	if bold {
		r["weight"] = "Bolder"
	}
	return r
}
