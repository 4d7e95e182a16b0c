package email

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"holdfast/plugins/email/inbound"
)

// wholeUpTo is the size up to which a mail is fetched whole. Of a larger one the
// beginning holds what was written; the rest are attachments.
const wholeUpTo = 5 << 20

// atOnce is how many mails are listed at once. They are fetched one by one.
const atOnce = 200

// head is what is asked of a mail before it is fetched.
type head struct {
	uid  imap.UID
	size int64
	came time.Time // as the server says
}

// after lists the mails behind a number, at most atOnce, in their order.
func (s *imapSession) after(ctx context.Context, uid imap.UID) (heads []head, err error) {
	var range_ imap.UIDSet
	range_.AddRange(uid+1, 0)
	uids, err := s.search(ctx, &imap.SearchCriteria{UID: []imap.UIDSet{range_}})
	if err != nil {
		return nil, err
	}
	// A server answers n:* with the last mail, even one before n.
	uids = slices.DeleteFunc(uids, func(u imap.UID) bool { return u <= uid })
	if len(uids) == 0 {
		return nil, nil
	}
	var found []*imapclient.FetchMessageBuffer
	err = s.command(ctx, func() (err error) {
		found, err = s.client.Fetch(imap.UIDSetNum(uids...), &imap.FetchOptions{UID: true, RFC822Size: true, InternalDate: true}).Collect()
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list new mail: %w", err)
	}
	for _, f := range found {
		h := head{uid: f.UID, size: f.RFC822Size, came: f.InternalDate}
		if h.came.IsZero() { // a server that does not say
			h.came = time.Now()
		}
		if f.UID > uid {
			heads = append(heads, h)
		}
	}
	slices.SortFunc(heads, func(a, b head) int { return int(int64(a.uid) - int64(b.uid)) })
	return heads, nil
}

// firstSince returns the number of the first mail that came on a day or later,
// or that the next one will have.
func (s *imapSession) firstSince(ctx context.Context, day time.Time) (imap.UID, error) {
	// A server's day may be another than ours.
	uids, err := s.search(ctx, &imap.SearchCriteria{Since: day.Add(-24 * time.Hour)})
	if err != nil {
		return 0, err
	}
	if len(uids) == 0 {
		return max(s.next, 1), nil
	}
	return slices.Min(uids), nil
}

// search returns the lowest numbers that meet a condition, at most atOnce.
func (s *imapSession) search(ctx context.Context, what *imap.SearchCriteria) (uids []imap.UID, err error) {
	var data *imap.SearchData
	err = s.command(ctx, func() (err error) {
		data, err = s.client.UIDSearch(what, nil).Wait()
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("look for new mail: %w", err)
	}
	set, _ := data.All.(imap.UIDSet)
	set = slices.Clone(set)
	slices.SortFunc(set, func(a, b imap.UIDRange) int { return int(int64(a.Start) - int64(b.Start)) })
	for _, r := range set {
		// An open end is no answer to a search.
		for u := uint64(r.Start); r.Start > 0 && u <= uint64(r.Stop) && len(uids) < atOnce; u++ {
			uids = append(uids, imap.UID(u))
		}
	}
	return uids, nil
}

// fetch returns a mail, of a large one the beginning. nil: it is gone.
func (s *imapSession) fetch(ctx context.Context, h head, limit int64) (raw []byte, err error) {
	section := &imap.FetchItemBodySection{Peek: true}
	if h.size > limit {
		section.Partial = &imap.SectionPartial{Size: min(limit, inbound.Beginning)}
	}
	err = s.within(ctx, s.pace.body, func() (err error) {
		cmd := s.client.Fetch(imap.UIDSetNum(h.uid), &imap.FetchOptions{UID: true, BodySection: []*imap.FetchItemBodySection{section}})
		for m := cmd.Next(); m != nil; m = cmd.Next() {
			for item := m.Next(); item != nil; item = m.Next() {
				body, ok := item.(imapclient.FetchItemDataBodySection)
				if !ok || body.Literal == nil || raw != nil {
					continue
				}
				if raw, err = readBody(body.Literal); err != nil {
					return err // the connection is lost, and the command must not be touched any more
				}
			}
		}
		return cmd.Close()
	})
	if err != nil {
		return nil, fmt.Errorf("fetch mail %d: %w", h.uid, err)
	}
	return raw, nil
}

// readBody reads a body whole. One that is cut short is an error; one that is
// longer than it was said to be is cut.
func readBody(body imap.LiteralReader) ([]byte, error) {
	size := min(body.Size(), wholeUpTo+1)
	b := bytes.NewBuffer(make([]byte, 0, size))
	n, err := io.Copy(b, io.LimitReader(body, wholeUpTo+1))
	if err == nil && n < size {
		err = io.ErrUnexpectedEOF
	}
	return b.Bytes(), err
}

// done does to a mail what imap_after says. Done twice, it does nothing new.
func (s *imapSession) done(ctx context.Context, uid imap.UID) error {
	err := s.command(ctx, func() error {
		switch {
		case s.set.folder() != "":
			_, err := s.client.Move(imap.UIDSetNum(uid), s.set.folder()).Wait()
			return err
		case s.set.IMAPAfter == "seen":
			return s.client.Store(imap.UIDSetNum(uid), &imap.StoreFlags{Op: imap.StoreFlagsAdd, Silent: true, Flags: []imap.Flag{imap.FlagSeen}}, nil).Close()
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("imap_after %s, mail %d: %w", s.set.IMAPAfter, uid, err)
	}
	return nil
}
