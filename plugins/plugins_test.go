package plugins_test

import (
	"os"
	"slices"
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

func TestServeKnowsItsChannels(t *testing.T) {
	if err := plugins.Serve("pigeon"); !fault.Is(err, fault.NotFound) {
		t.Errorf("%v", err)
	}
}
