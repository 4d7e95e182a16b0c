package workbook

import (
	"archive/zip"
	"io"
	"io/fs"
	"slices"
	"strings"
	"time"

	"holdfast/engine/ar"
)

// parts takes the files of a workbook in whatever order they come and writes
// them by name. excelize walks a map of its streamed sheets, so their order
// differs from run to run.
type parts struct {
	kept spool
	zip  *zip.Writer
	time time.Time
}

func newParts(day ar.Day) *parts {
	p := &parts{time: day.Time(time.UTC)}
	if day == 0 {
		p.time = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	p.zip = zip.NewWriter(&p.kept)
	return p
}

// Create starts a part; every part carries the same time.
func (p *parts) Create(name string) (io.Writer, error) {
	return p.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: p.time})
}

// AddFS adds a tree of files as they are.
func (p *parts) AddFS(tree fs.FS) error { return p.zip.AddFS(tree) }

// Close ends the unsorted archive.
func (p *parts) Close() error { return p.zip.Close() }

// close releases what the parts took.
func (p *parts) close() { p.kept.close() }

// writeSorted copies the compressed parts to w by name.
func (p *parts) writeSorted(w io.Writer) (int64, error) {
	r, err := zip.NewReader(p.kept.reader(), p.kept.size)
	if err != nil {
		return 0, err
	}
	files := slices.Clone(r.File)
	slices.SortFunc(files, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) })
	count := &counter{w: w}
	out := zip.NewWriter(count)
	for _, f := range files {
		if err := out.Copy(f); err != nil {
			return count.n, err
		}
	}
	return count.n, out.Close()
}

// counter counts the bytes that pass.
type counter struct {
	w io.Writer
	n int64
}

func (c *counter) Write(b []byte) (int, error) {
	n, err := c.w.Write(b)
	c.n += int64(n)
	return n, err
}
