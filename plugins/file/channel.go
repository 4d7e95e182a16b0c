// Package file is the channel that sends nothing: it writes each message into
// a folder as .eml, .txt and .pdf, for looking at, printing and testing.
package file

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"syscall"
	"time"
	"unicode"

	"holdfast/plugins/sdk"
	"holdfast/plugins/sdk/disk"
	"holdfast/plugins/sdk/eml"
)

// Version is the version of this channel.
const Version = "1.0.0"

// Channel writes messages into a folder. The .eml, or of what is no mail the
// .letter.txt, .text.txt or .call.txt, is written last: while it is there, its
// message was accepted.
type Channel struct {
	sdk.Base
	dir string
}

// New returns the channel, not yet configured.
func New() sdk.Channel { return new(Channel) }

// Describe says that a second copy cannot appear and that every key can be
// looked up.
func (c *Channel) Describe() sdk.About {
	return sdk.About{Name: "file", Version: Version, Medium: "file", Repeatable: true, Lookup: true, Schema: schema}
}

// Configure makes the folder.
func (c *Channel) Configure(_ context.Context, s sdk.Setup) ([]sdk.Problem, error) {
	set, problems := settingsOf(s)
	if len(problems) > 0 {
		return problems, nil
	}
	if err := disk.MakeFolder(set.Dir); err != nil {
		return []sdk.Problem{{Key: "dir", Text: "cannot be made: " + err.Error(), Cure: "name a folder that this program may write"}}, nil
	}
	c.dir = set.Dir
	return nil, nil
}

// Send writes m unless it is already there.
func (c *Channel) Send(_ context.Context, m sdk.Message) (sdk.Sent, error) {
	last, err := lastOf(m)
	if err != nil {
		return sdk.Sent{State: sdk.Refused, Detail: err.Error()}, nil
	}
	base := pathOf(c.dir, m)
	if _, err := os.Stat(base + last.ext); err == nil {
		return accepted(base + last.ext), nil
	}
	parts, err := partsOf(m, last)
	if err != nil {
		return sdk.Sent{State: sdk.Refused, Detail: fmt.Sprintf("draw the letter: %v", err)}, nil
	}
	err = writeAll(base, parts)
	switch {
	case errors.Is(err, syscall.ENOSPC):
		return sdk.Sent{State: sdk.Retry, Detail: "the disk is full: " + err.Error(), RetryAfter: 5 * time.Minute}, nil
	case err != nil:
		return sdk.Sent{State: sdk.Retry, Detail: err.Error()}, nil
	}
	return accepted(base + last.ext), nil
}

// What is no mail has a mark in its names: a letter for the post, a text message
// and a call.
const (
	letterMark = ".letter"
	textMark   = ".text"
	callMark   = ".call"
)

// posted reports whether m is a letter for the post.
func posted(m sdk.Message) bool { return len(m.Postal) > 0 }

// markOf is the mark of a message, empty of a mail. What goes to a number goes to
// a telephone.
func markOf(m sdk.Message) string {
	switch {
	case posted(m):
		return letterMark
	case m.Call != nil:
		return callMark
	case len(m.To) == 1 && strings.HasPrefix(m.To[0].Address, "+") && !strings.Contains(m.To[0].Address, "@"):
		return textMark
	}
	return ""
}

// lastOf makes the file whose name says that m was accepted. An error means
// that m can never be written.
func lastOf(m sdk.Message) (part, error) {
	mark := markOf(m)
	if mark == "" {
		mail, err := eml.Render(m)
		return part{".eml", mail}, err
	}
	if m.Date.IsZero() || !oneLine(m.Key) || !oneLine(m.Subject) || len(m.To) > 0 && !oneLine(m.To[0].Name+m.To[0].Address) {
		return part{}, errors.New("a message without a date, or with a line break in its key, subject or receiver")
	}
	return part{mark + ".txt", plain(m)}, nil
}

// partsOf makes all files of m, the last one last. What is said or shown on a
// telephone is text alone.
func partsOf(m sdk.Message, last part) ([]part, error) {
	mark := markOf(m)
	if mark == textMark || mark == callMark {
		return []part{last}, nil
	}
	drawn, err := Letter(m)
	if err != nil {
		return nil, err
	}
	if mark == letterMark {
		return []part{{letterMark + ".pdf", drawn}, last}, nil
	}
	return []part{{".txt", plain(m)}, {".pdf", drawn}, last}, nil
}

func oneLine(text string) bool { return strings.IndexFunc(text, unicode.IsControl) < 0 }

// Lookup finds the last file of a key. A key without one was never accepted.
func (c *Channel) Lookup(_ context.Context, key string, _ time.Time) (sdk.Sent, error) {
	path, err := find(c.dir, key)
	if err != nil {
		return sdk.Sent{}, err
	}
	if path == "" {
		return sdk.Sent{State: sdk.Retry, Detail: "never written"}, nil
	}
	return accepted(path), nil
}

// Health reports whether the folder is there.
func (c *Channel) Health(context.Context) error {
	_, err := os.Stat(c.dir)
	return err
}

func accepted(path string) sdk.Sent {
	return sdk.Sent{State: sdk.Accepted, ProviderID: path}
}
