package file

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"holdfast/plugins/sdk"
	"holdfast/plugins/sdk/eml"
)

// pathOf returns the path of m without its extension: day, then the
// customer's number or address with a short key.
func pathOf(dir string, m sdk.Message) string {
	who := m.Reference
	switch {
	case who != "":
	case len(m.To) > 0:
		who = m.To[0].Address
	case len(m.Postal) > 0:
		who = m.Postal[0]
	}
	return filepath.Join(dir, m.Date.Format("2006-01-02"), safe(who)+"-"+short(m.Key))
}

// short makes twelve digits of a key. With day and customer beside them, two
// keys do not meet.
func short(key string) string {
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:6])
}

// safe leaves what every file system takes in a name: at most 60 bytes, with
// no separator, no leading dot and no name that Windows keeps for itself. The
// short key behind it keeps names apart that become alike, and keeps the end
// from being a dot or blank.
func safe(name string) string {
	clean := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', strings.ContainsRune("-_.@+", r):
			return r
		}
		return '_'
	}, name)
	clean = strings.TrimLeft(clean, ".")
	if len(clean) > 60 {
		clean = clean[:60]
	}
	if clean == "" || reserved(clean) {
		clean = "_" + clean
	}
	return clean
}

// reserved reports a device name of Windows, with or without an extension.
func reserved(name string) bool {
	stem, _, _ := strings.Cut(strings.ToUpper(name), ".")
	switch stem {
	case "CON", "PRN", "AUX", "NUL":
		return true
	}
	return len(stem) == 4 && (strings.HasPrefix(stem, "COM") || strings.HasPrefix(stem, "LPT")) && stem[3] >= '0' && stem[3] <= '9'
}

// find returns the path of the last file of the message with a key, "" where
// there is none.
func find(dir, key string) (string, error) {
	var found string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !lastName(path, key) {
			return err
		}
		same, err := carries(path, key)
		if same {
			found = path
			return fs.SkipAll
		}
		return err
	})
	return found, err
}

// lastName reports whether a file has the name of the last one of a key.
func lastName(path, key string) bool {
	_, ext, ok := strings.Cut(filepath.Base(path), "-"+short(key))
	return ok && slices.Contains([]string{".eml", letterMark + ".txt", textMark + ".txt", callMark + ".txt"}, ext)
}

// carries reports whether a mail, or the text of what is none, has the key in its
// head.
func carries(path, key string) (bool, error) {
	f, err := os.Open(path)
	if err != nil {
		return false, err
	}
	defer f.Close()
	head := make([]byte, 8192)
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return false, err
	}
	mail := bytes.Contains(head[:n], []byte("\r\n"+eml.KeyHeader+": "+key+"\r\n"))
	return mail || bytes.Contains(head[:n], []byte("\n"+headLine("Key", key))), nil
}
