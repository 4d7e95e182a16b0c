package file

import "strings"

// Where a letter for the post is folded and put into an envelope, after DIN
// 5008: the top of the address, and of what stands below its window, in
// millimetres.
const (
	addressTop = 50.0
	bodyTop    = 92.0
)

// postHead draws the first four paragraphs of a letter for the post, which are
// its sender, receiver, place and date, and subject, and returns the rest. It is
// false, with nothing drawn, where m is no such letter.
func (l *letter) postHead() (body string, ok bool) {
	parts := strings.SplitN(l.m.Text, "\n\n", 5)
	if !posted(l.m) || len(parts) < 5 {
		return "", false
	}
	l.letterhead(strings.Split(parts[0], "\n"))
	l.window(strings.Split(parts[1], "\n"))
	l.pdf.SetY(max(bodyTop, l.pdf.GetY()+8))
	l.pdf.CellFormat(0, lineStep, l.face.encode(parts[2]), "", 1, "R", false, 0, "")
	l.pdf.Ln(6)
	l.style("B", 12)
	l.paragraph(6, parts[3])
	l.pdf.Ln(4)
	return parts[4], true
}

// letterhead draws the sender.
func (l *letter) letterhead(sender []string) {
	l.style("B", 15)
	l.pdf.SetTextColor(32, 52, 84)
	l.line(7, sender[0])
	l.style("", 8.5)
	l.pdf.SetTextColor(110, 110, 110)
	l.line(4.5, strings.Join(sender[1:], ", "))
	l.pdf.SetDrawColor(32, 52, 84)
	l.pdf.SetLineWidth(0.4)
	l.pdf.Line(margin, l.pdf.GetY()+2, margin+width, l.pdf.GetY()+2)
}

// window draws the address.
func (l *letter) window(address []string) {
	l.pdf.SetY(addressTop)
	l.style("", bodySize)
	l.pdf.SetTextColor(0, 0, 0)
	for _, text := range address {
		l.line(lineStep, text)
	}
}
