package letter

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"holdfast/plugins/plugintest"
	"holdfast/plugins/proto"
	"holdfast/plugins/sdk"
	"holdfast/plugins/sdk/disk"
	"holdfast/plugins/sdk/record"
)

// place is a configured channel with its folders.
type place struct {
	*Channel
	dir, own string
}

// open configures a channel over a folder and a work folder.
func open(t testing.TB, dir, own, more string) *place {
	t.Helper()
	c := new(Channel)
	problems, err := c.Configure(t.Context(), sdk.Setup{Settings: fmt.Appendf(nil, `{"dir": %q%s}`, dir, more), Dir: own})
	if err != nil || len(problems) > 0 {
		t.Fatal(problems, err)
	}
	t.Cleanup(func() { _ = c.record.Close() })
	return &place{c, dir, own}
}

// reopened is the channel after its process has ended.
func (p *place) reopened(t testing.TB, more string) *place {
	t.Helper()
	_ = p.record.Close()
	return open(t, p.dir, p.own, more)
}

func (p *place) send(t testing.TB, m sdk.Message, want sdk.State) sdk.Sent {
	t.Helper()
	sent, err := p.Send(t.Context(), m)
	if err != nil || sent.State != want {
		t.Fatalf("%+v, %v; want state %d", sent, err, want)
	}
	return sent
}

func (p *place) events(t testing.TB) []sdk.Event {
	t.Helper()
	var list []sdk.Event
	if err := p.Events(t.Context(), "", func(e sdk.Event) error { list = append(list, e); return nil }); err != nil {
		t.Fatal(err)
	}
	return list
}

func (p *place) listPath() string { return p.folder.listPath("2026-11-23") }

