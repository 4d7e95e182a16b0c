package sms

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"holdfast/plugins/sdk"
)

// longestBody is the most characters of Body, by the Messages resource.
const longestBody = 1600

// text is a message as it goes over the air.
type text struct {
	to    string // E.164
	body  string
	count Count
}

// textOf makes a text of a message, or says why none can be.
func (c *Channel) textOf(m sdk.Message) (text, error) {
	if err := plain(m); err != nil {
		return text{}, err
	}
	to, err := receiver(m.To[0].Address, c.settings.Region)
	if err != nil {
		return text{}, err
	}
	t := text{to: to, body: m.Text}
	t.count = CountOf(t.body)
	switch {
	case t.to == c.settings.From:
		return text{}, fmt.Errorf("%s is the sender itself", t.to)
	case strings.TrimSpace(t.body) == "":
		return text{}, errors.New("the text is empty")
	case t.count.Segments > c.settings.MaxSegments:
		return text{}, fmt.Errorf("the text takes %s, and max_segments is %d", t.count, c.settings.MaxSegments)
	case utf8.RuneCountInString(t.body) > longestBody:
		return text{}, fmt.Errorf("the text has more than %d characters", longestBody)
	}
	return t, nil
}

// plain refuses what cannot be said in a text, and what was made to look like
// something else.
func plain(m sdk.Message) error {
	switch {
	case m.Key == "":
		return errors.New("the message has no key")
	case len(m.To) != 1 || len(m.Cc) > 0:
		return fmt.Errorf("a text goes to one number, not to %d", len(m.To)+len(m.Cc))
	case len(m.Attachments) > 0:
		return fmt.Errorf("a text carries no attachments: %d are left over", len(m.Attachments))
	}
	for what, line := range map[string]string{
		"subject": m.Subject, "sender's name": m.From.Name, "receiver's name": m.To[0].Name, "receiver's number": m.To[0].Address,
	} {
		if strings.ContainsFunc(line, unicode.IsControl) {
			return fmt.Errorf("the %s has a line break or another control character", what)
		}
	}
	if strings.ContainsFunc(m.Text, hidden) || !utf8.ValidString(m.Text) {
		return errors.New("the text has control characters")
	}
	return nil
}

// hidden reports control characters that no telephone shows.
func hidden(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t' }

// detail says what a text costs.
func (c *Channel) detail(t text) string {
	if cost := c.settings.price.of(t.count.Segments); cost != "" {
		return t.count.String() + ", " + cost
	}
	return t.count.String()
}
