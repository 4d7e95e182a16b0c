package eml_test

import (
	"bytes"
	"mime"
	"mime/multipart"
	"net/mail"
	"slices"
	"strings"
	"testing"

	"holdfast/plugins/sdk"
	"holdfast/plugins/sdk/eml"
)

// read renders m and reads its head.
func read(t *testing.T, m sdk.Message) *mail.Message {
	t.Helper()
	raw, err := eml.Render(m)
	if err != nil {
		t.Fatal(err)
	}
	read, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	return read
}

// TestHeadersForMachines: what mail programs and robots read.
func TestHeadersForMachines(t *testing.T) {
	m := message()
	m.Tag, m.Thread, m.Unsubscribe = "HF-7K2Q", "k2q9m4xt", "https://koester.example/u/HF-7K2Q?s=a%2Bb"
	h := read(t, m).Header
	want := map[string]string{
		"Auto-Submitted":           "auto-generated",
		"X-Auto-Response-Suppress": "OOF, AutoReply",
		"In-Reply-To":              "<thread.k2q9m4xt@koester.example>",
		"References":               "<thread.k2q9m4xt@koester.example>",
		"List-Unsubscribe":         "<https://koester.example/u/HF-7K2Q?s=a%2Bb>, <mailto:ar%2Breply@koester.example?subject=unsubscribe%20HF-7K2Q>",
		"List-Unsubscribe-Post":    "List-Unsubscribe=One-Click",
	}
	for name, value := range want {
		if got := h.Get(name); got != value {
			t.Errorf("%s is %q, want %q", name, got, value)
		}
	}
}

// TestHeadersThatAreNotWanted: nothing to end, no thread; and one click only
// over HTTPS.
func TestHeadersThatAreNotWanted(t *testing.T) {
	m := message()
	for _, name := range []string{"List-Unsubscribe", "List-Unsubscribe-Post", "In-Reply-To", "References"} {
		if got := read(t, m).Header.Get(name); got != "" {
			t.Errorf("%s is %q", name, got)
		}
	}
	m.Unsubscribe, m.ReplyTo = "http://127.0.0.1:8080/u/x", ""
	h := read(t, m).Header
	if h.Get("List-Unsubscribe-Post") != "" || h.Get("List-Unsubscribe") != "<http://127.0.0.1:8080/u/x>, <mailto:ar@koester.example?subject=unsubscribe>" {
		t.Errorf("%q, %q", h.Get("List-Unsubscribe"), h.Get("List-Unsubscribe-Post"))
	}
}

// TestLayout: the text beside the page with its picture, then the files.
func TestLayout(t *testing.T) {
	logo := sdk.Attachment{Name: "logo.png", Type: "image/png", Data: []byte{1}, ContentID: "logo"}
	cases := map[string]struct {
		change func(*sdk.Message)
		want   string
	}{
		"text":                 {func(m *sdk.Message) { m.HTML, m.Attachments = "", nil }, "text/plain"},
		"text and page":        {func(m *sdk.Message) { m.Attachments = nil }, "multipart/alternative(text/plain text/html)"},
		"page with picture":    {func(m *sdk.Message) { m.Attachments = []sdk.Attachment{logo} }, "multipart/alternative(text/plain multipart/related(text/html image/png))"},
		"picture without page": {func(m *sdk.Message) { m.HTML, m.Attachments = "", []sdk.Attachment{logo} }, "multipart/mixed(text/plain image/png)"},
		"all": {func(m *sdk.Message) { m.Attachments = append(m.Attachments, logo) },
			"multipart/mixed(multipart/alternative(text/plain multipart/related(text/html image/png)) " + message().Attachments[0].Type + ")"},
	}
	for name, c := range cases {
		m := message()
		c.change(&m)
		read := read(t, m)
		var body bytes.Buffer
		if _, err := body.ReadFrom(read.Body); err != nil {
			t.Fatal(err)
		}
		if got := layout(t, read.Header.Get("Content-Type"), body.Bytes()); got != c.want {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// layout describes a body by the types of its parts.
func layout(t *testing.T, contentType string, body []byte) string {
	t.Helper()
	kind, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(kind, "multipart/") {
		return kind
	}
	var inside []string
	for r := multipart.NewReader(bytes.NewReader(body), params["boundary"]); ; {
		part, err := r.NextRawPart()
		if err != nil {
			return kind + "(" + strings.Join(inside, " ") + ")"
		}
		var b bytes.Buffer
		if _, err := b.ReadFrom(part); err != nil {
			t.Fatal(err)
		}
		inside = append(inside, layout(t, part.Header.Get("Content-Type"), b.Bytes()))
	}
}

// TestNamesAreShownAsTheyAre, whatever signs they hold.
func TestNamesAreShownAsTheyAre(t *testing.T) {
	for _, name := range []string{
		"Plain Name", `Joe "The Man" Doe`, `back\slash`, "Köster & Söhne GmbH", "a,b;c:d@e <f>", "=?utf-8?q?x?=", "two  blanks", " edge ", "株式会社" + strings.Repeat("長", 60),
		strings.Repeat("unbroken", 60), strings.Repeat("many words ", 40) + "end",
	} {
		m := message()
		m.To[0].Name, m.Subject = name, name
		h := read(t, m).Header
		list, err := h.AddressList("To")
		if err != nil || list[0].Name != name || list[0].Address != m.To[0].Address {
			t.Errorf("%q is read as %v, %v", name, list, err)
		}
		if subject, err := new(mime.WordDecoder).DecodeHeader(h.Get("Subject")); err != nil || subject != name {
			t.Errorf("subject %q is read as %q, %v", name, subject, err)
		}
	}
}

// TestLinesAreShort: none is longer than readers take, and but for a long word
// none than people like.
func TestLinesAreShort(t *testing.T) {
	m := message()
	m.Subject = strings.Repeat("Ünter ", 200)
	for n := range 40 {
		m.Cc = append(m.Cc, sdk.Mailbox{Name: strings.Repeat("Name ", n), Address: "copy@koester.example"})
	}
	raw, err := eml.Render(m)
	if err != nil {
		t.Fatal(err)
	}
	head, _, _ := bytes.Cut(raw, []byte("\r\nMIME-Version"))
	longest := slices.MaxFunc(bytes.Split(head, []byte("\r\n")), func(a, b []byte) int { return len(a) - len(b) })
	if len(longest) > 78 {
		t.Errorf("a line of %d: %s", len(longest), longest)
	}
}
