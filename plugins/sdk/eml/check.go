package eml

import (
	"errors"
	"fmt"
	"mime"
	"net/mail"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"holdfast/plugins/sdk"
)

var goodKey = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$`)

// Check refuses what must not become a mail: a line break or another control
// character in anything that goes into a header, an address that is none, a
// key that would not fit a Message-ID, no recipient, no date.
func Check(m sdk.Message) error {
	switch {
	case !goodKey.MatchString(m.Key):
		return fmt.Errorf("the key %q is none: letters, digits, dot, dash and underscore, at most 60", m.Key)
	case len(m.To) == 0:
		return errors.New("no recipient")
	case m.Date.IsZero():
		return errors.New("no date")
	}
	if err := header("subject", m.Subject); err != nil {
		return err
	}
	if err := header("language", m.Language); err != nil {
		return err
	}
	if err := boxes(m); err != nil {
		return err
	}
	for _, a := range m.Attachments {
		if err := attachment(a); err != nil {
			return err
		}
	}
	return nil
}

func boxes(m sdk.Message) error {
	all := append([]sdk.Mailbox{m.From}, m.To...)
	all = append(all, m.Cc...)
	if m.ReplyTo != "" {
		all = append(all, sdk.Mailbox{Address: m.ReplyTo})
	}
	for _, box := range all {
		if err := header("name of "+box.Address, box.Name); err != nil {
			return err
		}
		if err := Address(box.Address); err != nil {
			return err
		}
	}
	return nil
}

// Address refuses whatever is not one bare mail address.
func Address(address string) error {
	if err := header("address", address); err != nil {
		return err
	}
	parsed, err := mail.ParseAddress(address)
	if err != nil || parsed.Address != address || strings.ContainsAny(address, " <>") {
		return fmt.Errorf("%q is no mail address", address)
	}
	return nil
}

func attachment(a sdk.Attachment) error {
	if err := header("attachment name", a.Name); err != nil {
		return err
	}
	if a.Name == "" {
		return errors.New("an attachment has no name")
	}
	if err := header("attachment type", a.Type); err != nil {
		return err
	}
	if _, _, err := mime.ParseMediaType(a.Type); err != nil {
		return fmt.Errorf("attachment %s: %q is no MIME type", a.Name, a.Type)
	}
	return nil
}

func header(what, text string) error {
	if !utf8.ValidString(text) {
		return fmt.Errorf("the %s is no UTF-8", what)
	}
	if i := strings.IndexFunc(text, unicode.IsControl); i >= 0 {
		return fmt.Errorf("the %s %q has a line break or another control character", what, text)
	}
	return nil
}
