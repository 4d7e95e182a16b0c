package letter

// sheet is a size of paper in millimetres. Heights of sheets and of all that
// stands on them are whole eighths: they add up exactly, and the PDF library turns
// a page for the smallest fraction too much.
type sheet struct{ width, height float64 }

// sheets are the papers by their setting.
var sheets = map[string]sheet{
	"a4":     {210, 297},
	"letter": {215.9, 279.375},
}

// window is where the address stands so that it shows in the window of an
// envelope. All measures are millimetres from the left and top edge of the sheet.
type window struct {
	left, top     float64 // of the address
	width, height float64 // that the address may take
	sender        float64 // top of the sender's small line
	body          float64 // top of what follows below the window
	folds         []float64
	punch         float64 // mark for the hole punch; 0: none
}

// envelopes are the windows by their setting.
//
// din5008-b: DIN 5008 form B: the field is 85 x 45 mm, 20 mm from the left and 45
// mm from the top; its lower 27.3 mm are the address, and text begins at 25 mm.
//
// us-10: the No. 10 envelope, 9 1/2 x 4 1/8 in, with a window of 4 1/2 x 1 1/8 in
// that is 7/8 in from the left and 1/2 in from the bottom. A sheet in thirds lies
// on the bottom of it: 51.8 to 80.4 mm show.
//
// c5: C5, 229 x 162 mm, with the window of DIN, 90 x 45 mm, 20 mm from the left
// and 60 mm from the bottom. A4 folded once may slide by 13.5 mm: 57 to 88.5 mm
// show always.
//
// fr: the address on the right, in a frame of 85 x 33 mm, 110 mm from the left and
// 55 mm from the top.
var envelopes = map[string]window{
	"din5008-b": {left: 25, top: 62.7, width: 79, height: 27.3, sender: 58.4, body: 98.5, folds: []float64{105, 210}, punch: 148.5},
	"us-10":     {left: 25.4, top: 57, width: 82, height: 23.2, sender: 52.8, body: 93},
	"c5":        {left: 25, top: 61, width: 65, height: 27.3, sender: 57.1, body: 98.5, folds: []float64{148.5}},
	"fr":        {left: 112, top: 59.4, width: 82, height: 28.4, sender: 55.3, body: 98.5},
}

// Margins of the sheet in millimetres.
const (
	marginLeft   = 25.0
	marginRight  = 20.0
	marginTop    = 20.0
	marginBottom = 17.0
	footHeight   = 3.0
)

// usable is the width between the margins.
func (s sheet) usable() float64 { return s.width - marginLeft - marginRight }

// capacity is the height between the margins and above the foot.
func (s sheet) capacity() float64 { return s.height - marginTop - marginBottom - footHeight }
