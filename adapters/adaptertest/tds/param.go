package tds

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/encoding/charmap"

	"holdfast/adapters/adaptertest/tsql"
)

// param is one parameter of a call: sql is its value as an expression of
// PostgreSQL, text its value where it is a text.
type param struct {
	name, sql, text string
}

// readParam reads one parameter of an RPC, [MS-TDS] 2.2.6.6.
func (r *body) readParam() (param, error) {
	p := param{name: strings.ToLower(r.text(int(r.u8())))}
	r.u8() // by reference, or the default
	err := r.readValue(&p)
	return p, err
}

// readValue reads TYPE_INFO and a value.
func (r *body) readValue(p *param) error {
	p.sql = "NULL"
	switch id := r.u8(); id {
	case 0x1F:
		return nil
	case 0x26, 0x68, 0x6D, 0x6E, 0x6F, 0x24:
		r.u8()
		return p.short(id, r.take(int(r.u8())))
	case 0x28:
		return p.short(id, r.take(int(r.u8())))
	case 0x6A, 0x6C:
		r.u8()
		r.u8()
		scale := r.u8()
		return p.decimal(r.take(int(r.u8())), int(scale))
	case 0x29, 0x2A, 0x2B:
		scale := int(r.u8())
		return p.clock(id, scale, r.take(int(r.u8())))
	case 0xA7, 0xAF, 0xE7, 0xEF:
		size := r.u16()
		r.take(5)
		raw, null := r.varying(size)
		if null {
			return nil
		}
		return p.setText(id, raw)
	case 0xA5, 0xAD:
		raw, null := r.varying(r.u16())
		if !null {
			p.sql = `'\x` + hex.EncodeToString(raw) + `'::bytea`
		}
		return nil
	default:
		return fail(8009, "a parameter of type 0x%X is not known to this stand-in", id)
	}
}

// varying reads bytes with their length, or in pieces where size has no bound.
func (r *body) varying(size uint16) (raw []byte, null bool) {
	if size != 0xFFFF {
		n := r.u16()
		if n == 0xFFFF {
			return nil, true
		}
		return r.take(int(n)), false
	}
	if r.u64() == math.MaxUint64 {
		return nil, true
	}
	for {
		n := r.u32()
		if n == 0 || r.short {
			return raw, false
		}
		raw = append(raw, r.take(int(n))...)
	}
}

func (p *param) setText(id byte, raw []byte) error {
	if id == 0xE7 || id == 0xEF {
		p.text = ucs2(raw)
	} else {
		decoded, err := charmap.Windows1252.NewDecoder().Bytes(raw)
		if err != nil {
			return err
		}
		p.text = string(decoded)
	}
	if strings.ContainsRune(p.text, 0) {
		return fail(tsql.Unknown, "PostgreSQL has no texts with the character 0")
	}
	p.sql = tsql.Literal(p.text)
	return nil
}

// short reads a value of at most 16 bytes; none is NULL.
func (p *param) short(id byte, b []byte) error {
	if len(b) == 0 {
		return nil
	}
	switch id {
	case 0x26:
		p.sql = integer(b)
	case 0x68:
		p.sql = fmt.Sprintf("CAST(%d AS smallint)", b[0])
	case 0x6D:
		p.sql = "CAST('" + float(b) + "' AS double precision)"
	case 0x6E:
		p.sql = money(b)
	case 0x6F:
		p.sql = "CAST('" + datetime(b) + "' AS timestamp)"
	case 0x28:
		p.sql = "CAST('" + day(b).Format("2006-01-02") + "' AS date)"
	case 0x24:
		p.sql = "CAST('" + guid(b) + "' AS uuid)"
	}
	return nil
}

func integer(b []byte) string {
	var n int64
	typ := "smallint"
	switch len(b) {
	case 1:
		n = int64(b[0])
	case 2:
		n = int64(int16(binary.LittleEndian.Uint16(b)))
	case 4:
		n, typ = int64(int32(binary.LittleEndian.Uint32(b))), "int"
	default:
		n, typ = int64(binary.LittleEndian.Uint64(b)), "bigint"
	}
	return fmt.Sprintf("CAST('%d' AS %s)", n, typ)
}

func float(b []byte) string {
	if len(b) == 4 {
		return strconv.FormatFloat(float64(math.Float32frombits(binary.LittleEndian.Uint32(b))), 'g', -1, 32)
	}
	return strconv.FormatFloat(math.Float64frombits(binary.LittleEndian.Uint64(b)), 'g', -1, 64)
}

func money(b []byte) string {
	var n int64
	if len(b) == 4 {
		n = int64(int32(binary.LittleEndian.Uint32(b)))
	} else {
		n = int64(binary.LittleEndian.Uint32(b))<<32 | int64(binary.LittleEndian.Uint32(b[4:]))
	}
	return fmt.Sprintf("CAST('%s' AS numeric(19,4))", new(big.Rat).SetFrac64(n, 10000).FloatString(4))
}

// datetime reads datetime and smalldatetime.
func datetime(b []byte) string {
	if len(b) == 4 {
		t := time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(binary.LittleEndian.Uint16(b)))
		return t.Add(time.Duration(binary.LittleEndian.Uint16(b[2:])) * time.Minute).Format("2006-01-02 15:04:05")
	}
	t := time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(int32(binary.LittleEndian.Uint32(b))))
	ticks := int64(binary.LittleEndian.Uint32(b[4:]))
	return t.Add(time.Duration((ticks*10+1)/3) * time.Millisecond).Format("2006-01-02 15:04:05.000")
}

func day(b []byte) time.Time {
	n := int(b[0]) | int(b[1])<<8 | int(b[2])<<16
	return time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, n)
}

func guid(b []byte) string {
	order := []int{3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15}
	raw := make([]byte, 16)
	for i, from := range order {
		raw[i] = b[from]
	}
	return hex.EncodeToString(raw)
}

func (p *param) decimal(b []byte, scale int) error {
	if len(b) == 0 {
		return nil
	}
	digits := make([]byte, len(b)-1)
	for i := range digits {
		digits[i] = b[len(b)-1-i]
	}
	n := new(big.Int).SetBytes(digits)
	if b[0] == 0 {
		n.Neg(n)
	}
	unit := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil)
	p.sql = fmt.Sprintf("CAST('%s' AS numeric)", new(big.Rat).SetFrac(n, unit).FloatString(scale))
	return nil
}

// clock reads time, datetime2 and datetimeoffset.
func (p *param) clock(id byte, scale int, b []byte) error {
	if len(b) == 0 {
		return nil
	}
	size := column{scale: scale}.clockSize()
	var n int64
	for i := size - 1; i >= 0; i-- {
		n = n<<8 | int64(b[i])
	}
	for range 9 - scale {
		n *= 10
	}
	switch id {
	case 0x29:
		p.sql = "CAST('" + time.Unix(0, n).UTC().Format("15:04:05.000000") + "' AS time)"
	case 0x2A:
		p.sql = "CAST('" + day(b[size:]).Add(time.Duration(n)).Format("2006-01-02 15:04:05.000000") + "' AS timestamp)"
	default:
		p.sql = "CAST('" + day(b[size:]).Add(time.Duration(n)).Format("2006-01-02 15:04:05.000000") + "Z' AS timestamptz)"
	}
	return nil
}
