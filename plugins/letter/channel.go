// Package letter is the channel that sends letters by post: it draws them as PDF
// for window envelopes, hands them to a folder or a printer, and learns from the
// posting list when they were posted.
package letter

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"holdfast/plugins/sdk"
	"holdfast/plugins/sdk/disk"
	"holdfast/plugins/sdk/record"
)

// Version is the version of this channel.
const Version = "1.0.0"

// Channel hands letters to a folder, and to a printer where it has one.
type Channel struct {
	set    Settings
	layout *layout
	folder *folder
	record *record.Record
	spool  spooler // nil: the folder alone
}

// New returns the channel, not yet configured.
func New() sdk.Channel { return new(Channel) }

// Describe says that a copy is not recognised: whether one is, depends on the
// settings, which are not known yet. A printer prints every copy; in the folder a
// copy has the same name, and Lookup knows of every key what became of it.
func (c *Channel) Describe() sdk.About {
	return sdk.About{Name: "letter", Version: Version, Medium: "letter", Lookup: true, Events: true, Schema: schema}
}

// Configure makes the folders and opens typefaces, logo and record.
func (c *Channel) Configure(ctx context.Context, s sdk.Setup) ([]sdk.Problem, error) {
	set, problems := settingsOf(s)
	if len(problems) > 0 {
		return problems, nil
	}
	if c.layout, problems = layoutOf(set); len(problems) > 0 {
		return problems, nil
	}
	if set.To == toPrinter {
		spool, err := newSpooler(set.Printer, set.Server)
		if err != nil {
			return []sdk.Problem{{Key: "printer", Text: "cannot be used: " + err.Error(), Cure: "install the print system's programs, or write to = \"folder\""}}, nil
		}
		c.spool = spool
	}
	var err error
	if c.folder, err = newFolder(set.Dir, filepath.Join(s.Dir, "letters"), rune(set.Separator[0])); err != nil {
		return []sdk.Problem{{Key: "dir", Text: "cannot be made: " + err.Error(), Cure: "name a folder that this program may write"}}, nil
	}
	c.set = set
	// In the folder a key may be placed again: finish tells what a crash has left.
	c.record, err = record.Open(ctx, s.Dir, record.Options{Repeatable: c.spool == nil, Durable: true})
	return nil, err
}

// Send draws m and hands it over unless that was done before.
func (c *Channel) Send(ctx context.Context, m sdk.Message) (sdk.Sent, error) {
	if why := c.unfitMessage(m); why != "" {
		return sdk.Sent{State: sdk.Refused, Detail: why}, nil
	}
	pdf, pages, err := c.layout.draw(m)
	if err != nil {
		return sdk.Sent{State: sdk.Refused, Detail: "it cannot be drawn: " + err.Error()}, nil
	}
	c.folder.mu.Lock()
	defer c.folder.mu.Unlock()
	known, err := c.record.Lookup(ctx, m.Key, time.Now())
	if err != nil {
		return sdk.Sent{State: sdk.Retry, Detail: "the record of what was sent cannot be read: " + err.Error()}, nil
	}
	return c.record.Send(ctx, m.Key, func() sdk.Sent {
		e, day := c.entryOf(m, pages), m.Date.Format(time.DateOnly)
		if c.spool != nil {
			return c.print(ctx, day, e, m, pdf)
		}
		if err := c.folder.place(day, e, m, pdf, known.State == sdk.Uncertain); err != nil {
			return notNow(err)
		}
		return sdk.Sent{State: sdk.Accepted, ProviderID: c.folder.path(m.Key), Detail: fmt.Sprintf("%d pages", pages)}
	})
}

// notNow is for what the disk does not let happen.
func notNow(err error) sdk.Sent {
	if errors.Is(err, errNamed) {
		return sdk.Sent{State: sdk.Uncertain, Detail: err.Error()} // Lookup finishes it
	}
	s := sdk.Sent{State: sdk.Retry, Detail: err.Error()}
	if errors.Is(err, syscall.ENOSPC) {
		s.Detail, s.RetryAfter, s.WholeChannel = "the disk is full: "+s.Detail, 5*time.Minute, true
	}
	return s
}

// print keeps a letter in the folder, hands it to the printer and lists it.
func (c *Channel) print(ctx context.Context, day string, e entry, m sdk.Message, pdf []byte) sdk.Sent {
	files := []string{c.folder.path(m.Key)}
	if err := errors.Join(disk.Write(files[0], pdf), disk.SyncFolder(c.folder.dir), c.folder.enclose(m)); err != nil {
		return notNow(err)
	}
	for i, a := range m.Attachments {
		files = append(files, filepath.Join(c.folder.enclosures(m.Key), fileName(i, a.Name)))
	}
	sent := c.spool.print(ctx, m.Key, files)
	if sent.State != sdk.Accepted {
		return sent
	}
	err := c.folder.journal.add(day, e)
	if err == nil {
		err = c.folder.list(day, []*entry{&e})
	}
	if err != nil { // it is being printed: the list is all that lacks
		c.folder.stale[day] = true
		sent.Detail += "; it could not be added to the posting list: " + err.Error()
	}
	return sent
}

// Lookup says what became of a key. What a crash has left in the folder is
// finished: a letter that has its line in the journal was handed over, any other
// was not.
func (c *Channel) Lookup(ctx context.Context, key string, handed time.Time) (sdk.Sent, error) {
	c.folder.mu.Lock()
	defer c.folder.mu.Unlock()
	known, err := c.record.Lookup(ctx, key, time.Now()) // Uncertain only where the record has the key
	if err != nil || known.State != sdk.Uncertain || c.spool != nil {
		return c.record.Lookup(ctx, key, handed)
	}
	placed, err := c.folder.finish(key)
	if err != nil {
		return known, err
	}
	known = sdk.Sent{State: sdk.Retry, Detail: "it was not handed over"}
	if placed {
		known = sdk.Sent{State: sdk.Accepted, ProviderID: c.folder.path(key), Detail: "found after a crash"}
	}
	return known, c.record.Settle(ctx, key, known)
}

// Events looks at lists, folder and printer, then passes what is new.
func (c *Channel) Events(ctx context.Context, cursor string, emit func(sdk.Event) error) error {
	err := c.folder.look(ctx, time.Now(), func(ctx context.Context, e sdk.Event) error {
		return c.record.Add(ctx, "posted "+e.Key, e)
	})
	if c.spool != nil {
		err = errors.Join(err, c.lookAtPrinter(ctx))
	}
	return errors.Join(err, c.record.Events(ctx, cursor, emit))
}

// Health reports whether the folder is there and the printer takes jobs.
func (c *Channel) Health(ctx context.Context) error {
	if _, err := os.Stat(c.folder.dir); err != nil {
		return err
	}
	if c.spool != nil {
		return c.spool.well(ctx)
	}
	return nil
}
