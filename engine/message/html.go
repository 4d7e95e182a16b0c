package message

import (
	"fmt"
	"html/template"
	"slices"

	"holdfast/engine/outbox"
)

// page is what the layout shows around the blocks.
type page struct {
	Words           Words
	Title, Language string
	Logo, LogoAlt   string // address of the picture at its head, empty: none; who it stands for
	Seen            string // address of the picture that tells that the mail was opened, empty: none
}

// logoID is the name by which a mail's HTML shows the logo that goes along.
const logoID = "logo"

func (in Input) page(w Words, m outbox.Message) page {
	p := page{Words: w, Title: m.Subject, Language: m.Language, Seen: in.seen()}
	if in.Logo != nil {
		p.Logo, p.LogoAlt = "cid:"+logoID, oneLine(in.Company.Name)
	}
	return p
}

// withLogo adds the picture that the head of a mail shows.
func (in Input) withLogo(files []outbox.Attachment) []outbox.Attachment {
	if in.Logo == nil {
		return files
	}
	logo := *in.Logo
	logo.ContentID = logoID
	return append(files, logo)
}

// asHTML writes the blocks as a page with its styles inline, as mail readers
// want them. The layout escapes every text.
func (t *Templates) asHTML(blocks []block, p page) (string, error) {
	out := &limited{}
	err := t.layout.Execute(out, map[string]any{
		"Blocks": tables(blocks), "Words": p.Words, "Title": p.Title, "Language": p.Language,
		"Logo": template.URL(p.Logo), "LogoAlt": p.LogoAlt, "Seen": p.Seen, // cid: is the one scheme that html/template does not know
	})
	if err != nil {
		return "", fmt.Errorf("message layout: %w", err)
	}
	return out.String(), nil
}

// tables lets the layout draw both kinds of table as one.
func tables(blocks []block) []block {
	out := slices.Clone(blocks)
	for i, b := range out {
		if b.Kind == markStepDocuments {
			out[i].Kind, out[i].Parts.Groups = markDocuments, b.Parts.Step
		}
	}
	return out
}
