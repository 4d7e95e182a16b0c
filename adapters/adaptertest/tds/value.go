package tds

import (
	"encoding/binary"
	"encoding/hex"
	"math"
	"math/big"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/encoding/charmap"
)

// appendValue writes a cell, given as PostgreSQL's text; nil is NULL.
func (c column) appendValue(b, cell []byte) ([]byte, error) {
	if cell == nil {
		return c.appendNull(b), nil
	}
	s := string(cell)
	switch c.typ {
	case "bit", "tinyint", "smallint", "int", "bigint":
		return c.appendInteger(b, s)
	case "real", "float":
		return c.appendFloat(b, s)
	case "money", "smallmoney":
		return c.appendMoney(b, s)
	case "decimal":
		return c.appendDecimal(b, s)
	case "char", "varchar":
		return c.appendVaryingValue(b, latin(s)), nil
	case "nchar", "nvarchar":
		return c.appendVaryingValue(b, appendUCS2(nil, s)), nil
	case "binary", "varbinary":
		raw, err := hex.DecodeString(strings.TrimPrefix(s, `\x`))
		return c.appendVaryingValue(b, raw), err
	case "uniqueidentifier":
		return appendGUID(b, s)
	}
	return c.appendTime(b, s)
}

// appendNull writes NULL.
func (c column) appendNull(b []byte) []byte {
	switch c.typ {
	case "char", "varchar", "nchar", "nvarchar", "binary", "varbinary":
		if c.length < 0 {
			return binary.LittleEndian.AppendUint64(b, math.MaxUint64)
		}
		return append(b, 0xFF, 0xFF)
	}
	return append(b, 0)
}

// latin writes a text in code page 1252; what is not in it becomes a question
// mark, as in SQL Server.
func latin(s string) []byte {
	var b []byte
	enc := charmap.Windows1252
	for _, r := range s {
		c, ok := enc.EncodeRune(r)
		if !ok {
			c = '?'
		}
		b = append(b, c)
	}
	return b
}

// appendVaryingValue writes bytes with their length, or in pieces where the type
// has no bound.
func (c column) appendVaryingValue(b, value []byte) []byte {
	if c.length >= 0 {
		return append(binary.LittleEndian.AppendUint16(b, uint16(len(value))), value...)
	}
	b = binary.LittleEndian.AppendUint64(b, uint64(len(value)))
	if len(value) > 0 {
		b = append(binary.LittleEndian.AppendUint32(b, uint32(len(value))), value...)
	}
	return binary.LittleEndian.AppendUint32(b, 0)
}

func (c column) appendInteger(b []byte, s string) ([]byte, error) {
	if c.typ == "bit" && (s == "t" || s == "f") {
		s = map[string]string{"t": "1", "f": "0"}[s]
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return b, err
	}
	size := map[string]int{"bit": 1, "tinyint": 1, "smallint": 2, "int": 4, "bigint": 8}[c.typ]
	b = append(b, byte(size))
	return append(b, binary.LittleEndian.AppendUint64(nil, uint64(n))[:size]...), nil
}

func (c column) appendFloat(b []byte, s string) ([]byte, error) {
	f, err := strconv.ParseFloat(s, 64)
	if c.typ == "real" {
		return binary.LittleEndian.AppendUint32(append(b, 4), math.Float32bits(float32(f))), err
	}
	return binary.LittleEndian.AppendUint64(append(b, 8), math.Float64bits(f)), err
}

// scaled reads a decimal as a whole number of its smallest units, rounded half
// away from zero.
func scaled(s string, scale int) (*big.Int, bool) {
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		return nil, false
	}
	r.Mul(r, new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil)))
	n, ok := new(big.Int).SetString(r.FloatString(0), 10)
	return n, ok
}

func (c column) appendMoney(b []byte, s string) ([]byte, error) {
	n, ok := scaled(s, 4)
	if !ok || !n.IsInt64() {
		return b, fail(8115, "Arithmetic overflow error converting numeric to data type money.")
	}
	v := uint64(n.Int64())
	if c.typ == "smallmoney" {
		return binary.LittleEndian.AppendUint32(append(b, 4), uint32(v)), nil
	}
	b = binary.LittleEndian.AppendUint32(append(b, 8), uint32(v>>32))
	return binary.LittleEndian.AppendUint32(b, uint32(v)), nil
}

