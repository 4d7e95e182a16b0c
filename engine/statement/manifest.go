package statement

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"holdfast/engine/ar"
)

// manifest remembers from which figures each workbook of a month was written.
// It is one JSON line per file, added when the file is complete, so that a run
// that was killed loses at most its last line.
type manifest struct {
	path string
	file *os.File
	done map[string]made
}

// made is one complete workbook: hashes of the figures and of the file.
type made struct {
	File   string `json:"file"`
	Inputs string `json:"inputs"`
	SHA    string `json:"sha256"`
}

// openManifest reads what an earlier run wrote; lines that are cut off or
// strange are passed over, their files are written again.
func openManifest(path string) (*manifest, error) {
	m := &manifest{path: path, done: map[string]made{}}
	old, err := os.ReadFile(path)
	if err != nil && !os.IsNotExist(err) {
		return nil, err
	}
	lines := bufio.NewScanner(bytes.NewReader(old))
	for lines.Scan() {
		var line made
		if json.Unmarshal(lines.Bytes(), &line) == nil && line.File != "" {
			m.done[line.File] = line
		}
	}
	if m.file, err = os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o640); err != nil {
		return nil, err
	}
	if len(old) > 0 && old[len(old)-1] != '\n' {
		_, err = m.file.WriteString("\n")
	}
	return m, err
}

// has reports whether a workbook made from these figures stands unchanged.
func (m *manifest) has(name, inputs, dir string) bool {
	line, ok := m.done[name]
	if !ok || line.Inputs != inputs {
		return false
	}
	content, err := os.ReadFile(filepath.Join(dir, name))
	return err == nil && hash(content) == line.SHA
}

// add notes a workbook that is complete.
func (m *manifest) add(name, inputs string, content []byte) error {
	line := made{File: name, Inputs: inputs, SHA: hash(content)}
	m.done[name] = line
	_, err := m.file.Write(line.encode())
	return err
}

// compact writes the manifest anew, one line per file, by name.
func (m *manifest) compact() error {
	if err := m.close(); err != nil {
		return err
	}
	return writeFile(m.path, func(w io.Writer) error {
		for _, name := range slices.Sorted(maps.Keys(m.done)) {
			if _, err := w.Write(m.done[name].encode()); err != nil {
				return err
			}
		}
		return nil
	})
}

// close may be called twice.
func (m *manifest) close() error {
	if m.file == nil {
		return nil
	}
	err := m.file.Close()
	m.file = nil
	return err
}

func (l made) encode() []byte {
	b, err := json.Marshal(l)
	if err != nil {
		panic(err) // three strings
	}
	return append(b, '\n')
}

// layoutVersion changes when the same figures should give another workbook.
const layoutVersion = 1

// fingerprint is a hash of everything that a customer's workbook shows.
func fingerprint(s Statement, parts []section) string {
	h := sha256.New()
	enc := json.NewEncoder(h)
	c := s.Account.Customer
	for _, v := range []any{layoutVersion, s.Seller, s.first(), c.Account, c.Number, customerName(c), c.Address.City} {
		encode(enc, v)
	}
	for _, part := range parts {
		encode(enc, part.roll)
		for _, m := range part.moves {
			m.Document = figures(m.Document)
			encode(enc, m)
		}
		for _, d := range part.open {
			encode(enc, figures(d))
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

// figures leaves out of a document what no workbook shows.
func figures(d ar.Document) ar.Document {
	d.ChangedAt, d.Extra = time.Time{}, nil
	return d
}

// encode writes plain values into a hash, which cannot fail.
func encode(enc *json.Encoder, v any) {
	if err := enc.Encode(v); err != nil {
		panic(err)
	}
}

func hash(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
