package chat

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"holdfast/plugins/sdk"
)

// card is what is shown, whatever the receiver.
type card struct {
	key     string
	subject string
	text    string
	fields  []sdk.Field
	links   []sdk.Link
	at      string // RFC 3339
}

// cardOf takes from a message what a chat can show. The texts are one character
// after the other: control characters but for line breaks go.
func cardOf(m sdk.Message) card {
	c := card{key: m.Key, subject: strings.Join(strings.Fields(visible(m.Subject)), " "), text: strings.TrimSpace(visible(m.Text))}
	if !m.Date.IsZero() {
		c.at = m.Date.Format("2006-01-02T15:04:05Z07:00")
	}
	if m.Card != nil {
		for _, f := range m.Card.Fields {
			c.fields = append(c.fields, sdk.Field{Name: visible(f.Name), Value: visible(f.Value)})
		}
		c.links = m.Card.Links
	}
	return c
}

func visible(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(strings.ReplaceAll(text, "\r\n", "\n"), "\uFFFD"))
}

// cut shortens a text to at most so many characters, the last of which says that
// it goes on. escape writes one character as the receiver wants it; what it writes
// counts.
func cut(text string, most int, escape func(rune) string) string {
	var out strings.Builder
	used, fits := 0, 0 // characters written, and bytes that leave room for a mark
	for _, r := range text {
		piece := escape(r)
		n := utf8.RuneCountInString(piece)
		if used+n > most {
			return out.String()[:fits] + "…"
		}
		out.WriteString(piece)
		if used += n; used < most {
			fits = out.Len()
		}
	}
	return out.String()
}

func asIs(r rune) string { return string(r) }

// formatOf is how a kind of receiver wants cards; nil: none such.
func formatOf(kind string) func(card) ([]byte, error) {
	return map[string]func(card) ([]byte, error){kindTeams: teamsBody, kindSlack: slackBody, kindWebhook: webhookBody}[kind]
}

// webhookBody is the card for a receiver of the site's own.
func webhookBody(c card) ([]byte, error) {
	body := struct {
		Key     string      `json:"key"`
		Subject string      `json:"subject"`
		Text    string      `json:"text"`
		Fields  []nameValue `json:"fields"`
		Links   []labelURL  `json:"links"`
		At      string      `json:"at,omitempty"`
	}{Key: c.key, Subject: c.subject, Text: c.text, Fields: []nameValue{}, Links: []labelURL{}, At: c.at}
	for _, f := range c.fields {
		body.Fields = append(body.Fields, nameValue(f))
	}
	for _, l := range c.links {
		body.Links = append(body.Links, labelURL(l))
	}
	return plainJSON(body)
}

type nameValue struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

type labelURL struct {
	Label string `json:"label"`
	URL   string `json:"url"`
}

// plainJSON writes < > and & as they are: escaped they would count sixfold.
func plainJSON(v any) ([]byte, error) {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, fmt.Errorf("write the card: %w", err)
	}
	return []byte(strings.TrimSuffix(b.String(), "\n")), nil
}
