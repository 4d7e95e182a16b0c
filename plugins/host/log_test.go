package host

import (
	"fmt"
	"io"
	"log/slog"
	"testing"
)

// What comes by two streams in turns is two lines, whole.
func TestStreamsDoNotMix(t *testing.T) {
	log := new(records)
	lines := newLineLog(slog.New(log), nil)
	out, errs := lines.stream(), lines.stream()
	for _, piece := range []struct {
		to   io.Writer
		text string
	}{{out, "one "}, {errs, "three "}, {out, "two\n"}, {errs, "four\nfive"}, {out, "six\n"}, {errs, "\n"}} {
		fmt.Fprint(piece.to, piece.text)
	}
	if got := log.text(); got != "one two\nthree four\nsix\nfive\n" {
		t.Errorf("%q", got)
	}
}

// A secret that begins with another is taken out whole, in whatever order they
// are known.
func TestSecretsThatBeginAlike(t *testing.T) {
	for _, known := range [][]string{{"hunter2", "hunter2-and-more"}, {"hunter2-and-more", "hunter2"}} {
		cfg, err := Config{Name: "x", Command: []string{"/x"}, Checksum: make([]byte, 32), Secrets: known}.complete()
		if err != nil {
			t.Fatal(err)
		}
		if got := tidy("login hunter2-and-more, then hunter2", cfg.Secrets); got != "login [secret], then [secret]" {
			t.Errorf("%q shows %q", known, got)
		}
	}
}
