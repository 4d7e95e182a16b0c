package disk_test

import (
	"os"
	"path/filepath"
	"sync"
	"testing"

	"holdfast/plugins/sdk/disk"
)

func TestWriteReplacesAll(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a")
	for _, text := range []string{"a long text", "short", ""} {
		if err := disk.Write(path, []byte(text)); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(path); err != nil || string(got) != text {
			t.Errorf("%q, %v", got, err)
		}
	}
}

// TestMakeFolder makes what is missing, also where several do at once, and says
// when a file is in the way.
func TestMakeFolder(t *testing.T) {
	root := t.TempDir()
	deep := filepath.Join(root, "a", "b", "c")
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if err := disk.MakeFolder(deep); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if info, err := os.Stat(deep); err != nil || !info.IsDir() {
		t.Errorf("%v, %v", info, err)
	}
	if err := disk.Write(filepath.Join(root, "file"), nil); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"file", "file/below"} {
		if disk.MakeFolder(filepath.Join(root, path)) == nil {
			t.Errorf("%s is a folder", path)
		}
	}
}
