package eml

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"mime"
	"mime/quotedprintable"
	"strings"
	"unicode"

	"holdfast/plugins/sdk"
)

// part is a piece of a mail's body: text, a file, or several pieces.
type part struct {
	text  string // of a text
	kind  string // of a text: plain or html; of several: mixed, related, alternative
	file  *sdk.Attachment
	parts []part
}

// contents lays out a message: the text beside the HTML with its pictures, then
// the files. What would be one piece among none is that piece.
func contents(m sdk.Message) part {
	shown := part{kind: "plain", text: m.Text}
	files := m.Attachments
	if m.HTML != "" {
		var pictures []part
		pictures, files = split(m.Attachments)
		page := several("related", append([]part{{kind: "html", text: m.HTML}}, pictures...))
		shown = several("alternative", []part{shown, page})
	}
	all := []part{shown}
	for i := range files {
		all = append(all, part{file: &files[i]})
	}
	return several("mixed", all)
}

// split tells the pictures that the HTML shows from the files.
func split(list []sdk.Attachment) (pictures []part, files []sdk.Attachment) {
	for i, a := range list {
		if a.ContentID == "" {
			files = append(files, a)
			continue
		}
		pictures = append(pictures, part{file: &list[i]})
	}
	return pictures, files
}

func several(kind string, parts []part) part {
	if len(parts) == 1 {
		return parts[0]
	}
	return part{kind: kind, parts: parts}
}

// writer writes the parts of a mail. Their boundaries are made from the key, so
// that a repeat has the same bytes, and begin with what is found in no base64
// and no quoted-printable text: RFC 2045, section 6.7.
type writer struct {
	*bytes.Buffer
	key        string
	boundaries int
}

// part writes the header fields of a part, an empty line and its body.
func (w *writer) part(p part) {
	switch {
	case p.file != nil:
		w.file(*p.file)
	case p.parts != nil:
		w.several(p)
	default:
		fmt.Fprintf(w, "Content-Type: text/%s; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n", p.kind)
		q := quotedprintable.NewWriter(w)
		_, _ = q.Write([]byte(p.text)) // a buffer takes everything
		_ = q.Close()
	}
}

func (w *writer) several(p part) {
	boundary := fmt.Sprintf("=_%d_%s", w.boundaries, w.key)
	w.boundaries++
	fmt.Fprintf(w, "Content-Type: multipart/%s;\r\n boundary=\"%s\"\r\n\r\n", p.kind, boundary)
	for _, piece := range p.parts {
		fmt.Fprintf(w, "--%s\r\n", boundary)
		w.part(piece)
		w.WriteString("\r\n")
	}
	fmt.Fprintf(w, "--%s--\r\n", boundary)
}

func (w *writer) file(a sdk.Attachment) {
	name := fileName(a.Name)
	kind, params, _ := mime.ParseMediaType(a.Type) // Check has seen it
	params["name"] = name
	disposition := "attachment"
	if a.ContentID != "" {
		disposition = "inline"
		fmt.Fprintf(w, "Content-ID: <%s>\r\n", a.ContentID)
	}
	fmt.Fprintf(w, "Content-Type: %s\r\n", mime.FormatMediaType(kind, params))
	fmt.Fprintf(w, "Content-Disposition: %s\r\n", mime.FormatMediaType(disposition, map[string]string{"filename": name}))
	w.WriteString("Content-Transfer-Encoding: base64\r\n\r\n")
	w.base64(a.Data)
}

// base64 writes data in lines of 76 characters, the last without its end.
func (w *writer) base64(data []byte) {
	const perLine = lineWidth / 4 * 3
	for len(data) > 0 {
		n := min(perLine, len(data))
		w.Write(base64.StdEncoding.AppendEncode(w.AvailableBuffer(), data[:n]))
		if data = data[n:]; len(data) > 0 {
			w.WriteString("\r\n")
		}
	}
}

// fileName puts an underscore for what a name of a file can't have, and for
// characters that hide how it ends.
func fileName(name string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(`"/\:<>?|*`, r) || !unicode.IsPrint(r) {
			return '_'
		}
		return r
	}, name)
}
