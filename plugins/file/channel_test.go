package file_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"holdfast/plugins/file"
	"holdfast/plugins/plugintest"
	"holdfast/plugins/proto"
	"holdfast/plugins/sdk"
)

func TestConforms(t *testing.T) {
	plugintest.Conform(t, func(t testing.TB) plugintest.Case {
		dir := t.TempDir()
		return plugintest.Case{
			New:      file.New,
			Fields:   new(file.Settings),
			Settings: fmt.Sprintf(`{"dir": %q}`, dir),
			Arrived: func(t testing.TB) []plugintest.Mail {
				var mails []plugintest.Mail
				for _, path := range glob(t, dir, "*/*.eml") {
					raw, err := os.ReadFile(path)
					if err != nil {
						t.Fatal(err)
					}
					mails = append(mails, plugintest.ParseMail(t, raw))
				}
				return mails
			},
			Spoilt: map[string]string{"dir": `{"dir": "relative"}`},
		}
	})
}

func TestWritesThreeFilesOfAMessage(t *testing.T) {
	dir := t.TempDir()
	client := plugintest.Configured(t, file.New(), fmt.Sprintf(`{"dir": %q}`, dir))
	if _, err := client.Send(t.Context(), plugintest.Request(7)); err != nil {
		t.Fatal(err)
	}
	for _, ext := range []string{".eml", ".txt", ".pdf"} {
		if n := len(glob(t, dir, "2026-11-23/C-7-????????????"+ext)); n != 1 {
			t.Errorf("%d files end in %s", n, ext)
		}
	}
	if left := glob(t, dir, "*/.*"); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	text, err := os.ReadFile(glob(t, dir, "*/*.txt")[0])
	if err != nil || !strings.Contains(string(text), "INV-1001") || !strings.Contains(string(text), "Subject:    Reminder 7") {
		t.Errorf("text: %s, %v", text, err)
	}
}

// TestNoEmlMeansNotAccepted: whatever else a crash has left, a message without
// its .eml is written again.
func TestNoEmlMeansNotAccepted(t *testing.T) {
	dir := t.TempDir()
	client := plugintest.Configured(t, file.New(), fmt.Sprintf(`{"dir": %q}`, dir))
	for range 2 {
		if _, err := client.Send(t.Context(), plugintest.Request(7)); err != nil {
			t.Fatal(err)
		}
		mails := glob(t, dir, "*/*.eml")
		if len(mails) != 1 {
			t.Fatalf("mails: %v", mails)
		}
		if err := os.Remove(mails[0]); err != nil {
			t.Fatal(err)
		}
		answer, err := client.Lookup(t.Context(), &proto.LookupRequest{Key: plugintest.Request(7).Key})
		if err != nil || answer.Outcome.State != proto.State_STATE_RETRY {
			t.Errorf("lookup: %v, %v", answer, err)
		}
	}
}

// TestLetterForThePost: it has no mail, its address stands in all files, and
// Lookup knows it by its last file alone.
func TestLetterForThePost(t *testing.T) {
	dir := t.TempDir()
	client := plugintest.Configured(t, file.New(), fmt.Sprintf(`{"dir": %q}`, dir))
	r := plugintest.Request(7)
	r.Message.To, r.Message.Html, r.Message.Postal = nil, "", []string{"Østfold Marine AS", "Postboks 9", "1602 Fredrikstad"}
	r.Message.Text = "Harbour & Sons\n14 Quay Street\n\n" + strings.Join(r.Message.Postal, "\n") + "\n\n21 November 2026\n\nReminder\n\nDear all,\n"
	for range 2 {
		answer, err := client.Send(t.Context(), r)
		if err != nil || answer.Outcome.State != proto.State_STATE_ACCEPTED {
			t.Fatal(answer, err)
		}
	}
	if n := len(glob(t, dir, "*/*")); n != 2 || len(glob(t, dir, "2026-11-23/C-7-????????????.letter.pdf")) != 1 {
		t.Errorf("%d files: %v", n, glob(t, dir, "*/*"))
	}
	texts := glob(t, dir, "*/*.letter.txt")
	text, err := os.ReadFile(texts[0])
	if err != nil || !strings.Contains(string(text), "By post to: Østfold Marine AS, Postboks 9, 1602 Fredrikstad\n") {
		t.Errorf("text: %s, %v", text, err)
	}
	for _, state := range []proto.State{proto.State_STATE_ACCEPTED, proto.State_STATE_RETRY} {
		answer, err := client.Lookup(t.Context(), &proto.LookupRequest{Key: r.Key})
		if err != nil || answer.Outcome.State != state {
			t.Errorf("lookup: %v, %v, want %v", answer, err, state)
		}
		_ = os.Remove(texts[0])
	}
}

