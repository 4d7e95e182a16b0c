// Package disk writes files and folders so that they outlive a power cut.
package disk

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Write writes a file through to the disk, over what is there. Its name is there
// for certain once its folder is synced.
func Write(path string, data []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

// MakeFolder makes a folder with those above it, as far as they are missing, and
// syncs whatever has got a new name in it.
func MakeFolder(path string) error {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return nil
	}
	parent := filepath.Dir(path)
	if parent != path {
		if err := MakeFolder(parent); err != nil {
			return err
		}
	}
	if err := os.Mkdir(path, 0o755); err != nil && !made(path, err) {
		return err
	}
	if err := SyncFolder(parent); err != nil && !errors.Is(err, fs.ErrPermission) { // one that may be written and not read
		return fmt.Errorf("sync the folder of %s: %w", path, err)
	}
	return nil
}

// made reports whether somebody else was faster.
func made(path string, err error) bool {
	info, there := os.Stat(path)
	return errors.Is(err, fs.ErrExist) && there == nil && info.IsDir()
}
