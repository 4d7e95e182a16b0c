package letter

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/charmap"

	"holdfast/plugins/sdk"
)

// today is after the sample's day, as the lists see it.
var today = time.Date(2026, 11, 27, 15, 0, 0, 0, time.Local)

// look is Events on the day that the tests live on.
func (p *place) look(t *testing.T) []sdk.Event {
	t.Helper()
	var list []sdk.Event
	err := p.folder.look(t.Context(), today, func(_ context.Context, e sdk.Event) error {
		list = append(list, e)
		return nil
	})
	must(t, err)
	return list
}

// filled is the list of two letters with a person's entries, as each program
// saves it.
func filled(t *testing.T) map[string]string {
	a, b := numbered(1).Key, numbered(2).Key
	western, err := charmap.Windows1252.NewEncoder().String("key;receiver;posted_on;registered_number\r\n" + a + ";Østfold;24.11.2026;\r\n" + b + ";Sør;;\r\n")
	must(t, err)
	return map[string]string{
		"as it was written":       byteOrderMark + strings.Join(listColumns, ",") + "\r\n" + a + ",C-1,Østfold,1,0,dunning,no,,2026-11-24\r\n" + b + ",C-1,Sør,1,0,dunning,no,,\r\n",
		"Excel, German":           western,
		"Excel, American":         "key,reference,posted_on\r\n" + a + ",C-1,11/24/2026\r\n" + b + ",C-1,\r\n",
		"Excel, British":          "Key,Posted_on\r\n" + a + ",24/11/2026\r\n" + b + ",\r\n",
		"LibreOffice, tabs":       "posted_on\tkey\n24.11.26\t" + a + "\n\t" + b + "\n",
		"no end, another's rows":  `"posted_on","key"` + "\n" + `"2026-11-24","` + strings.Repeat("f", 32) + `"` + "\n" + `"2026-11-24","` + a + `"`,
		"torn quotes and lines":   "key,posted_on\n" + "\"x\n" + a + ",2026-11-24\n",
		"with time, and no order": "posted_on;number;key\r\n;;" + b + "\r\n2026-11-24 00:00:00;;" + a + "\r\n",
	}
}

func TestPostedAsPeopleSaveIt(t *testing.T) {
	for name, text := range filled(t) {
		t.Run(name, func(t *testing.T) {
			p := open(t, t.TempDir(), t.TempDir(), "")
			p.send(t, numbered(1), sdk.Accepted)
			p.send(t, numbered(2), sdk.Accepted)
			p.rest(t)
			if events := p.look(t); len(events) != 0 {
				t.Fatalf("before anybody posted: %+v", events)
			}
			p.save(t, text)
			events := p.look(t)
			if name == "torn quotes and lines" { // whatever is read of it, nothing is invented
				if len(events) > 1 {
					t.Errorf("%+v", events)
				}
				return
			}
			if len(events) != 1 || events[0].Key != numbered(1).Key || events[0].At.Format(time.DateOnly) != "2026-11-24" || events[0].Kind != sdk.Posted {
				t.Fatalf("%+v", events)
			}
			if p = p.reopened(t, ""); len(p.look(t)) != 0 {
				t.Error("told twice")
			}
			if rows, _, err := p.folder.readList("2026-11-23"); err != nil || rows[numbered(2).Key].postedOn != "" || len(rows) < 2 {
				t.Errorf("the list is now %v, %v", rows, err)
			}
		})
	}
}

// TestListIsReadWhenItLiesStill, and a day that was saved half is no day.
func TestListIsReadWhenItLiesStill(t *testing.T) {
	p := open(t, t.TempDir(), t.TempDir(), "")
	p.send(t, numbered(1), sdk.Accepted)
	whole := "key,posted_on\n" + numbered(1).Key + ",2026-11-24\n"
	p.save(t, whole[:len(whole)-4])
	if events := p.look(t); len(events) != 0 {
		t.Errorf("of half a day: %+v", events)
	}
	p.save(t, whole)
	must(t, os.Chtimes(p.listPath(), time.Time{}, today))
	if events := p.look(t); len(events) != 0 {
		t.Errorf("while it is written: %+v", events)
	}
	p.rest(t)
	if events := p.look(t); len(events) != 1 {
		t.Errorf("%+v", events)
	}
}