func (c column) appendDecimal(b []byte, s string) ([]byte, error) {
	n, ok := scaled(s, c.scale)
	width := c.width()
	if !ok || n.BitLen() > 8*width {
		return b, fail(8115, "Arithmetic overflow error converting numeric to data type decimal.")
	}
	sign := byte(1)
	if n.Sign() < 0 {
		sign = 0
	}
	digits := new(big.Int).Abs(n).FillBytes(make([]byte, width))
	b = append(b, byte(1+width), sign)
	for i := range digits {
		b = append(b, digits[width-1-i])
	}
	return b, nil
}

func appendGUID(b []byte, s string) ([]byte, error) {
	raw, err := hex.DecodeString(strings.ReplaceAll(s, "-", ""))
	if err != nil || len(raw) != 16 {
		return b, fail(8169, "Conversion failed when converting from a character string to uniqueidentifier.")
	}
	order := []int{3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15}
	b = append(b, 16)
	for _, i := range order {
		b = append(b, raw[i])
	}
	return b, nil
}

// clocks are the forms in which PostgreSQL writes times.
var clocks = map[string]string{
	"date": "2006-01-02", "time": "15:04:05.999999", "datetime2": "2006-01-02 15:04:05.999999", "datetime": "2006-01-02 15:04:05.999999",
	"smalldatetime": "2006-01-02 15:04:05.999999", "datetimeoffset": "2006-01-02 15:04:05.999999-07",
}

func (c column) appendTime(b []byte, s string) ([]byte, error) {
	t, err := time.Parse(clocks[c.typ], s)
	if err != nil {
		return b, fail(242, "The value %s is out of range for %s.", s, c.typ)
	}
	t = t.UTC()
	switch c.typ {
	case "date":
		return appendDays(append(b, 3), t), nil
	case "datetime":
		ticks := (int64(t.Hour()*3600+t.Minute()*60+t.Second())*1000 + int64(t.Nanosecond()/1e6)) * 3
		b = binary.LittleEndian.AppendUint32(append(b, 8), uint32(int32(days(t)-daysTo1900)))
		return binary.LittleEndian.AppendUint32(b, uint32((ticks+5)/10)), nil
	case "smalldatetime":
		b = binary.LittleEndian.AppendUint16(append(b, 4), uint16(days(t)-daysTo1900))
		return binary.LittleEndian.AppendUint16(b, uint16(t.Hour()*60+t.Minute())), nil
	case "time":
		return c.appendClock(append(b, byte(c.clockSize())), t), nil
	case "datetime2":
		return appendDays(c.appendClock(append(b, byte(c.clockSize()+3)), t), t), nil
	}
	b = appendDays(c.appendClock(append(b, byte(c.clockSize()+5)), t), t)
	return append(b, 0, 0), nil
}

// daysTo1900 is the number of the day 1900-01-01, where 0001-01-01 is 0.
const daysTo1900 = 693595

// days is the number of a day since 0001-01-01.
func days(t time.Time) int64 {
	const to1970 = 719162
	seconds := t.Unix()
	n := seconds / 86400
	if seconds%86400 < 0 {
		n--
	}
	return n + to1970
}

func appendDays(b []byte, t time.Time) []byte {
	n := days(t)
	return append(b, byte(n), byte(n>>8), byte(n>>16))
}

func (c column) clockSize() int {
	switch {
	case c.scale <= 2:
		return 3
	case c.scale <= 4:
		return 4
	}
	return 5
}

// appendClock writes the time of the day in units of the scale.
func (c column) appendClock(b []byte, t time.Time) []byte {
	n := int64(t.Hour()*3600+t.Minute()*60+t.Second())*1e9 + int64(t.Nanosecond())
	for range 9 - c.scale {
		n /= 10
	}
	return append(b, binary.LittleEndian.AppendUint64(nil, uint64(n))[:c.clockSize()]...)
}
