package letter

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"holdfast/plugins/sdk"
)

// How long a list must lie still before it is read, since programs save it piece
// by piece, and for how long lists are looked at.
const (
	restsFor = 2 * time.Second
	lookBack = 60 * 24 * time.Hour
)

// fileStamp tells whether a file has changed.
type fileStamp struct {
	size    int64
	changed time.Time
}

func stampOf(path string) fileStamp {
	info, err := os.Stat(path)
	if err != nil {
		return fileStamp{}
	}
	return fileStamp{info.Size(), info.ModTime()}
}

// look reads what people have done since it was last called, passes each letter
// that was posted since to tell, once, and adds to the lists what they lack. now
// is the present.
func (f *folder) look(ctx context.Context, now time.Time, tell func(context.Context, sdk.Event) error) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	days, err := f.journal.days()
	if err != nil {
		return err
	}
	moved := stampOf(filepath.Join(f.dir, postedFolder))
	anyMoved := moved != f.seen[postedFolder]
	for _, day := range days {
		if day < now.Add(-lookBack).Format(time.DateOnly) {
			break
		}
		if err := f.lookAt(ctx, day, now, anyMoved, tell); err != nil {
			return err
		}
	}
	f.seen[postedFolder] = moved
	return nil
}

// lookAt looks at the list of one day if it has changed and lies still.
func (f *folder) lookAt(ctx context.Context, day string, now time.Time, anyMoved bool, tell func(context.Context, sdk.Event) error) error {
	stamp := stampOf(f.listPath(day))
	if stamp == f.seen[day] && !f.stale[day] && !anyMoved || now.Sub(stamp.changed) < restsFor {
		return nil
	}
	letters, err := f.journal.read(day)
	if err != nil {
		return err
	}
	rows, found, err := f.readList(day)
	if err != nil { // a person's to mend; what was moved is seen all the same
		slog.Warn("a posting list cannot be read", "error", err)
	}
	var lacking []*entry
	for _, e := range letters {
		if err := f.lookAtLetter(ctx, day, e, rows[e.Key], now, tell); err != nil {
			return err
		}
		if _, there := rows[e.Key]; !there && (found || e.PostedOn == "") {
			lacking = append(lacking, e)
		}
	}
	f.seen[day], f.stale[day] = stamp, false
	if err == nil && len(lacking) > 0 {
		f.complete(day, lacking)
	}
	return nil
}

// complete adds letters to a list that a person has saved without them, or that
// could not be written before.
func (f *folder) complete(day string, lacking []*entry) {
	if err := f.list(day, lacking); err != nil {
		f.stale[day] = true
		slog.Warn("letters cannot be added to their posting list, which is tried again", "day", day, "letters", len(lacking), "error", err)
	}
}

// lookAtLetter tells that a letter was posted. A registered one is posted only
// with its number.
func (f *folder) lookAtLetter(ctx context.Context, day string, e *entry, row listed, now time.Time, tell func(context.Context, sdk.Event) error) error {
	if e.PostedOn != "" || e.Registered && row.number == "" {
		return nil
	}
	at, ok := f.postedAt(day, e.Key, row, now)
	if !ok {
		return nil
	}
	detail := "posted"
	if row.number != "" {
		detail = "registered " + row.number
	}
	if err := tell(ctx, sdk.Event{Kind: sdk.Posted, Key: e.Key, At: at, Detail: detail}); err != nil {
		return err
	}
	e.PostedOn, e.Number = at.Format(time.DateOnly), row.number
	return f.journal.add(day, *e)
}

// postedAt is when a letter was posted: as the list says, or when it was found
// moved.
func (f *folder) postedAt(day, key string, row listed, now time.Time) (time.Time, bool) {
	listed, err := time.ParseInLocation(time.DateOnly, day, now.Location())
	if err == nil && row.postedOn != "" {
		if at, ok := dayIn(row.postedOn, listed, now); ok {
			return at, true
		}
		slog.Warn("a posting list has a day that cannot be", "list", f.listPath(day), "key", key, "posted_on", row.postedOn)
	}
	return now, exists(filepath.Join(f.dir, postedFolder, key+".pdf"))
}
