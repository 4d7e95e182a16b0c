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
	"holdfast/plugins/sdk/eml"
)

// Version is the version of this channel.
const Version = "1.0.0"

// Channel writes messages into a folder. The .eml, or of a letter the
// .letter.txt, is written last: while it is there, its message was accepted.
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
	if err := os.MkdirAll(set.Dir, 0o755); err != nil {
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
	drawn, err := Letter(m)
	if err != nil {
		return sdk.Sent{State: sdk.Refused, Detail: fmt.Sprintf("draw the letter: %v", err)}, nil
	}
	parts := []part{{".txt", plain(m)}, {".pdf", drawn}, last}
	if posted(m) {
		parts = []part{{letterMark + ".pdf", drawn}, last}
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

// letterMark is in the names of what is to be posted.
const letterMark = ".letter"

// posted reports whether m is a letter for the post.
func posted(m sdk.Message) bool { return len(m.Postal) > 0 }

// lastOf makes the file whose name says that m was accepted. An error means
// that m can never be written.
func lastOf(m sdk.Message) (part, error) {
	if !posted(m) {
		mail, err := eml.Render(m)
		return part{".eml", mail}, err
	}
	if m.Date.IsZero() || !oneLine(m.Key) || !oneLine(m.Subject) {
		return part{}, errors.New("a letter without a date, or with a line break in its key or subject")
	}
	return part{letterMark + ".txt", plain(m)}, nil
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
