package letter

import (
	"fmt"
	"sync"
	"time"

	"github.com/johnfercher/maroto/v2"
	"github.com/johnfercher/maroto/v2/pkg/components/col"
	"github.com/johnfercher/maroto/v2/pkg/components/page"
	"github.com/johnfercher/maroto/v2/pkg/components/row"
	"github.com/johnfercher/maroto/v2/pkg/components/text"
	"github.com/johnfercher/maroto/v2/pkg/config"
	"github.com/johnfercher/maroto/v2/pkg/consts/align"
	"github.com/johnfercher/maroto/v2/pkg/consts/border"
	"github.com/johnfercher/maroto/v2/pkg/consts/fontstyle"
	"github.com/johnfercher/maroto/v2/pkg/core"
	"github.com/johnfercher/maroto/v2/pkg/core/entity"
	"github.com/johnfercher/maroto/v2/pkg/props"
	"github.com/phpdave11/gofpdf"

	"holdfast/plugins/sdk"
)

// layout is how all letters of a channel look.
type layout struct {
	sheet  sheet
	window window
	faces  *typeface
	logo   []byte // PNG; nil: none
}

// unfit says why a letter can never be drawn, and what mends it.
type unfit struct{ reason, cure string }

func (u unfit) Error() string { return u.reason + "; " + u.cure }

// draw makes the PDF of a letter and counts its pages. The same message gives
// the same bytes. unfit where it can never be drawn.
func (l *layout) draw(m sdk.Message) (pdf []byte, count int, err error) {
	m = cleaned(m)
	if why := cannotDraw(m, l.faces); why != "" {
		return nil, 0, unfit{why, "name one that has them by font_file and font_bold_file, or mend the text"}
	}
	address, size := l.address(m.Postal)
	if size == 0 {
		return nil, 0, unfit{fmt.Sprintf("the address of %d lines is too long for the window of the envelope", len(m.Postal)), "shorten it in the ERP"}
	}
	c := &composer{faces: l.faces, width: l.sheet.usable()}
	dealt := pages(c.letter(m), l.window.body-marginTop, l.sheet.capacity())
	doc, err := l.document(m, c.mono)
	if err != nil {
		return nil, 0, err
	}
	for i, strips := range dealt {
		p := page.New()
		if i == 0 {
			p.Add(row.New(l.window.body - marginTop).Add(col.New().Add(newTop(l, m, address, size))))
		}
		for _, s := range strips {
			p.Add(s.row(c.width))
		}
		doc.AddPages(p)
	}
	made, err := doc.Generate()
	if err != nil {
		return nil, 0, fmt.Errorf("draw the letter: %w", err)
	}
	return made.GetBytes(), len(dealt), nil
}

// footSize is the size of the foot in points.
const footSize = 7.5

// begin guards what the PDF library takes from its package alone.
var begin sync.Mutex

// document begins a document with its type, margins, foot and date.
func (l *layout) document(m sdk.Message, mono bool) (core.Maroto, error) {
	begin.Lock()
	defer begin.Unlock()
	gofpdf.SetDefaultCatalogSort(true)
	gofpdf.SetDefaultModificationDate(m.Date.UTC())
	defer gofpdf.SetDefaultModificationDate(time.Time{})
	doc := maroto.New(l.config(m, mono))
	return doc, doc.RegisterFooter(row.New(footHeight).Add(col.New().Add(text.New(l.footText(m), props.Text{
		Family: textFamily, Size: footSize, Color: grey, Top: footHeight, Right: l.sheet.usable() / 4, // beside the number of the page
	}))))
}

func (l *layout) config(m sdk.Message, mono bool) *entity.Config {
	return config.NewBuilder().
		WithDimensions(l.sheet.width, l.sheet.height).
		WithLeftMargin(marginLeft).WithRightMargin(marginRight).WithTopMargin(marginTop).WithBottomMargin(marginBottom).
		WithCustomFonts(l.faces.fonts(mono)).
		WithDefaultFont(&props.Font{Family: textFamily, Size: bodySize, Style: fontstyle.Normal, Color: black}).
		WithPageNumber(props.PageNumber{
			Pattern: pagePattern(m.Language, l.faces), Place: props.RightBottom, Family: textFamily, Size: footSize, Color: grey,
		}).
		WithTitle(m.Subject, true).WithAuthor(m.Letter.Sender[0], true).WithCreator("Holdfast", true).
		WithCreationDate(m.Date.UTC()).WithCompression(true).
		Build()
}

// footText says on every page whose letter it is, cut to one line.
func (l *layout) footText(m sdk.Message) string {
	line := m.Letter.Sender[0]
	if m.Reference != "" {
		line += " · " + m.Reference
	}
	return l.faces.regular.wrap(line, footSize, l.sheet.usable()*3/4)[0]
}

// row makes a strip a row of the page.
func (s strip) row(width float64) core.Row {
	c := col.New()
	for _, t := range s.texts {
		c.Add(t.component(s.height, width))
	}
	r := row.New(s.height).Add(c)
	if s.fill == nil && !s.ruled {
		return r
	}
	style := &props.Cell{BackgroundColor: s.fill}
	if s.ruled {
		style.BorderType, style.BorderThickness, style.BorderColor = border.Top, 0.25, black
	}
	return r.WithStyle(style)
}

// component sets a text on the middle of its strip.
func (t piece) component(height, width float64) core.Component {
	em := t.size * point
	style := props.Text{
		Family: textFamily, Size: t.size, Color: t.color, Left: t.left, Right: max(width-t.left-t.width, 0), Top: max((height-em)/2-0.12*em, 0),
	}
	if t.mono {
		style.Family = monoFamily
	}
	if t.bold {
		style.Style = fontstyle.Bold
	}
	if t.right {
		style.Align = align.Right
	}
	return text.New(t.text, style)
}
