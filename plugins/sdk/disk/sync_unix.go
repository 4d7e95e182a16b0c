//go:build unix

package disk

import (
	"errors"
	"os"
)

// SyncFolder makes the names in a folder outlive a power cut.
func SyncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