func TestRegisteredNeedsItsNumber(t *testing.T) {
	p := open(t, t.TempDir(), t.TempDir(), `, "registered": ["legal", "dunning"]`)
	p.send(t, numbered(1), sdk.Accepted)
	p.save(t, "key,posted_on,registered_number\n"+numbered(1).Key+",2026-11-24,\n")
	if events := p.look(t); len(events) != 0 {
		t.Errorf("without its number: %+v", events)
	}
	p.save(t, "key,posted_on,registered_number\n"+numbered(1).Key+",2026-11-24,RR 123 456 785 NO\n")
	if events := p.look(t); len(events) != 1 || events[0].Detail != "registered RR 123 456 785 NO" {
		t.Errorf("%+v", events)
	}
}

func TestMovedIsPosted(t *testing.T) {
	p := open(t, t.TempDir(), t.TempDir(), "")
	p.send(t, numbered(1), sdk.Accepted)
	p.send(t, numbered(2), sdk.Accepted)
	p.rest(t)
	p.look(t)
	must(t, os.Rename(p.folder.path(numbered(2).Key), filepath.Join(p.dir, postedFolder, numbered(2).Key+".pdf")))
	if events := p.look(t); len(events) != 1 || events[0].Key != numbered(2).Key || !events[0].At.Equal(today) {
		t.Errorf("%+v", events)
	}
	if events := p.look(t); len(events) != 0 {
		t.Errorf("told twice: %+v", events)
	}
}

// TestLostRowsComeBack: a person who saves an older list takes no letter with it,
// and the rows come back in that person's way of writing.
func TestLostRowsComeBack(t *testing.T) {
	p := open(t, t.TempDir(), t.TempDir(), "")
	p.send(t, numbered(1), sdk.Accepted)
	p.send(t, numbered(2), sdk.Accepted)
	p.save(t, "posted_on;key;registered\r\n24.11.2026;"+numbered(1).Key+";no")
	p.look(t)
	if want := "posted_on;key;registered\r\n24.11.2026;" + numbered(1).Key + ";no\r\n;" + numbered(2).Key + ";no\r\n"; p.list(t) != want {
		t.Errorf("%q, want %q", p.list(t), want)
	}
	must(t, os.Remove(p.listPath()))
	p.look(t)
	if list := p.list(t); strings.Contains(list, numbered(1).Key) || !strings.Contains(list, numbered(2).Key) {
		t.Errorf("made anew, with what is not posted: %q", list)
	}
	p.save(t, "not a list at all\n")
	p.send(t, numbered(3), sdk.Accepted)
	if list := p.list(t); list != "not a list at all\n" {
		t.Errorf("a file that is none of ours became %q", list)
	}
	must(t, os.Remove(p.listPath()))
	p.look(t)
	if list := p.list(t); !strings.Contains(list, numbered(3).Key) {
		t.Errorf("%q", list)
	}
}

// TestEventsPassWhatWasPosted through the record, with cursors.
func TestEventsPassWhatWasPosted(t *testing.T) {
	p := open(t, t.TempDir(), t.TempDir(), "")
	m := numbered(1)
	m.Date = time.Now()
	p.send(t, m, sdk.Accepted)
	must(t, os.Rename(p.folder.path(m.Key), filepath.Join(p.dir, postedFolder, m.Key+".pdf")))
	must(t, os.Chtimes(p.folder.listPath(m.Date.Format(time.DateOnly)), time.Time{}, time.Now().Add(-time.Hour)))
	for range 2 {
		if events := p.events(t); len(events) != 1 || events[0].Kind != sdk.Posted || events[0].Cursor == "" {
			t.Fatalf("%+v", events)
		}
	}
}

func TestDaysOfALists(t *testing.T) {
	listed := time.Date(2026, 5, 4, 0, 0, 0, 0, time.Local)
	now := time.Date(2026, 6, 20, 9, 0, 0, 0, time.Local)
	for text, want := range map[string]string{
		"2026-05-06": "2026-05-06", "06.05.2026": "2026-05-06", "6.5.26": "2026-05-06", "05/06/2026": "2026-05-06", "06/05/2026": "2026-05-06",
		"13/05/2026": "2026-05-13", "05/13/2026": "2026-05-13", "2026/5/6": "2026-05-06", "6-5-2026": "2026-05-06",
		"05.06.2026": "2026-06-05", // with points the day comes first
		"2026-05-03": "",           // before the letter was there
		"2026-06-21": "", "2026-02-30": "", "2026-5": "", "yes": "", "": "", "31.04.2026": "", "2026-13-01": "",
	} {
		at, ok := dayIn(text, listed, now)
		if got := at.Format(time.DateOnly); ok != (want != "") || ok && got != want {
			t.Errorf("%q is %s, %v; want %q", text, got, ok, want)
		}
	}
}
