package eml

import (
	"errors"
	"fmt"
	"mime"
	"net/mail"
	"net/url"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"holdfast/plugins/sdk"
)

var (
	goodKey   = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$`)
	goodToken = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$`)
	goodID    = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,99}(@[A-Za-z0-9.-]{1,99})?$`)
)

// Longest texts of a header, in bytes, so that each line stays below the 998
// that RFC 5322, section 2.1.1, allows.
const (
	longestAddress = 254 // RFC 5321, section 4.5.3.1.3, without the brackets
	longestURL     = 900
	longestFile    = 200 // of a file's name; encoded it takes up to three times as much
	longestText    = 8000
)

// Check refuses what must not become a mail: a line break or another control
// character in anything that goes into a header, an address that is none, a
// key, tag, thread or picture's name that is no plain word, a link to
// unsubscribe that is none, no recipient, no date.
func Check(m sdk.Message) error {
	switch {
	case !goodKey.MatchString(m.Key):
		return fmt.Errorf("the key %q is none: letters, digits, dot, dash and underscore, at most 60", m.Key)
	case len(m.To) == 0:
		return errors.New("no recipient")
	case m.Date.IsZero():
		return errors.New("no date")
	}
	err := errors.Join(token("tag", m.Tag), token("thread", m.Thread), token("language", m.Language),
		header("subject", m.Subject), unsubscribe(m.Unsubscribe), boxes(m))
	if err != nil {
		return err
	}
	for _, a := range m.Attachments {
		if err := attachment(a); err != nil {
			return err
		}
	}
	return nil
}

// token refuses what is no plain word; empty is fine.
func token(what, text string) error {
	if text != "" && !goodToken.MatchString(text) {
		return fmt.Errorf("the %s %q is none: letters, digits, dot, dash and underscore, at most 100", what, text)
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
	if err != nil || parsed.Address != address || len(address) > longestAddress || strings.ContainsFunc(address, notInAddress) {
		return fmt.Errorf("%q is no mail address", address)
	}
	return nil
}

// notInAddress reports brackets, and whatever is not seen or looks like a
// blank, such as a line separator.
func notInAddress(r rune) bool {
	return r == '<' || r == '>' || unicode.IsSpace(r) || !unicode.IsPrint(r)
}

func unsubscribe(link string) error {
	if link == "" {
		return nil
	}
	u, err := url.Parse(link)
	plain := !strings.ContainsFunc(link, func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune(`<>",`, r) })
	if err != nil || !plain || len(link) > longestURL || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return fmt.Errorf("the link to unsubscribe %q is none: https:// and a host, ASCII without blanks, at most %d long", link, longestURL)
	}
	return nil
}

func attachment(a sdk.Attachment) error {
	if err := header("attachment name", a.Name); err != nil {
		return err
	}
	if a.Name == "" || len(a.Name) > longestFile {
		return fmt.Errorf("an attachment's name has %d bytes, must have 1 to %d", len(a.Name), longestFile)
	}
	if a.ContentID != "" && !goodID.MatchString(a.ContentID) {
		return fmt.Errorf("attachment %s: %q is no name of a picture: letters, digits, dot, dash and underscore", a.Name, a.ContentID)
	}
	if err := header("attachment type", a.Type); err != nil {
		return err
	}
	kind, params, err := mime.ParseMediaType(a.Type)
	if err != nil || !strings.Contains(kind, "/") || mime.FormatMediaType(kind, params) == "" || len(a.Type) > longestFile {
		return fmt.Errorf("attachment %s: %q is no MIME type", a.Name, a.Type)
	}
	if strings.HasPrefix(kind, "multipart/") || strings.HasPrefix(kind, "message/") {
		return fmt.Errorf("attachment %s: a %s can't be attached: RFC 2045 keeps base64 from it; pack it or use application/octet-stream", a.Name, kind)
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
	if len(text) > longestText {
		return fmt.Errorf("the %s has %d bytes, may have %d", what, len(text), longestText)
	}
	return nil
}
