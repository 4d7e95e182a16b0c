package letter

import (
	"bytes"
	_ "embed"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	_ "image/jpeg" // a logo may be one
	"image/png"
	"os"
	"path/filepath"
	"slices"

	"holdfast/plugins/sdk"
)

//go:embed schema.json
var schema []byte

// Where letters go.
const (
	toFolder  = "folder"
	toPrinter = "printer"
)

// purposes are those that a message can have.
var purposes = []string{"response", "statement", "courtesy", "dunning", "legal"}

// Settings are the settings of this channel.
type Settings struct {
	To           string   `json:"to"`      // folder or printer
	Dir          string   `json:"dir"`     // of letters and posting lists; made where missing
	Printer      string   `json:"printer"` // queue, where To is printer
	Server       string   `json:"server"`  // of CUPS; empty: this machine's
	Paper        string   `json:"paper"`
	Window       string   `json:"window"`
	LogoFile     string   `json:"logo_file"`      // PNG or JPEG; empty: none
	FontFile     string   `json:"font_file"`      // TrueType; empty: Go Regular
	FontBoldFile string   `json:"font_bold_file"` // TrueType; empty: Go Bold
	Registered   []string `json:"registered"`     // purposes that go by registered mail
	Separator    string   `json:"separator"`      // of posting lists
}

func settingsOf(s sdk.Setup) (Settings, []sdk.Problem) {
	set := Settings{To: toFolder, Paper: "a4", Window: "din5008-b", Separator: ","}
	problems := sdk.Decode(s.Settings, &set)
	if len(problems) > 0 {
		return set, problems
	}
	say := func(wrong bool, key, text, cure string) {
		if wrong {
			problems = append(problems, sdk.Problem{Key: key, Text: text, Cure: cure})
		}
	}
	_, paper := sheets[set.Paper]
	_, envelope := envelopes[set.Window]
	say(set.To != toFolder && set.To != toPrinter, "to", fmt.Sprintf("is %q", set.To), "write folder or printer")
	say(!filepath.IsAbs(set.Dir), "dir", "must be a full path", "name the folder for the letters")
	say(set.To == toPrinter && set.Printer == "", "printer", "is empty", "name the queue, as lpstat -e or Windows shows it")
	say(unfitQueue(set.Printer), "printer", "cannot be a queue's name", "write it as lpstat -e or Windows shows it")
	say(unfitQueue(set.Server), "server", "cannot be a server's name", "write it as host or host:port")
	say(!paper, "paper", fmt.Sprintf("is %q", set.Paper), "write a4 or letter")
	say(!envelope, "window", fmt.Sprintf("is %q", set.Window), "write din5008-b, us-10, c5 or fr")
	say(set.Separator != "," && set.Separator != ";", "separator", fmt.Sprintf("is %q", set.Separator), "write a comma or a semicolon")
	for _, p := range set.Registered {
		say(!slices.Contains(purposes, p), "registered", fmt.Sprintf("has %q", p), "write purposes such as legal")
	}
	return set, problems
}

// layoutOf opens what letters look like.
func layoutOf(set Settings) (*layout, []sdk.Problem) {
	l := &layout{sheet: sheets[set.Paper], window: envelopes[set.Window]}
	var err error
	if l.faces, err = openTypeface(set.FontFile, set.FontBoldFile); err != nil {
		key := "font_file"
		if set.FontFile == "" {
			key = "font_bold_file"
		}
		return nil, []sdk.Problem{{Key: key, Text: "cannot be used: " + err.Error(), Cure: "name a TrueType file (.ttf) that this program may read"}}
	}
	if set.LogoFile == "" {
		return l, nil
	}
	if l.logo, err = openLogo(set.LogoFile); err != nil {
		return nil, []sdk.Problem{{Key: "logo_file", Text: "cannot be used: " + err.Error(), Cure: "name a PNG or JPEG file that this program may read"}}
	}
	return l, nil
}

// maxLogo is how many pixels a logo may have: more make every letter slow.
const maxLogo = 4_000_000

// openLogo reads a picture and writes it on white as the plainest PNG, which the
// PDF library takes always.
func openLogo(path string) ([]byte, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	head, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	if head.Width*head.Height > maxLogo {
		return nil, fmt.Errorf("it has %d x %d pixels, and %d in all are enough", head.Width, head.Height, maxLogo)
	}
	picture, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	flat := image.NewRGBA(picture.Bounds())
	draw.Draw(flat, flat.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.Draw(flat, flat.Bounds(), picture, picture.Bounds().Min, draw.Over)
	var out bytes.Buffer
	err = png.Encode(&out, flat)
	return out.Bytes(), err
}
