package host

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"path/filepath"

	"holdfast/engine/fault"
)

// image is an executable that is held open from its check to its start, so that
// what was checked is what runs.
type image struct {
	file *os.File
	sum  []byte // SHA-256 of what the open file holds
}

// openImage opens an executable and refuses one that may not be a channel's:
// in a folder of channels, a link, a file of somebody else's, or one that
// others may write. The caller closes it.
func openImage(folder, path string) (*image, error) {
	if folder != "" {
		if err := contained(folder, path); err != nil {
			return nil, err
		}
	}
	f, err := openToRun(path, folder == "")
	if err != nil {
		return nil, err
	}
	im := &image{file: f}
	if folder != "" {
		err = ours(f, path)
	}
	if err == nil {
		im.sum, err = sumOf(f)
	}
	if err != nil {
		_ = f.Close()
		return nil, err
	}
	return im, nil
}

// close gives the file back. It may be called once.
func (im *image) close() { _ = im.file.Close() }

// sumOf reads a file from its beginning and leaves it there.
func sumOf(f *os.File) ([]byte, error) {
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return nil, fault.New(fault.Transient, "read the executable %s: %w", f.Name(), err)
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, fault.New(fault.Transient, "read the executable %s: %w", f.Name(), err)
	}
	return h.Sum(nil), nil
}

// isScript reports whether an interpreter reads the file: it opens it once more
// by its path.
func (im *image) isScript() bool {
	head := make([]byte, 2)
	n, _ := im.file.ReadAt(head, 0)
	return n == 2 && bytes.Equal(head, []byte("#!"))
}

// contained refuses a folder of channels that others may write, and an
// executable that does not lie directly in it.
func contained(folder, path string) error {
	info, err := os.Lstat(path)
	if err != nil {
		return fault.New(fault.NotFound, "channel executable: %w", err).WithCure("put it there, or remove its [[channel]]")
	}
	if !info.Mode().IsRegular() {
		return notRegular(path)
	}
	realFolder, err := filepath.EvalSymlinks(folder)
	if err != nil {
		return fault.New(fault.NotFound, "folder of channels: %w", err)
	}
	realPath, err := filepath.EvalSymlinks(path)
	if err != nil {
		return fault.New(fault.NotFound, "channel executable: %w", err)
	}
	if filepath.Dir(realPath) != realFolder {
		return fault.New(fault.Denied, "%s lies outside the folder of channels %s", path, folder).
			WithCure("move the executable into the folder")
	}
	f, err := os.Open(realFolder)
	if err != nil {
		return fault.New(fault.Denied, "folder of channels: %w", err)
	}
	defer f.Close()
	return ours(f, realFolder)
}

func notRegular(path string) error {
	return fault.New(fault.Denied, "%s is a link or no regular file", path).WithCure("put the executable itself there")
}

// verified opens the executable of a channel, if it is the one meant. It is
// called right before every start.
func verified(cfg Config) (*image, error) {
	path := cfg.Command[0]
	im, err := openImage(cfg.Folder, path)
	if err != nil {
		return nil, fault.Wrap("channel "+cfg.Name, err)
	}
	if !bytes.Equal(im.sum, cfg.Checksum) {
		im.close()
		return nil, fault.New(fault.Denied, "channel %s: the SHA-256 of %s is %s, not the expected one", cfg.Name, path, hex.EncodeToString(im.sum)).
			WithCure("if the file was replaced on purpose, pin its new SHA-256; for Holdfast's own channels start the service again")
	}
	return im, nil
}
