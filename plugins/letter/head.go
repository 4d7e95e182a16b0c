package letter

import (
	"strings"

	"github.com/johnfercher/go-tree/node"
	"github.com/johnfercher/maroto/v2/pkg/consts/align"
	"github.com/johnfercher/maroto/v2/pkg/consts/extension"
	"github.com/johnfercher/maroto/v2/pkg/consts/fontstyle"
	"github.com/johnfercher/maroto/v2/pkg/consts/linestyle"
	"github.com/johnfercher/maroto/v2/pkg/core"
	"github.com/johnfercher/maroto/v2/pkg/core/entity"
	"github.com/johnfercher/maroto/v2/pkg/props"

	"holdfast/plugins/sdk"
)

// Where the letterhead stands, in millimetres.
const (
	letterheadTop = 12.0
	logoWidth     = 70.0
	logoHeight    = 20.0
)

// Sizes of the address in points: as large as the window lets it be, and no
// smaller than DIN 5008 allows.
const (
	addressSize  = 10.5
	addressLeast = 8.0
	addressStep  = 1.22 // of the size, from line to line
)

// address wraps a receiver's address and finds its size; 0 where the window is
// too small for it.
func (l *layout) address(lines []string) ([]string, float64) {
	for size := addressSize; size >= addressLeast; size -= 0.25 {
		var out []string
		for _, line := range lines {
			out = append(out, l.faces.regular.wrap(line, size, l.window.width)...)
		}
		if float64(len(out))*size*point*addressStep <= l.window.height {
			return out, size
		}
	}
	return nil, 0
}

// top is what stands above the body of the first page. It is a component of the
// page that draws at places of its own.
type top struct {
	*layout
	sender  []string
	address []string
	size    float64 // of the address
}

func newTop(l *layout, m sdk.Message, address []string, size float64) *top {
	return &top{layout: l, sender: m.Letter.Sender, address: address, size: size}
}

// SetConfig does nothing: all that is drawn says its type itself.
func (t *top) SetConfig(*entity.Config) {}

// GetStructure names it.
func (t *top) GetStructure() *node.Node[core.Structure] {
	return node.New(core.Structure{Type: "letterhead"})
}

// GetHeight is the way from the margin to the body.
func (t *top) GetHeight(core.Provider, *entity.Cell) float64 { return t.window.body - marginTop }

// Render draws letterhead, address and the marks for folding.
func (t *top) Render(p core.Provider, _ *entity.Cell) {
	t.letterhead(p)
	t.small(p)
	step := t.size * point * addressStep
	for i, line := range t.address {
		t.text(p, line, t.window.left, t.window.top+float64(i)*step, props.Text{Size: t.size})
	}
	for _, y := range t.window.folds {
		t.mark(p, 4, y, 5)
	}
	if t.window.punch > 0 {
		t.mark(p, 4, t.window.punch, 7)
	}
}

// letterhead draws logo and sender, opposite of each other, or one above the
// other where the address stands on the right.
func (t *top) letterhead(p core.Provider) {
	y, how := letterheadTop, align.Right
	if t.logo != nil {
		p.AddImageFromBytes(t.logo, at(marginLeft, y, logoWidth, logoHeight), &props.Rect{Percent: 100}, extension.Png)
	}
	if t.window.left > t.sheet.width/2 {
		how = align.Left
		if t.logo != nil {
			y += logoHeight + 3
		}
	}
	for i, line := range t.sender {
		style := props.Text{Size: 8.5, Align: how, Color: grey}
		if i == 0 {
			style = props.Text{Size: 12, Align: how, Style: fontstyle.Bold}
		}
		for _, text := range t.faces.bold.wrap(line, style.Size, t.sheet.usable()/2) {
			t.text(p, text, marginLeft, y, style)
			y += style.Size * point * 1.3
		}
	}
}

// small draws the sender's line above the address, as small as it must be.
func (t *top) small(p core.Provider) {
	line := strings.Join(t.sender, " · ")
	size := 7.0
	for size > 4.5 && t.faces.regular.width(line, size) > t.window.width {
		size -= 0.25
	}
	line = t.faces.regular.wrap(line, size, t.window.width+0.5)[0]
	t.text(p, line, t.window.left, t.window.sender, props.Text{Size: size, Color: grey})
	under := at(t.window.left, t.window.sender+size*point*1.35, t.faces.regular.width(line, size), 0)
	p.AddLine(under, &props.Line{Thickness: 0.1, SizePercent: 100, Color: grey, Style: linestyle.Solid})
}

// text draws from a place of the sheet to the right margin.
func (t *top) text(p core.Provider, text string, x, y float64, style props.Text) {
	style.Family = textFamily
	style.MakeValid(&props.Font{Family: textFamily, Color: black})
	p.AddText(text, at(x, y, t.sheet.width-marginRight-x, 10), &style)
}

// mark draws a short line at the left edge of the sheet.
func (t *top) mark(p core.Provider, x, y, width float64) {
	p.AddLine(at(x, y, width, 0), &props.Line{Thickness: 0.15, SizePercent: 100, Color: grey, Style: linestyle.Solid})
}

// at is a place of the sheet as the library wants it: from the margins.
func at(x, y, width, height float64) *entity.Cell {
	return &entity.Cell{X: x - marginLeft, Y: y - marginTop, Width: width, Height: height}
}
