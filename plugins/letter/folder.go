package letter

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"holdfast/plugins/sdk"
	"holdfast/plugins/sdk/disk"
)

// folder is where letters wait: KEY.pdf, its enclosures in enclosures/KEY, and
// the posting lists.
type folder struct {
	dir       string
	journal   journal
	separator rune

	mu    sync.Mutex           // one placement at a time
	seen  map[string]fileStamp // lists, and the folder of posted letters, as last read
	stale map[string]bool      // days whose list lacks letters
}

// postedFolder is where a person or a program may move letters that were posted.
const postedFolder = "posted"

func newFolder(dir, own string, separator rune) (*folder, error) {
	for _, path := range []string{filepath.Join(dir, postedFolder), own} {
		if err := disk.MakeFolder(path); err != nil {
			return nil, err
		}
	}
	return &folder{dir: dir, journal: journal{own}, separator: separator, seen: map[string]fileStamp{}, stale: map[string]bool{}}, nil
}

func (f *folder) path(key string) string { return filepath.Join(f.dir, key+".pdf") }

// temp is the name of a letter that nobody is to take yet. It stays after a
// failure, and says that its letter never had its name.
func (f *folder) temp(key string) string { return filepath.Join(f.dir, "."+key+".pdf.tmp") }

// place writes a letter, in this order: its bytes under another name, the line of
// the journal, its name. What a crash leaves can so be told: without the line it
// was never there, with the line and the other name its name is still to be given,
// with the line alone it was there and may have been taken away since. again says
// that the key may have been placed before.
func (f *folder) place(day string, e entry, m sdk.Message, pdf []byte, again bool) error {
	if again || exists(f.temp(e.Key)) {
		placed, err := f.finish(e.Key)
		if placed || err != nil {
			return err
		}
	}
	if err := f.enclose(m); err != nil {
		return err
	}
	if err := disk.Write(f.temp(e.Key), pdf); err != nil {
		return fmt.Errorf("write the letter: %w", err)
	}
	if err := f.journal.add(day, e); err != nil {
		return fmt.Errorf("note the letter: %w", err)
	}
	if err := f.name(e.Key); err != nil {
		return err
	}
	f.stale[day] = f.list(day, []*entry{&e}) != nil || f.stale[day]
	return nil
}

// finish ends what a crash has left of a key, and reports whether its letter was
// placed.
func (f *folder) finish(key string) (bool, error) {
	known, err := f.journal.has(key)
	if err != nil || !known {
		return false, err
	}
	if exists(f.temp(key)) {
		err = f.name(key)
	}
	return true, err
}

// errNamed is a letter that has its name and may lose it in a power cut: whoever
// looks at the folder may have taken it already.
var errNamed = errors.New("the letter lies in the folder, and its name may not be on the disk")

// name gives a letter its name.
func (f *folder) name(key string) error {
	if err := os.Rename(f.temp(key), f.path(key)); err != nil {
		return fmt.Errorf("name the letter: %w", err)
	}
	if err := disk.SyncFolder(f.dir); err != nil {
		return fmt.Errorf("%w: %w", errNamed, err)
	}
	return nil
}

// enclose writes what goes along with a letter.
func (f *folder) enclose(m sdk.Message) error {
	if len(m.Attachments) == 0 {
		return nil
	}
	if err := disk.MakeFolder(f.enclosures(m.Key)); err != nil {
		return fmt.Errorf("make the folder of enclosures: %w", err)
	}
	for i, a := range m.Attachments {
		if err := disk.Write(filepath.Join(f.enclosures(m.Key), fileName(i, a.Name)), a.Data); err != nil {
			return fmt.Errorf("write the enclosure %s: %w", a.Name, err)
		}
	}
	return disk.SyncFolder(f.enclosures(m.Key))
}

func (f *folder) enclosures(key string) string { return filepath.Join(f.dir, "enclosures", key) }

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
