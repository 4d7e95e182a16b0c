package reports

import (
	"os"
	"testing"

	"holdfast/engine/fault"
)

// The list and the folders name the same reports; report holds what they
// share.
func TestListIsTheFolders(t *testing.T) {
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	folders := 0
	for _, e := range entries {
		if !e.IsDir() || e.Name() == "report" || e.Name() == "testdata" {
			continue
		}
		folders++
		if _, err := Find(e.Name()); err != nil {
			t.Errorf("folder %s is not in the list: %v", e.Name(), err)
		}
	}
	if folders != len(All()) {
		t.Errorf("%d folders, %d reports listed", folders, len(All()))
	}
	if _, err := Find("agin"); !fault.Is(err, fault.NotFound) {
		t.Errorf("unknown report: %v", err)
	}
}
