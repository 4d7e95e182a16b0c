package tds

import (
	"encoding/binary"
	"unicode/utf16"
)

// Tokens, [MS-TDS] 2.2.7.
const (
	tokenReturnStatus = 0x79
	tokenColumns      = 0x81
	tokenError        = 0xAA
	tokenInfo         = 0xAB
	tokenLoginAck     = 0xAD
	tokenRow          = 0xD1
	tokenEnvChange    = 0xE3
	tokenDone         = 0xFD
	tokenDoneProc     = 0xFE
	tokenDoneInProc   = 0xFF
)

// Bits of DONE.
const (
	doneMore  = 0x01
	doneError = 0x02
	doneCount = 0x10
	doneAttn  = 0x20
)

// Kinds of change to the environment.
const (
	envDatabase  = 1
	envCollation = 7
	envBegin     = 8
	envCommit    = 9
	envRollback  = 10
	envReset     = 18
)

// collation is SQL_Latin1_General_CP1_CI_AS.
var collation = []byte{0x09, 0x04, 0xD0, 0x00, 0x34}

// done writes DONE, DONEPROC or DONEINPROC. A count below 0 is left out.
func (w *reply) done(token byte, status, command uint16, count int64) {
	if count >= 0 {
		status |= doneCount
	} else {
		count = 0
	}
	b := []byte{token}
	b = binary.LittleEndian.AppendUint16(b, status)
	b = binary.LittleEndian.AppendUint16(b, command)
	w.Write(binary.LittleEndian.AppendUint64(b, uint64(count)))
}

// failure writes ERROR.
func (w *reply) failure(e *Failure) { w.remark(tokenError, e) }

// remark writes ERROR or INFO.
func (w *reply) remark(token byte, e *Failure) {
	b := binary.LittleEndian.AppendUint32(nil, uint32(e.Number))
	b = append(b, 1, e.Class)
	b = appendShort(b, e.Text)
	b = appendTiny(b, "STANDIN")
	b = appendTiny(b, "")
	b = binary.LittleEndian.AppendUint32(b, uint32(max(e.Line, 1)))
	w.sized(token, b)
}

// sized writes a token whose length comes first.
func (w *reply) sized(token byte, b []byte) {
	w.Write(append([]byte{token, byte(len(b)), byte(len(b) >> 8)}, b...))
}

// envText writes a change of the environment from one text to another.
func (w *reply) envText(kind byte, now, before string) {
	w.sized(tokenEnvChange, appendTiny(appendTiny([]byte{kind}, now), before))
}

// envBytes writes a change of the environment from some bytes to others.
func (w *reply) envBytes(kind byte, now, before []byte) {
	b := append([]byte{kind, byte(len(now))}, now...)
	w.sized(tokenEnvChange, append(append(b, byte(len(before))), before...))
}

// loginAck says what the server is.
func (w *reply) loginAck() {
	b := []byte{1, 0x74, 0, 0, 4} // SQL, TDS 7.4
	b = appendTiny(b, "Microsoft SQL Server")
	w.sized(tokenLoginAck, append(b, 15, 0, 0, 0))
}

func (w *reply) returnStatus(n uint32) {
	w.Write(binary.LittleEndian.AppendUint32([]byte{tokenReturnStatus}, n))
}

// units is the length of a text in UTF-16.
func units(s string) int { return len(utf16.Encode([]rune(s))) }

// appendTiny writes a text with its length in one byte.
func appendTiny(b []byte, s string) []byte {
	for units(s) > 255 {
		s = s[:len(s)-1]
	}
	return appendUCS2(append(b, byte(units(s))), s)
}

// appendShort writes a text with its length in two bytes.
func appendShort(b []byte, s string) []byte {
	if len(s) > 4000 {
		s = s[:4000]
	}
	return appendUCS2(binary.LittleEndian.AppendUint16(b, uint16(units(s))), s)
}
