package audit

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"iter"
)

// Chain seals entries one after the other. The zero Chain starts a journal.
type Chain struct {
	Seq  int64  // of the last entry sealed
	Hash string // of the last entry sealed
}

// Seal numbers e, links it to the entry before and fills in its hash.
func (c *Chain) Seal(e Entry) Entry {
	e.Seq, e.Prev = c.Seq+1, c.Hash
	e.Hash = hashOf(e)
	c.Seq, c.Hash = e.Seq, e.Hash
	return e
}

// Verify walks a journal from its first entry and returns how many entries are
// sound. The error names the first one that is not; an error of the sequence
// itself is passed on.
func Verify(entries iter.Seq2[Entry, error]) (int64, error) {
	var c Chain
	for e, err := range entries {
		if err != nil {
			return c.Seq, err
		}
		if err := c.check(e); err != nil {
			return c.Seq, err
		}
		c.Seq, c.Hash = e.Seq, e.Hash
	}
	return c.Seq, nil
}

// check says what is wrong with e as the entry after c.
func (c *Chain) check(e Entry) error {
	switch {
	case e.Seq != c.Seq+1:
		return fmt.Errorf("audit entry %d is missing: entry %d follows entry %d", c.Seq+1, e.Seq, c.Seq)
	case e.Prev != c.Hash:
		return fmt.Errorf("audit entry %d does not follow from entry %d: one of them was changed", e.Seq, c.Seq)
	case e.Hash != hashOf(e):
		return fmt.Errorf("audit entry %d was changed after it was written", e.Seq)
	}
	return nil
}

// hashOf hashes every field of e but the hash itself. Each is preceded by its
// length, so that no text can move from one field to the next.
func hashOf(e Entry) string {
	h := sha256.New()
	number := func(n int64) {
		var b [8]byte
		binary.BigEndian.PutUint64(b[:], uint64(n))
		h.Write(b[:])
	}
	number(e.Seq)
	number(e.At.UnixMicro())
	for _, text := range []string{e.Actor, e.Kind, e.Subject, string(e.Body), e.Prev} {
		number(int64(len(text)))
		h.Write([]byte(text))
	}
	return hex.EncodeToString(h.Sum(nil))
}
