package letter

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// journal is what the channel itself knows of the letters of each day: a line of
// JSON for each that was placed, and one more when it was posted. People work on
// the posting lists; nobody else writes here, and lost lists are made anew from it.
type journal struct{ dir string }

const (
	journalStart = "letters-"
	journalEnd   = ".jsonl"
)

func (j journal) path(day string) string { return filepath.Join(j.dir, journalStart+day+journalEnd) }

// add writes an entry to disk. A line that a power cut has torn is ended first.
func (j journal) add(day string, e entry) error {
	line, err := json.Marshal(e)
	if err != nil {
		return err
	}
	f, err := os.OpenFile(j.path(day), os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	defer f.Close()
	if torn, err := endsOpen(f); err != nil {
		return err
	} else if torn {
		line = append([]byte("\n"), line...)
	}
	if _, err := f.Write(append(line, '\n')); err != nil {
		return err
	}
	return f.Sync()
}

// endsOpen reports whether a file's last line has no end.
func endsOpen(f *os.File) (bool, error) {
	info, err := f.Stat()
	if err != nil || info.Size() == 0 {
		return false, err
	}
	last := make([]byte, 1)
	_, err = f.ReadAt(last, info.Size()-1)
	return last[0] != '\n', err
}

// read returns the letters of a day in their order. Torn lines are skipped.
func (j journal) read(day string) ([]*entry, error) {
	data, err := os.ReadFile(j.path(day))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the letters of %s: %w", day, err)
	}
	var list []*entry
	known := map[string]*entry{}
	lines := bufio.NewScanner(bytes.NewReader(data))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var e entry
		if json.Unmarshal(lines.Bytes(), &e) != nil || e.Key == "" {
			continue
		}
		switch earlier := known[e.Key]; {
		case earlier == nil:
			known[e.Key] = &e
			list = append(list, &e)
		case e.PostedOn != "":
			earlier.PostedOn, earlier.Number = e.PostedOn, e.Number
		}
	}
	return list, lines.Err()
}

// days are those of which letters are known, latest first.
func (j journal) days() ([]string, error) {
	paths, err := filepath.Glob(filepath.Join(j.dir, journalStart+"*"+journalEnd))
	if err != nil {
		return nil, err
	}
	var days []string
	for _, path := range paths {
		days = append(days, strings.TrimSuffix(strings.TrimPrefix(filepath.Base(path), journalStart), journalEnd))
	}
	slices.Sort(days)
	slices.Reverse(days)
	return days, nil
}

// has looks a key up in all days. It is for what a crash has left.
func (j journal) has(key string) (bool, error) {
	days, err := j.days()
	if err != nil {
		return false, err
	}
	for _, day := range days {
		list, err := j.read(day)
		if err != nil {
			return false, err
		}
		if slices.ContainsFunc(list, func(e *entry) bool { return e.Key == key }) {
			return true, nil
		}
	}
	return false, nil
}
