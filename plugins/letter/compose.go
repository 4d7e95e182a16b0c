package letter

import (
	"math"
	"regexp"
	"strings"

	"holdfast/plugins/sdk"
)

// Sizes of type in points, and steps of lines in millimetres.
const (
	bodySize    = 10.0
	bodyStep    = 4.75
	subjectSize = 11.0
	subjectStep = 5.5
	slipSize    = 9.5
	monoSize    = 9.0
	gapHeight   = 2.75
)

// composer makes the strips of one clean letter.
type composer struct {
	faces *typeface
	width float64 // between the margins
	mono  bool    // a text in type of one width was set
}

// letter composes everything below the window.
func (c *composer) letter(m sdk.Message) []strip {
	out := []strip{
		{height: bodyStep, texts: []piece{{width: c.width, text: m.Letter.Dated, size: bodySize, right: true}}, keep: true},
		space(7),
	}
	for _, line := range c.faces.bold.wrap(m.Subject, subjectSize, c.width) {
		out = append(out, strip{height: subjectStep, texts: []piece{{width: c.width, text: line, size: subjectSize, bold: true}}, keep: true})
	}
	out = append(out, space(3.5))
	for _, b := range m.Letter.Body {
		out = append(out, c.block(b)...)
		out = append(out, space(gapHeight))
	}
	out = append(out, c.slip(m.Letter.Slip)...)
	return append(out, c.enclosed(m.Attachments)...)
}

func (c *composer) block(b sdk.Block) []strip {
	if b.Table != nil {
		return c.table(b.Table)
	}
	for _, line := range b.Lines {
		if isRow(line) {
			return c.aligned(b.Lines)
		}
	}
	return c.paragraph(b.Lines)
}

// paragraph sets lines; its first two and its last two stay together.
func (c *composer) paragraph(lines []string) []strip {
	var out []strip
	for _, line := range lines {
		for _, text := range c.faces.regular.wrap(line, bodySize, c.width) {
			out = append(out, strip{height: bodyStep, texts: []piece{{width: c.width, text: text, size: bodySize}}})
		}
	}
	for i := range out {
		out[i].keep = i < len(out)-1 && (i == 0 || i == len(out)-2)
	}
	return out
}

var columns = regexp.MustCompile(`[^\s.!?] {2,}\S`)

// isRow reports whether a line of a text is aligned by blanks.
func isRow(line string) bool { return columns.MatchString(strings.TrimSpace(line)) }

// aligned sets lines in type of one width, as wide as the longest lets it be.
func (c *composer) aligned(lines []string) []strip {
	c.mono = true
	widest := 1.0
	for _, line := range lines {
		widest = max(widest, c.faces.mono.width(line, monoSize))
	}
	size := min(monoSize, monoSize*(c.width-0.5)/widest)
	var out []strip
	for _, line := range lines {
		out = append(out, strip{height: math.Ceil(size*0.48*8) / 8, texts: []piece{{width: c.width, text: line, size: size, mono: true}}})
	}
	return out
}

// slip is what a payment slip says, under a line and on one page.
func (c *composer) slip(lines []string) []strip {
	if len(lines) == 0 {
		return nil
	}
	out := []strip{space(5), {height: 2, ruled: true}}
	for i, line := range lines {
		f := c.faces.regular
		if i == 0 {
			f = c.faces.bold
		}
		for _, text := range f.wrap(line, slipSize, c.width) {
			out = append(out, strip{height: bodyStep, texts: []piece{{width: c.width, text: text, size: slipSize, bold: i == 0}}})
		}
	}
	return kept(out)
}

// enclosed lists what goes along.
func (c *composer) enclosed(files []sdk.Attachment) []strip {
	if len(files) == 0 {
		return nil
	}
	out := []strip{space(5)}
	for _, a := range files {
		for _, text := range c.faces.regular.wrap("+ "+a.Name, tableSize, c.width) {
			out = append(out, strip{height: tableStep, texts: []piece{{width: c.width, text: text, size: tableSize, color: grey}}})
		}
	}
	return out
}
