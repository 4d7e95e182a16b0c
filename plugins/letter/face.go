package letter

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/gomono"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"github.com/johnfercher/maroto/v2/pkg/consts/fontstyle"
	"github.com/johnfercher/maroto/v2/pkg/core/entity"
)

// The families under which typefaces are embedded.
const (
	textFamily = "letter"
	monoFamily = "lettermono"
)

// point is a typographic point in millimetres.
const point = 25.4 / 72

// face is one typeface with the widths of its characters.
type face struct {
	data []byte
	font *sfnt.Font

	mu     sync.Mutex
	buffer sfnt.Buffer
	widths map[rune]float64 // of an em; -1: not there
}

// typeface is what letters are set in. Every character of it goes into the PDF,
// since print services ask for that.
type typeface struct{ regular, bold, mono *face }

// openTypeface reads TrueType files; the Go fonts stand in for a name that is
// empty.
func openTypeface(regular, bold string) (*typeface, error) {
	var t typeface
	for _, f := range []struct {
		to    **face
		path  string
		other []byte
	}{{&t.regular, regular, goregular.TTF}, {&t.bold, bold, gobold.TTF}, {&t.mono, "", gomono.TTF}} {
		data := f.other
		if f.path != "" {
			read, err := os.ReadFile(f.path)
			if err != nil {
				return nil, err
			}
			data = read
		}
		opened, err := newFace(data)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.path, err)
		}
		*f.to = opened
	}
	return &t, nil
}

func newFace(data []byte) (*face, error) {
	if !bytes.HasPrefix(data, []byte{0, 1, 0, 0}) && !bytes.HasPrefix(data, []byte("true")) {
		return nil, errors.New("it is no TrueType file")
	}
	f, err := sfnt.Parse(data)
	if err != nil {
		return nil, err
	}
	return &face{data: data, font: f, widths: map[rune]float64{}}, nil
}

// width is the width of a text in millimetres at a size in points.
func (f *face) width(text string, size float64) float64 {
	f.mu.Lock()
	defer f.mu.Unlock()
	var em float64
	for _, r := range text {
		em += max(f.advance(r), 0)
	}
	return em * size * point
}

// advance is the width of a character in ems, -1 where the face has none. The
// PDF library counts in thousandths, rounded.
func (f *face) advance(r rune) float64 {
	if w, ok := f.widths[r]; ok {
		return w
	}
	w := -1.0
	if i, err := f.font.GlyphIndex(&f.buffer, r); err == nil && i != 0 {
		if a, err := f.font.GlyphAdvance(&f.buffer, i, fixed.I(1000), font.HintingNone); err == nil {
			w = float64(a.Round()) / 1000
		}
	}
	f.widths[r] = w
	return w
}

// has reports whether a character can be drawn in every face: one by one, from
// left to right, and within the 65,535 that the PDF library counts.
func (t *typeface) has(r rune) bool {
	if r > 0xFFFD || unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana) {
		return false
	}
	for _, f := range []*face{t.regular, t.bold} {
		f.mu.Lock()
		w := f.advance(r)
		f.mu.Unlock()
		if w < 0 {
			return false
		}
	}
	return true
}

// fonts are the faces for one letter. The library writes into the font that it
// cuts, so each letter has a copy.
func (t *typeface) fonts(mono bool) []*entity.CustomFont {
	list := []*entity.CustomFont{
		{Family: textFamily, Style: fontstyle.Normal, Bytes: bytes.Clone(t.regular.data)},
		{Family: textFamily, Style: fontstyle.Bold, Bytes: bytes.Clone(t.bold.data)},
	}
	if mono {
		list = append(list, &entity.CustomFont{Family: monoFamily, Style: fontstyle.Normal, Bytes: bytes.Clone(t.mono.data)})
	}
	return list
}

// wrap breaks a text into lines that fit a width in millimetres; a word that is
// too long is cut.
func (f *face) wrap(text string, size, width float64) []string {
	width -= 0.4 // what rounding may add to a line
	var lines []string
	line := ""
	for word := range strings.FieldsSeq(text) {
		for _, piece := range f.cut(word, size, width) {
			joined := strings.TrimPrefix(line+" "+piece, " ")
			if line != "" && f.width(joined, size) > width {
				lines, joined = append(lines, line), piece
			}
			line = joined
		}
	}
	return append(lines, line)
}

// cut breaks a word that is wider than a line.
func (f *face) cut(word string, size, width float64) []string {
	if f.width(word, size) <= width {
		return []string{word}
	}
	var pieces []string
	piece := ""
	for _, r := range word {
		if piece != "" && f.width(piece+string(r), size) > width {
			pieces, piece = append(pieces, piece), ""
		}
		piece += string(r)
	}
	return append(pieces, piece)
}
