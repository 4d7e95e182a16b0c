package tds

import (
	"encoding/binary"
	"fmt"
	"io"
	"unicode/utf16"
)

// Types of messages, [MS-TDS] 2.2.3.1.1.
const (
	packBatch       = 1
	packRPC         = 3
	packReply       = 4
	packAttention   = 6
	packTransaction = 14
	packLogin       = 16
	packPrelogin    = 18
)

// Bits of a packet's status.
const (
	statusEnd       = 0x01
	statusIgnore    = 0x02
	statusReset     = 0x08
	statusResetSkip = 0x10
)

// message is one request of the client, whole.
type message struct {
	kind  byte
	reset bool
	body  []byte
}

// readMessage reads the packets of one message.
func readMessage(r io.Reader) (message, error) {
	var m message
	for {
		var head [8]byte
		if _, err := io.ReadFull(r, head[:]); err != nil {
			return m, err
		}
		size := int(binary.BigEndian.Uint16(head[2:]))
		if size < len(head) {
			return m, fmt.Errorf("a packet of %d bytes", size)
		}
		body := make([]byte, size-len(head))
		if _, err := io.ReadFull(r, body); err != nil {
			return m, err
		}
		m.kind = head[0]
		m.reset = m.reset || head[1]&(statusReset|statusResetSkip) != 0
		m.body = append(m.body, body...)
		if head[1]&statusEnd != 0 {
			return m, nil
		}
	}
}

// reply writes one message in packets. Its first error sticks.
type reply struct {
	to    io.Writer
	size  int // of a packet
	buf   []byte
	count byte
	err   error
}

func newReply(to io.Writer, size int) *reply {
	return &reply{to: to, size: size, buf: make([]byte, 8, size)}
}

// Write takes bytes of the message and sends every packet that is full.
func (w *reply) Write(p []byte) (int, error) {
	n := len(p)
	for len(p) > 0 && w.err == nil {
		room := min(w.size-len(w.buf), len(p))
		w.buf = append(w.buf, p[:room]...)
		p = p[room:]
		if len(w.buf) == w.size && len(p) > 0 {
			w.send(0)
		}
	}
	return n, w.err
}

func (w *reply) send(status byte) {
	w.count++
	w.buf[0], w.buf[1] = packReply, status
	binary.BigEndian.PutUint16(w.buf[2:], uint16(len(w.buf)))
	w.buf[6] = w.count
	if w.err == nil {
		_, w.err = w.to.Write(w.buf)
	}
	w.buf = w.buf[:8]
}

// finish sends the last packet.
func (w *reply) finish() error {
	w.send(statusEnd)
	return w.err
}

// body reads the parts of a message. What is missing reads as zero, and sets
// short.
type body struct {
	b     []byte
	short bool
}

func (r *body) take(n int) []byte {
	if n < 0 || n > len(r.b) {
		r.short = true
		return make([]byte, max(0, min(n, 8)))
	}
	p := r.b[:n]
	r.b = r.b[n:]
	return p
}

func (r *body) u8() byte    { return r.take(1)[0] }
func (r *body) u16() uint16 { return binary.LittleEndian.Uint16(r.take(2)) }
func (r *body) u32() uint32 { return binary.LittleEndian.Uint32(r.take(4)) }
func (r *body) u64() uint64 { return binary.LittleEndian.Uint64(r.take(8)) }

// text reads n UTF-16 units.
func (r *body) text(n int) string { return ucs2(r.take(2 * n)) }

// headers passes ALL_HEADERS.
func (r *body) headers() {
	if n := int(r.u32()); n >= 4 {
		r.take(n - 4)
	}
}

// ucs2 reads UTF-16, little end first.
func ucs2(b []byte) string {
	units := make([]uint16, len(b)/2)
	for i := range units {
		units[i] = binary.LittleEndian.Uint16(b[2*i:])
	}
	return string(utf16.Decode(units))
}

// appendUCS2 writes UTF-16, little end first.
func appendUCS2(b []byte, s string) []byte {
	for _, u := range utf16.Encode([]rune(s)) {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return b
}
