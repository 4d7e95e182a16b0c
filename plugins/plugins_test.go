package plugins_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"holdfast/engine/fault"
	"holdfast/plugins"
)

// TestListIsTheFolders: a channel is a folder here and a line in All.
func TestListIsTheFolders(t *testing.T) {
	parts := []string{"proto", "sdk", "host", "plugintest", "conform", "example"}
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	var folders []string
	for _, e := range entries {
		if e.IsDir() && !slices.Contains(parts, e.Name()) {
			folders = append(folders, e.Name())
		}
	}
	var listed []string
	for _, e := range plugins.All() {
		listed = append(listed, e.Name)
		if name := e.New().Describe().Name; name != e.Name {
			t.Errorf("%s describes itself as %q", e.Name, name)
		}
	}
	if !slices.Equal(folders, listed) {
		t.Errorf("folders %v, listed %v: add the channel to All, in the order of names", folders, listed)
	}
}

// TestReadmesAreAlike: whoever has read one channel's finds his way in the next,
// and the tables of channels name each.
func TestReadmesAreAlike(t *testing.T) {
	wanted := []string{"## Settings", "## What goes out", "## What comes back"}
	for _, e := range plugins.All() {
		text := read(t, e.Name+"/README.md")
		at := 0
		for _, heading := range wanted {
			i := strings.Index(text[at:], "\n"+heading+"\n")
			if i < 0 {
				t.Errorf("%s/README.md has no %q behind those before it of %q", e.Name, heading, wanted)
				continue
			}
			at += i
		}
		for _, path := range []string{"README.md", "../docs/channels.md"} {
			if !strings.Contains(read(t, path), "`"+e.Name+"`") {
				t.Errorf("%s does not name the channel %s", path, e.Name)
			}
		}
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestServeKnowsItsChannels(t *testing.T) {
	if err := plugins.Serve("pigeon"); !fault.Is(err, fault.NotFound) {
		t.Errorf("%v", err)
	}
}
