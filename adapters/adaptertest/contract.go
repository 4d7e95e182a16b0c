package adaptertest

import (
	"fmt"
	"strings"
	"sync"
	"testing"
)

// line is one sentence of the contract. Those that mostly wait run beside each
// other at the end.
type line struct {
	says  string
	test  func(t *testing.T, b Bench)
	waits bool
}

// contract is what every driver keeps, in the order of what is built on what.
var contract = []line{
	{says: "a pull brings every entity, texts trimmed and keys raw", test: pullsAll},
	{says: "a row that cannot be taken is a flaw of its account and no more", test: flaws},
	{says: "a broken picture brings no mark: doubles and missing keys", test: brokenPictures},
	{says: "an emit that fails ends the pull with its error and no mark", test: cutByEmit},
	{says: "a cancelled pull ends soon with no mark", test: cutByCancel},
	{says: "NULL in every column is a flaw where a value is needed, and nothing elsewhere", test: nulls},

	{says: "days that mean none, and days with a time, are understood", test: days},
	{says: "a DATE is the same day wherever this program runs", test: datesWithoutZone},
	{says: "amounts of 0 to 3 decimals are exact, below zero too", test: amounts},
	{says: "decimals of every scale and of 19 digits are exact", test: decimals},
	{says: "a floating-point amount is refused by the name of its column", test: refusesFloats},
	{says: "the type money is exact or refused, never rounded", test: moneyType},
	{says: "blanks at the end of a CHAR are trimmed from texts and kept in keys", test: trailingBlanks},
	{says: "every sign of every script comes through rows and binds", test: unicodeTexts},
	{says: "keys that differ only in case stay two, whatever the collation", test: anyCase},

	{says: "an incremental pull brings what changed, with an overlap", test: incremental},
	{says: "a mark ahead of the ERP means that it was replaced", test: markAhead},
	{says: "rows that the ERP reports gone come with an incremental read, in the window of its mark", test: reportsGone},
	{says: "a mark that counts changes passes over none that commits late", test: counts},
	{says: "what change tracking knows is read, and what it has forgotten means a full read", test: tracks},
	{says: "a fresh read brings open documents of its accounts only", test: freshRead},
	{says: "a confirming read brings closed documents and leaves out gone ones", test: confirms},
	{says: "companies are listed, and an unknown one is named with those", test: companies},

	{says: "100,000 documents are streamed in bounded memory", test: streams},
	{says: "a pull cancelled in the middle of its stream ends promptly, and the next one works", test: cancelsStream},
	{says: "a statement that takes too long ends", test: timesOut, waits: true},

	{says: "three hold states are told apart, and put back exactly", test: holdStates},
	{says: "a hold that someone else changed first is a conflict", test: holdLost},
	{says: "two rows for one hold are an error", test: twoHolds},
	{says: "a database that nobody may write to refuses a hold", test: sealed},
	{says: "of 1,000 races with a person's edit exactly one side wins", test: races, waits: true},
	{says: "a hold whose row somebody keeps locked is given up, and nothing is written", test: lockWait, waits: true},
	{says: "a hold that is chosen as a deadlock's victim is tried again", test: deadlocks, waits: true},
	{says: "a hold write cut off at any message is written once, not at all, or uncertain", test: cutWrite, waits: true},

	{says: "a probe finds nothing on a sound ERP", test: probesSound},
	{says: "a probe names the file, the column and the cure", test: probesBroken},
	{says: "a clock of another day is a bad finding", test: probesClock},
	{says: "reads cannot write", test: readsOnly},
	{says: "a right that was revoked is named, by the probe and by the pull", test: revoked},
	{says: "errors are sorted into classes", test: classes},
	{says: "a server or a login that is not there is told apart, without the password", test: strangers, waits: true},

	{says: "a connection cut after any row brings no mark, and the next pull is whole", test: cutAfterRows, waits: true},
	{says: "a server that falls silent is not waited for without end", test: silence, waits: true},
	{says: "a server that only listens, and one that hangs up, are told apart from an answer", test: halfOpen, waits: true},
}

// Run tries the contract on a driver. fresh makes an empty database. What had to
// be left out, and why, is said at the end.
func Run(t *testing.T, fresh func(t *testing.T) Bench) {
	left := &leftOut{}
	t.Cleanup(func() { left.say(t) })
	for _, l := range contract {
		t.Run(l.says, func(t *testing.T) {
			if l.waits {
				t.Parallel()
			}
			b := fresh(t)
			b.left, b.line = left, l.says
			left.on(b)
			if b.Through == nil {
				b.Server, b.Through = network(b.DSN)
			}
			b.Exec(t, setUp[b.Driver.Name()]+in(b.Driver.Name(), schema))
			l.test(t, b)
		})
	}
}

// leftOut gathers what was not tried.
type leftOut struct {
	mu      sync.Mutex
	lines   []string
	standIn string
}

func (l *leftOut) on(b Bench) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.standIn = b.StandIn
}

func (l *leftOut) say(t *testing.T) {
	if l.standIn != "" {
		t.Logf("ALL OF IT on %s: that proves our calls, not the engine; README.md has the command for the real one", l.standIn)
	}
	if len(l.lines) > 0 {
		t.Logf("NOT TRIED (%d of %d):\n%s", len(l.lines), len(contract), strings.Join(l.lines, "\n"))
	}
}

// lacks skips a line of the contract that needs what the bench has not.
func (b Bench) lacks(t *testing.T, what string) {
	t.Helper()
	if b.left != nil {
		b.left.mu.Lock()
		b.left.lines = append(b.left.lines, fmt.Sprintf("  %s: it lacks %s", b.line, what))
		b.left.mu.Unlock()
	}
	t.Skipf("SKIPPED: it lacks %s", what)
}
