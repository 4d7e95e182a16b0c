package inbound

import (
	"bufio"
	"bytes"
	"mime"
	"net/mail"
	"net/textproto"
	"slices"
	"strings"
	"time"

	"github.com/jhillyerd/enmime/v2"
)

// Bounds of what is read. A mail beyond them is read as headers and beginning.
const (
	maxNested = 200       // multiparts in one mail
	maxText   = 256 << 10 // bytes of text that are looked at
	beginning = 64 << 10  // bytes of a mail whose parts cannot be told apart, and of headers
)

// letter is a mail taken apart.
type letter struct {
	top     textproto.MIMEHeader
	kind    string // media type of the whole, in lower case
	params  map[string]string
	plain   string   // text for reading; made from HTML where there is no other
	html    string   // as it came
	reports []part   // message/* parts and returned headers
	lines   []string // of plain, made once
	fresh   *string  // written, made once
}

// part is a piece of a mail that is no text for reading.
type part struct {
	kind    string // media type, in lower case
	content []byte
}

// open takes a mail apart. It never fails: what a broken mail hides stays
// empty.
func open(raw []byte) *letter {
	l := &letter{}
	raw = trimEnvelope(raw)
	if len(raw) > MaxSize {
		raw = raw[:Beginning]
	}
	if nested(raw) || !l.readWhole(raw) {
		l.readBeginning(raw)
	}
	l.plain = strings.ToValidUTF8(cut(strings.ReplaceAll(l.plain, "\r\n", "\n"), maxText), "\uFFFD")
	l.lines = strings.Split(l.plain, "\n")
	return l
}

// trimEnvelope drops what some stores put before the headers.
func trimEnvelope(raw []byte) []byte {
	raw = bytes.TrimLeft(raw, "\r\n \t\uFEFF")
	if bytes.HasPrefix(raw, []byte("From ")) {
		if _, rest, found := bytes.Cut(raw, []byte("\n")); found {
			return rest
		}
	}
	return raw
}

// nested reports whether a mail has more parts in parts than a mail program
// makes: each costs a reader on the stack.
func nested(raw []byte) bool {
	return bytes.Count(raw, []byte("oundary")) > maxNested
}

var parser = enmime.NewParser(
	enmime.DisableTextConversion(true), enmime.MultipartWOBoundaryAsSinglePart(true), enmime.SkipMalformedParts(true),
	enmime.DisableCharacterDetection(true), // it takes short UTF-8 for something else
	enmime.MaxStoredPartErrors(1), enmime.SetReadPartErrorPolicy(enmime.AllowCorruptTextPartErrorPolicy),
)

// readWhole walks all parts of a mail. false: it cannot be read that way.
func (l *letter) readWhole(raw []byte) bool {
	root, err := parser.ReadParts(bytes.NewReader(raw))
	if err != nil || root == nil {
		return false
	}
	l.top = root.Header
	l.take(root)
	root.DepthMatchAll(func(p *enmime.Part) bool {
		l.sort(p)
		return false
	})
	if strings.TrimSpace(l.plain) == "" && l.html != "" {
		l.plain = textOf(l.html)
	}
	return true
}

// take notes the type of the whole.
func (l *letter) take(root *enmime.Part) {
	l.kind, l.params = strings.ToLower(root.ContentType), root.ContentTypeParams
	if l.kind == "" {
		l.kind, l.params, _ = mime.ParseMediaType(l.top.Get("Content-Type"))
	}
}

// sort puts a part where it belongs.
func (l *letter) sort(p *enmime.Part) {
	kind := strings.ToLower(p.ContentType)
	switch {
	case p.FirstChild != nil:
	case strings.HasPrefix(kind, "message/") || kind == "text/rfc822-headers" || kind == "text/rfc822":
		l.reports = append(l.reports, part{kind: kind, content: p.Content})
	case strings.EqualFold(p.Disposition, "attachment"):
	case kind == "text/html":
		l.html = cut(l.html+string(p.Content), 4*maxText)
	case kind == "text/plain" || kind == "" || kind == "text" || strings.HasPrefix(kind, "multipart/"): // one that names no boundary
		l.plain = cut(join(l.plain, string(p.Content)), maxText)
	}
}

// readBeginning reads the headers, and as text what begins after them.
func (l *letter) readBeginning(raw []byte) {
	raw = raw[:min(len(raw), beginning)]
	l.top = headersOf(raw)
	l.kind, l.params, _ = mime.ParseMediaType(l.top.Get("Content-Type"))
	_, body, _ := bytes.Cut(bytes.ReplaceAll(raw, []byte("\r\n"), []byte("\n")), []byte("\n\n"))
	l.plain = string(body)
}

// headersOf reads headers as far as they can be read; it is never nil.
func headersOf(raw []byte) textproto.MIMEHeader {
	raw = slices.Concat(bytes.TrimLeft(raw, "\r\n"), []byte("\n\n")) // fields without a body end too
	if h, err := enmime.ReadHeader(bufio.NewReader(bytes.NewReader(raw)), quiet{}); err == nil && h != nil {
		return h
	}
	return textproto.MIMEHeader{}
}

// quiet takes no notice of errors in headers.
type quiet struct{}

func (quiet) AddError(string, string, ...any)   {}
func (quiet) AddWarning(string, string, ...any) {}

// header returns a header of the whole, decoded, on one line.
func (l *letter) header(name string) string { return decoded(l.top.Get(name)) }

func decoded(value string) string {
	return strings.ToValidUTF8(strings.Join(strings.Fields(enmime.DecodeRFC2047(value)), " "), "\uFFFD")
}

func (l *letter) from() string { return addressIn(l.top.Get("From")) }

func (l *letter) id() string {
	return cut(strings.Trim(strings.TrimSpace(l.top.Get("Message-Id")), "<>"), 500)
}

func (l *letter) date() time.Time {
	at, err := mail.ParseDate(l.top.Get("Date"))
	if err != nil {
		return time.Time{}
	}
	return at
}

// isReport reports whether the whole is a multipart/report of a type.
func (l *letter) isReport(kind string) bool {
	return l.kind == "multipart/report" && strings.EqualFold(l.params["report-type"], kind)
}

// part returns the first part of a type, nil where there is none.
func (l *letter) part(kind string) []byte {
	for _, p := range l.reports {
		if p.kind == kind {
			return p.content
		}
	}
	return nil
}

// cut returns at most n bytes of s.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return s[:n]
}

func join(a, b string) string {
	if strings.TrimSpace(a) == "" {
		return b
	}
	return strings.TrimRight(a, "\r\n") + "\n" + b
}
