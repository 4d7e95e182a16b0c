package workbook

import (
	"bytes"
	"io"
	"os"
)

// spoolLimit is how much a spool keeps in memory, in bytes.
const spoolLimit = 2 << 20

// spool keeps what is written to it, in memory while it is small, else in a
// temporary file. close removes the file.
type spool struct {
	buf  bytes.Buffer
	file *os.File
	size int64
}

// Write adds b.
func (s *spool) Write(b []byte) (int, error) {
	if s.file == nil && s.buf.Len()+len(b) > spoolLimit {
		if err := s.move(); err != nil {
			return 0, err
		}
	}
	s.size += int64(len(b))
	if s.file != nil {
		return s.file.Write(b)
	}
	return s.buf.Write(b)
}

// move takes what is in memory to a file.
func (s *spool) move() error {
	f, err := os.CreateTemp("", "holdfast-workbook-")
	if err != nil {
		return err
	}
	s.file = f
	_, err = f.Write(s.buf.Bytes())
	s.buf = bytes.Buffer{}
	return err
}

// reader reads all that was written.
func (s *spool) reader() io.ReaderAt {
	if s.file != nil {
		return s.file
	}
	return bytes.NewReader(s.buf.Bytes())
}

// close may be called on a spool that never grew.
func (s *spool) close() {
	if s.file == nil {
		return
	}
	_ = s.file.Close() // read to its end; nothing is lost
	_ = os.Remove(s.file.Name())
}
