package letter

import "github.com/johnfercher/maroto/v2/pkg/props"

// strip is one row of a page from margin to margin.
type strip struct {
	height float64
	texts  []piece
	fill   *props.Color
	ruled  bool    // a line above it
	gap    bool    // white: left out at the top of a page
	keep   bool    // stays on the page of the next one
	head   []strip // comes again above it where it begins a page
}

// piece is a text in a strip, left measured from the margin.
type piece struct {
	left, width float64
	text        string
	size        float64
	bold, mono  bool
	right       bool // stands to the right
	color       *props.Color
}

var (
	black  = &props.Color{}
	grey   = &props.Color{Red: 105, Green: 105, Blue: 105}
	shaded = &props.Color{Red: 226, Green: 231, Blue: 238}
	zebra  = &props.Color{Red: 245, Green: 247, Blue: 250}
)

// space is a white strip.
func space(height float64) strip { return strip{height: height, gap: true, keep: true} }

// pages deals strips out to pages. The first page begins with what is above the
// body. What is kept together goes to the next page where it does not fit, unless
// it is higher than a page.
func pages(strips []strip, first, capacity float64) [][]strip {
	var done [][]strip
	var page []strip
	left := capacity - first
	turn := func() { done, page, left = append(done, page), nil, capacity }
	add := func(s strip) { page, left = append(page, s), left-s.height }
	for len(strips) > 0 {
		n := together(strips)
		if heightOf(strips[:n]) > left && (len(page) > 0 || len(done) == 0) {
			turn()
		}
		for _, s := range strips[:n] {
			if s.height > left {
				turn()
			}
			if len(page) == 0 && len(done) > 0 {
				for _, h := range s.head {
					add(h)
				}
				if s.gap {
					continue
				}
			}
			add(s)
		}
		strips = strips[n:]
	}
	return append(done, page)
}

// together counts the first strips that stay on one page.
func together(strips []strip) int {
	for i, s := range strips {
		if !s.keep {
			return i + 1
		}
	}
	return len(strips)
}

func heightOf(strips []strip) float64 {
	sum := 0.0
	for _, s := range strips {
		sum += s.height
	}
	return sum
}

// kept binds strips to one page; the last is bound to nothing.
func kept(strips []strip) []strip {
	for i := range strips {
		strips[i].keep = i < len(strips)-1
	}
	return strips
}