func (p *place) list(t testing.TB) string {
	t.Helper()
	b, err := os.ReadFile(p.listPath())
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// save writes the list as a person's program does, and lets it lie still.
func (p *place) save(t testing.TB, text string) {
	t.Helper()
	if err := os.WriteFile(p.listPath(), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	p.rest(t)
}

// rest lets the list lie still, as seen on the day that the tests live on.
func (p *place) rest(t testing.TB) {
	t.Helper()
	must(t, os.Chtimes(p.listPath(), time.Time{}, today.Add(-time.Hour)))
}

func numbered(n int) sdk.Message {
	m := sampleLetter(1)
	m.Key, m.Purpose = fmt.Sprintf("%032x", n), "dunning"
	m.Date = time.Date(2026, 11, 23, 9, 30, 0, 0, time.UTC)
	return m
}

func TestSchemaKnowsTheSettings(t *testing.T) {
	var s struct{ Properties map[string]any }
	if err := json.Unmarshal(New().Describe().Schema, &s); err != nil {
		t.Fatal(err)
	}
	fields := reflect.VisibleFields(reflect.TypeFor[Settings]())
	for _, f := range fields {
		if s.Properties[f.Tag.Get("json")] == nil {
			t.Errorf("the schema does not know %s", f.Tag.Get("json"))
		}
	}
	if len(fields) != len(s.Properties) {
		t.Errorf("%d settings, %d in the schema", len(fields), len(s.Properties))
	}
}

func TestNamesWrongSettings(t *testing.T) {
	for key, settings := range map[string]string{
		"dir": `{"dir": "relative"}`, "to": `{"dir": "/d", "to": "fax"}`, "paper": `{"dir": "/d", "paper": "a5"}`, "window": `{"dir": "/d", "window": "x"}`,
		"printer": `{"dir": "/d", "to": "printer"}`, "server": `{"dir": "/d", "server": "-x"}`, "registered": `{"dir": "/d", "registered": ["love"]}`,
		"separator": `{"dir": "/d", "separator": "|"}`, "logo_file": `{"dir": "/d", "logo_file": "/no/such.png"}`,
		"font_file": `{"dir": "/d", "font_file": "/etc/hostname"}`, "font_bold_file": `{"dir": "/d", "font_bold_file": "/no/such.ttf"}`, "hat": `{"hat": 1}`,
	} {
		problems, err := New().Configure(t.Context(), sdk.Setup{Settings: []byte(settings), Dir: t.TempDir()})
		if err != nil || !slices.ContainsFunc(problems, func(p sdk.Problem) bool { return p.Key == key && p.Text != "" && p.Cure != "" }) {
			t.Errorf("%s: %+v, %v", settings, problems, err)
		}
	}
}

// TestThroughTheWire: the channel as the host speaks to it.
func TestThroughTheWire(t *testing.T) {
	dir := t.TempDir()
	client := plugintest.Configured(t, New(), fmt.Sprintf(`{"dir": %q}`, dir))
	r := plugintest.Request(7)
	for postal, want := range map[string]proto.State{"": proto.State_STATE_REFUSED, "x\nBcc: y": proto.State_STATE_REFUSED, "Østfold Marine AS": proto.State_STATE_ACCEPTED} {
		if r.Message.Postal = nil; postal != "" {
			r.Message.Postal = []string{postal, "1602 Fredrikstad"}
		}
		answer, err := client.Send(t.Context(), r)
		if err != nil || answer.Outcome.State != want {
			t.Errorf("%q: %v, %v", postal, answer, err)
		}
	}
	answer, err := client.Lookup(t.Context(), &proto.LookupRequest{Key: r.Key})
	if err != nil || answer.Outcome.State != proto.State_STATE_ACCEPTED || answer.Outcome.ProviderId != filepath.Join(dir, r.Key+".pdf") {
		t.Errorf("%v, %v", answer, err)
	}
	if h, err := client.Health(t.Context(), &proto.HealthRequest{}); err != nil || !h.Ok {
		t.Errorf("%v, %v", h, err)
	}
}

func TestOneLetterForOneKey(t *testing.T) {
	p := open(t, t.TempDir(), t.TempDir(), `, "registered": ["dunning"]`)
	m := numbered(1)
	m.Attachments = []sdk.Attachment{{Name: "../INV 1.pdf", Type: "application/pdf", Data: []byte("%PDF-")}, {Name: "list.xlsx", Type: "x", Data: []byte("PK")}}
	m.Postal[0] = `=cmd("x"), AS`
	p.send(t, m, sdk.Accepted)
	p = p.reopened(t, "")
	p.send(t, m, sdk.Accepted)
	want := byteOrderMark + strings.Join(listColumns, ",") + "\r\n" + m.Key + `,C-1001,"'=cmd(""x""), AS",1,2,dunning,yes,,` + "\r\n"
	if list := p.list(t); list != want {
		t.Errorf("list:\n%q, want\n%q", list, want)
	}
	var names []string
	for _, pattern := range []string{"*.pdf", ".*", "enclosures/*/*"} {
		found, _ := filepath.Glob(filepath.Join(p.dir, pattern))
		for _, path := range found {
			names = append(names, strings.TrimPrefix(path, p.dir+"/"))
		}
	}
	wanted := []string{m.Key + ".pdf", "enclosures/" + m.Key + "/1-INV_1.pdf", "enclosures/" + m.Key + "/2-list.xlsx"}
	if !slices.Equal(names, wanted) {
		t.Errorf("files %q, want %q", names, wanted)
	}
}

// TestDeathWhilePlacing: what a crash leaves at each place is told apart, and no
// letter is placed twice or lost.
func TestDeathWhilePlacing(t *testing.T) {
	m := numbered(1)
	for name, c := range map[string]struct {
		leave  func(t *testing.T, p *place)
		known  sdk.State
		placed bool // the folder has the letter afterwards
	}{
		"before anything":      {func(*testing.T, *place) {}, sdk.Retry, false},
		"before the journal":   {func(t *testing.T, p *place) { must(t, disk.Write(p.folder.temp(m.Key), []byte("half"))) }, sdk.Retry, false},
		"before its name":      {leaveJournal(m, true), sdk.Accepted, true},
		"after it was fetched": {leaveJournal(m, false), sdk.Accepted, false},
	} {
		t.Run(name, func(t *testing.T) {
			p := open(t, t.TempDir(), t.TempDir(), "")
			dieInSend(t, p, m.Key)
			p = p.reopened(t, "")
			c.leave(t, p)
			if known, err := p.Lookup(t.Context(), m.Key, time.Now()); err != nil || known.State != c.known {
				t.Fatalf("lookup %+v, %v", known, err)
			}
			if exists(p.folder.path(m.Key)) != c.placed {
				t.Errorf("in the folder: %v", !c.placed)
			}
			p.send(t, m, sdk.Accepted)
			if fetched := c.known == sdk.Accepted && !c.placed; exists(p.folder.path(m.Key)) == fetched {
				t.Errorf("sent again, in the folder: %v", fetched)
			}
			letters, err := p.folder.journal.read("2026-11-23")
			if err != nil || len(letters) != 1 {
				t.Errorf("%d letters in the journal, %v", len(letters), err)
			}
		})
	}
}

// TestNameThatMayBeLost: a letter that lies in the folder is never "not now":
// whoever took it would get a second one.
func TestNameThatMayBeLost(t *testing.T) {
	for err, want := range map[error]sdk.State{
		fmt.Errorf("%w: %w", errNamed, syscall.EIO):        sdk.Uncertain,
		fmt.Errorf("name the letter: %w", syscall.EIO):     sdk.Retry,
		fmt.Errorf("write the letter: %w", syscall.ENOSPC): sdk.Retry,
	} {
		if s := notNow(err); s.State != want || s.WholeChannel != errors.Is(err, syscall.ENOSPC) {
			t.Errorf("%v: %+v", err, s)
		}
	}
}

// TestNoFormulas: what a spreadsheet program would take for one is text.
func TestNoFormulas(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "Ærø AS": "Ærø AS", "a=b": "a=b", "=1": "'=1", "+1": "'+1", "-1": "'-1", "@x": "'@x", "\t=1": "'\t=1", "＝1": "'＝1", "＠x": "'＠x",
	} {
		if got := plainCell(text); got != want {
			t.Errorf("%q is written %q", text, got)
		}
	}
}

// TestSendAfterDeath without a Lookup between finishes what was begun.
func TestSendAfterDeath(t *testing.T) {
	m := numbered(1)
	p := open(t, t.TempDir(), t.TempDir(), "")
	dieInSend(t, p, m.Key)
	p = p.reopened(t, "")
	leaveJournal(m, false)(t, p)
	p.send(t, m, sdk.Accepted)
	if exists(p.folder.path(m.Key)) {
		t.Error("a letter that was fetched is placed again")
	}
}

func leaveJournal(m sdk.Message, temp bool) func(*testing.T, *place) {
	return func(t *testing.T, p *place) {
		if temp {
			must(t, disk.Write(p.folder.temp(m.Key), []byte("%PDF-")))
		}
		must(t, p.folder.journal.add("2026-11-23", p.entryOf(m, 1)))
	}
}

// dieInSend leaves the record as a process that ended in Send does.
func dieInSend(t *testing.T, p *place, key string) {
	t.Helper()
	_ = p.record.Close()
	r, err := record.Open(t.Context(), p.own, record.Options{Repeatable: true, Durable: true})
	must(t, err)
	defer r.Close()
	defer func() { _ = recover() }() // the death
	_, _ = r.Send(t.Context(), key, func() sdk.Sent { panic("kill -9") })
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestUnknownKeyOfAnOlderRecord(t *testing.T) {
	p := open(t, t.TempDir(), t.TempDir(), "")
	if s, err := p.Lookup(t.Context(), numbered(1).Key, time.Now().Add(-time.Hour)); err != nil || s.State != sdk.Uncertain {
		t.Errorf("handed over before the record began: %+v, %v", s, err)
	}
}

func TestFolderThatCannotBeWritten(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Log("root may write everywhere: a file stands where the folder was")
	}
	p := open(t, filepath.Join(t.TempDir(), "box"), t.TempDir(), "")
	must(t, os.RemoveAll(p.dir))
	must(t, os.WriteFile(p.dir, nil, 0o600))
	p.send(t, numbered(1), sdk.Retry)
	must(t, os.Remove(p.dir))
	if err := p.Health(t.Context()); err == nil {
		t.Error("it says that it is well")
	}
	p = p.reopened(t, "")
	p.send(t, numbered(1), sdk.Accepted)
}

// BenchmarkSend into a folder in which ten thousand letters of the day wait.
func BenchmarkSend(b *testing.B) {
	p := open(b, b.TempDir(), b.TempDir(), "")
	var all []*entry
	for n := range 10_000 {
		e := p.entryOf(numbered(n), 1)
		all = append(all, &e)
		must(b, os.WriteFile(p.folder.path(e.Key), nil, 0o644))
	}
	must(b, p.folder.list("2026-11-23", all))
	n := 10_000
	for b.Loop() {
		n++
		p.send(b, numbered(n), sdk.Accepted)
	}
}