// What goes to a telephone is one text, which says what would be sent or said.
func TestTelephone(t *testing.T) {
	for ext, call := range map[string]*proto.Call{".text.txt": nil, ".call.txt": {Script: "Hello"}} {
		dir := t.TempDir()
		client := plugintest.Configured(t, file.New(), fmt.Sprintf(`{"dir": %q}`, dir))
		r := plugintest.Request(7)
		r.Message.To[0].Address, r.Message.Html, r.Message.Call = "+12075550142", "", call
		for range 2 {
			answer, err := client.Send(t.Context(), r)
			if err != nil || answer.Outcome.State != proto.State_STATE_ACCEPTED {
				t.Fatal(answer, err)
			}
		}
		files := glob(t, dir, "*/*")
		if len(files) != 1 || !strings.HasSuffix(files[0], ext) {
			t.Fatalf("%v, want one %s", files, ext)
		}
		if text, err := os.ReadFile(files[0]); err != nil || !strings.Contains(string(text), "+12075550142") || !strings.Contains(string(text), r.Message.Text) {
			t.Errorf("%s, %v", text, err)
		}
		if answer, err := client.Lookup(t.Context(), &proto.LookupRequest{Key: r.Key}); err != nil || answer.Outcome.State != proto.State_STATE_ACCEPTED {
			t.Errorf("lookup: %v, %v", answer, err)
		}
		spoilt := plugintest.Request(8)
		spoilt.Message.To[0] = &proto.Mailbox{Name: "x\nKey: other", Address: "+12075550142"}
		if answer, err := client.Send(t.Context(), spoilt); err != nil || answer.Outcome.State != proto.State_STATE_REFUSED {
			t.Errorf("a line break in the name: %v, %v", answer, err)
		}
	}
}

func TestNamesStayInTheFolder(t *testing.T) {
	names := []string{
		"../../etc/passwd", `..\..\windows`, "/abs", "CON", "nul.txt", "LPT1", "", "...", "a:b*c?", "Ünïcode 客",
		strings.Repeat("x", 300), "trailing. ",
	}
	for i, name := range names {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "box")
			client := plugintest.Configured(t, file.New(), fmt.Sprintf(`{"dir": %q}`, dir))
			r := plugintest.Request(i)
			r.Message.Reference = name
			if _, err := client.Send(t.Context(), r); err != nil {
				t.Fatal(err)
			}
			mails := glob(t, dir, "2026-11-23/*.eml")
			if len(mails) != 1 {
				t.Fatalf("mails: %v", mails)
			}
			base := filepath.Base(mails[0])
			stem, _, _ := strings.Cut(strings.ToUpper(base), ".")
			if len(base) > 100 || strings.ContainsAny(base, `<>:"/\|?* `) || stem == "CON" || stem == "NUL" {
				t.Errorf("name %q", base)
			}
		})
	}
}

func TestFullDiskIsRetry(t *testing.T) {
	dir := os.Getenv("HOLDFAST_TEST_FULL_FOLDER")
	if dir == "" {
		t.Skip("set HOLDFAST_TEST_FULL_FOLDER to a folder on a small file system that is full")
	}
	client := plugintest.Configured(t, file.New(), fmt.Sprintf(`{"dir": %q}`, dir))
	answer, err := client.Send(t.Context(), plugintest.Request(1))
	if err != nil || answer.Outcome.State != proto.State_STATE_RETRY || !strings.Contains(answer.Outcome.Detail, "full") {
		t.Errorf("answered %v, %v", answer, err)
	}
}

func TestLetterIsTheSameEachTime(t *testing.T) {
	for _, text := range []string{"Dear Jürgen,\n\nINV-1   100,00 €\n", "Уважаемый клиент,\n\nINV-1   100,00 €\n"} {
		m := letter(text)
		first, err := file.Letter(m)
		if err != nil {
			t.Fatal(err)
		}
		for range 5 {
			again, err := file.Letter(m)
			if err != nil || !bytes.Equal(first, again) {
				t.Fatalf("%q: drawn anew it differs (%v)", text, err)
			}
		}
	}
}

// TestLetterTakesAnyText: what a template may yield must not end the process.
func TestLetterTakesAnyText(t *testing.T) {
	texts := []string{
		"", "\n\n\n", "🚢 emoji 👩‍👩‍👧", "مرحبا بالعالم  100", "請求書  2026-10-01  100", "e\u0301\u200b\ufeff\uffff\ufffd", "\x00\x01\x7f\r\t",
		strings.Repeat("x", 20_000), strings.Repeat("Ж", 20_000), strings.Repeat("a  b ", 4_000), strings.Repeat("line\n", 5_000), "\xff\xfe",
	}
	for _, text := range texts {
		m := letter(text)
		m.Subject, m.To[0].Name = text, text
		if b, err := file.Letter(m); err != nil || !bytes.HasPrefix(b, []byte("%PDF-")) {
			t.Errorf("%.20q: %v", text, err)
		}
	}
}

func BenchmarkLetter(b *testing.B) {
	for name, text := range map[string]string{"western": "Dear Jürgen,\n", "unicode": "Уважаемый клиент,\n"} {
		b.Run(name, func(b *testing.B) {
			m := letter(text + strings.Repeat("INV-1001   2026-10-01    1,200.00 EUR\n", 30))
			for b.Loop() {
				if _, err := file.Letter(m); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkSend(b *testing.B) {
	client := plugintest.Configured(b, file.New(), fmt.Sprintf(`{"dir": %q}`, b.TempDir()))
	n := 0
	for b.Loop() {
		n++
		if _, err := client.Send(b.Context(), plugintest.Request(n)); err != nil {
			b.Fatal(err)
		}
	}
}

func letter(text string) sdk.Message {
	return sdk.Message{
		Key:  "0123456789abcdef0123456789abcdef",
		From: sdk.Mailbox{Name: "Holdfast Trading", Address: "ar@holdfast.example"},
		To:   []sdk.Mailbox{{Name: "Jürgen", Address: "ap@customer.example"}}, Subject: "Reminder", Text: text,
		Date: time.Date(2026, 11, 23, 9, 30, 0, 0, time.UTC), Reference: "C-1001",
	}
}

func glob(t testing.TB, dir, pattern string) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(dir, pattern))
	if err != nil {
		t.Fatal(err)
	}
	return found
}
