package year

import (
	"cmp"
	"context"
	"fmt"
	"runtime"
	"slices"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/sequence"
	"holdfast/engine/walk"
)

// Walked is what a year in memory came to.
type Walked struct {
	Options
	Documents, Applications, Told int
	Effects                       map[sequence.IntentKind]int
	Took                          time.Duration
	Heap                          []uint64 // bytes in use after each month, garbage taken away
	Broken                        map[string]int
	First                         []string // the first break of each rule, for a person
}

// Compared is what the same days through the store came to.
type Compared struct {
	Options
	Lines  int
	Took   time.Duration
	Differ []string // lines of one journal that the other lacks: "-" the walk's, "+" the cycle's
}

// Live lives a drawn year in memory and looks at every effect.
func Live(ctx context.Context, o Options) (Walked, error) {
	h := Draw(o)
	w := Walked{Options: o, Documents: len(h.Documents), Applications: len(h.Applications), Told: len(h.Facts), Effects: map[sequence.IntentKind]int{}}
	book, err := newBook()
	if err != nil {
		return w, err
	}
	r := newRules(newERP(h), book.Policy.Business)
	walker := walk.New(book, h, walk.Options{})
	for n := range o.Days {
		began := time.Now()
		err := walker.Day(ctx, o.First+ar.Day(n), func(t *walk.Touch) error {
			w.Effects[t.Kind]++
			r.look(t)
			return nil
		})
		if err != nil {
			return w, err
		}
		w.Took += time.Since(began)
		if n%30 == 29 {
			w.Heap = append(w.Heap, inUse())
		}
	}
	w.Broken, w.First = r.broken, r.first
	return w, nil
}

// inUse is how many bytes of the heap are alive.
func inUse() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// Compare lives drawn days in memory and through the store in dir, and sets the
// two journals side by side.
func Compare(ctx context.Context, dir string, o Options) (Compared, error) {
	c := Compared{Options: o}
	h := Draw(o)
	book, err := newBook()
	if err != nil {
		return c, err
	}
	walked, err := liveWalked(ctx, book, h, o)
	if err != nil {
		return c, err
	}
	began := time.Now()
	stored, err := liveStored(ctx, dir, book, h, o)
	c.Took, c.Lines = time.Since(began), len(stored)
	c.Differ = append(lacking(walked, stored, "- "), lacking(stored, walked, "+ ")...)
	slices.SortStableFunc(c.Differ, func(a, b string) int { return cmp.Compare(a[2:], b[2:]) })
	return c, err
}

// lacking lists the lines that other lacks, each as often as it does.
func lacking(lines, other []string, mark string) []string {
	have := map[string]int{}
	for _, l := range other {
		have[l]++
	}
	var list []string
	for _, l := range lines {
		if have[l]--; have[l] < 0 {
			list = append(list, mark+l)
		}
	}
	return list
}

// Faults lists what must not be.
func (w Walked) Faults() []string {
	list := slices.Clone(w.First)
	if n := len(w.Heap); n > 6 && w.Heap[n-1] > w.Heap[n/2]*5/4 {
		list = append(list, fmt.Sprintf("memory grows: %d MiB after half the time, %d MiB at the end", w.Heap[n/2]>>20, w.Heap[n-1]>>20))
	}
	return list
}

// String is the year for a person.
func (w Walked) String() string {
	text := fmt.Sprintf("%d accounts, %d days in memory: %d documents, %d applications, %d facts; %d messages, %d tasks, %d holds, %d releases in %s",
		w.Accounts, w.Days, w.Documents, w.Applications, w.Told, w.Effects[sequence.Message], w.Effects[sequence.Task],
		w.Effects[sequence.Hold], w.Effects[sequence.Release], w.Took.Round(100*time.Millisecond))
	text += "; heap after each month in MiB:"
	for _, b := range w.Heap {
		text += fmt.Sprintf(" %d", b>>20)
	}
	return text
}
