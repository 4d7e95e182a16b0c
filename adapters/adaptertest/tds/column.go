package tds

import (
	"context"
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
)

// column is one column of a result, with its type in T-SQL.
type column struct {
	name          string
	typ           string // "nvarchar", "decimal", …
	length, scale int    // of texts in characters, -1 is max; the precision of decimals
}

// columnOf reads a type as it is declared: "decimal(18,2)".
func columnOf(name, declared string) column {
	c := column{name: name, typ: declared}
	if i := strings.IndexByte(declared, '('); i >= 0 {
		c.typ = declared[:i]
		first, second, two := strings.Cut(strings.TrimSuffix(declared[i+1:], ")"), ",")
		if c.length, _ = strconv.Atoi(first); first == "max" {
			c.length = -1
		}
		if two {
			c.scale, _ = strconv.Atoi(second)
		}
	}
	switch c.typ {
	case "datetime2", "datetimeoffset", "time":
		c.scale, c.length = c.length, 0
	case "numeric":
		c.typ = "decimal"
	case "money":
		c.scale = 4
	case "smallmoney":
		c.scale = 4
	case "rowversion", "timestamp":
		c.typ, c.length = "binary", 8
	case "text":
		c.typ, c.length = "varchar", -1
	case "ntext", "xml":
		c.typ, c.length = "nvarchar", -1
	case "sysname":
		c.typ, c.length = "nvarchar", 128
	case "image":
		c.typ, c.length = "varbinary", -1
	}
	return c
}

// word is the type as sp_describe_first_result_set names it.
func (c column) word() string {
	switch c.typ {
	case "decimal":
		return fmt.Sprintf("decimal(%d,%d)", c.length, c.scale)
	case "char", "varchar", "nchar", "nvarchar", "binary", "varbinary":
		if c.length < 0 {
			return c.typ + "(max)"
		}
		return fmt.Sprintf("%s(%d)", c.typ, c.length)
	case "datetime2", "datetimeoffset", "time":
		return fmt.Sprintf("%s(%d)", c.typ, c.scale)
	}
	return c.typ
}

// native is the type of what is no column of a table, by its type and modifier in
// PostgreSQL.
func native(oid uint32, mod int32) (string, error) {
	switch oid {
	case 16:
		return "bit", nil
	case 20:
		return "bigint", nil
	case 21:
		return "smallint", nil
	case 23:
		return "int", nil
	case 700:
		return "real", nil
	case 701:
		return "float", nil
	case 1700:
		if mod < 0 {
			return "decimal(38,12)", nil
		}
		return fmt.Sprintf("decimal(%d,%d)", (mod-4)>>16&0xffff, (mod-4)&0x7ff), nil
	case 1042, 1043:
		if mod < 0 || mod > 4004 {
			return "nvarchar(max)", nil
		}
		return fmt.Sprintf("nvarchar(%d)", mod-4), nil
	case 25, 19, 18, 705:
		return "nvarchar(max)", nil
	case 1082:
		return "date", nil
	case 1083:
		return "time(7)", nil
	case 1114:
		return "datetime2(7)", nil
	case 1184:
		return "datetimeoffset(7)", nil
	case 2950:
		return "uniqueidentifier", nil
	case 17:
		return "varbinary(max)", nil
	case 26, 2205:
		return "int", nil
	}
	return "", fail(206, "the stand-in has no type for PostgreSQL's type %d", oid)
}

// columns finds the types of a result: those of columns of tables as they were
// declared. written are the names in T-SQL, where they are known.
func (s *session) columns(fields []pgconn.FieldDescription, written []string) ([]column, error) {
	list := make([]column, len(fields))
	for i, f := range fields {
		name := f.Name
		if len(written) == len(fields) {
			name = written[i]
		}
		declared, err := s.declared(place{f.TableOID, f.TableAttributeNumber})
		if err == nil && declared == "" {
			declared, err = native(f.DataTypeOID, f.TypeModifier)
		}
		if err != nil {
			return nil, err
		}
		list[i] = columnOf(name, declared)
	}
	return list, nil
}

// declared is the type that CREATE TABLE gave a column; empty where it was not
// declared there.
func (s *session) declared(p place) (string, error) {
	if p.table == 0 {
		return "", nil
	}
	s.server.mu.Lock()
	typ, known := s.server.declared[p]
	s.server.mu.Unlock()
	if known {
		return typ, nil
	}
	query := fmt.Sprintf(`SELECT w.type FROM "sys".written_columns w JOIN pg_attribute a ON a.attrelid = w.rel AND a.attname::text = w.attname
		WHERE w.rel = %d::oid AND a.attnum = %d`, p.table, p.column)
	results, err := s.pg.Exec(context.Background(), query).ReadAll()
	if err != nil {
		return "", err
	}
	if rows := results[0].Rows; len(rows) > 0 {
		typ = string(rows[0][0])
	}
	s.server.mu.Lock()
	s.server.declared[p] = typ
	s.server.mu.Unlock()
	return typ, nil
}

// forget drops what is known of columns, since a table has changed.
func (s *Server) forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.declared)
}

// metadata writes COLMETADATA.
func (w *reply) metadata(columns []column) {
	b := binary.LittleEndian.AppendUint16([]byte{tokenColumns}, uint16(len(columns)))
	for _, c := range columns {
		b = append(b, 0, 0, 0, 0, 9, 0) // no user type; nullable, updatable unknown
		b = c.appendInfo(b)
		b = appendTiny(b, c.name)
	}
	w.Write(b)
}

// appendInfo writes TYPE_INFO.
func (c column) appendInfo(b []byte) []byte {
	switch c.typ {
	case "bit":
		return append(b, 0x68, 1)
	case "tinyint":
		return append(b, 0x26, 1)
	case "smallint":
		return append(b, 0x26, 2)
	case "int":
		return append(b, 0x26, 4)
	case "bigint":
		return append(b, 0x26, 8)
	case "real":
		return append(b, 0x6D, 4)
	case "float":
		return append(b, 0x6D, 8)
	case "money":
		return append(b, 0x6E, 8)
	case "smallmoney":
		return append(b, 0x6E, 4)
	case "decimal":
		return append(b, 0x6A, byte(1+c.width()), byte(c.length), byte(c.scale))
	case "date":
		return append(b, 0x28)
	case "datetime":
		return append(b, 0x6F, 8)
	case "smalldatetime":
		return append(b, 0x6F, 4)
	case "time":
		return append(b, 0x29, byte(c.scale))
	case "datetime2":
		return append(b, 0x2A, byte(c.scale))
	case "datetimeoffset":
		return append(b, 0x2B, byte(c.scale))
	case "uniqueidentifier":
		return append(b, 0x24, 16)
	}
	return c.appendVarying(b)
}

// appendVarying writes TYPE_INFO of texts and bytes.
func (c column) appendVarying(b []byte) []byte {
	ids := map[string]byte{"char": 0xAF, "varchar": 0xA7, "nchar": 0xEF, "nvarchar": 0xE7, "binary": 0xAD, "varbinary": 0xA5}
	size := c.length
	if c.typ[0] == 'n' {
		size *= 2
	}
	if c.length < 0 {
		size = 0xFFFF
	}
	b = binary.LittleEndian.AppendUint16(append(b, ids[c.typ]), uint16(size))
	if strings.HasSuffix(c.typ, "char") {
		b = append(b, collation...)
	}
	return b
}

// width is how many bytes the digits of a decimal take.
func (c column) width() int {
	switch {
	case c.length <= 9:
		return 4
	case c.length <= 19:
		return 8
	case c.length <= 28:
		return 12
	}
	return 16
}
