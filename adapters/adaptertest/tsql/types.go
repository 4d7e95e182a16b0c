package tsql

import (
	"fmt"
	"strconv"
	"strings"
)

// Type is a type of T-SQL: Name in lower case, its length or precision where it
// has one; Length -1 stands for max.
type Type struct {
	Name          string
	Length, Scale int
}

// String writes the type as sp_describe_first_result_set does.
func (t Type) String() string {
	switch t.Name {
	case "decimal", "numeric":
		return fmt.Sprintf("%s(%d,%d)", t.Name, t.Length, t.Scale)
	case "char", "varchar", "nchar", "nvarchar", "binary", "varbinary":
		if t.Length < 0 {
			return t.Name + "(max)"
		}
		return fmt.Sprintf("%s(%d)", t.Name, t.Length)
	case "datetime2", "datetimeoffset", "time":
		return fmt.Sprintf("%s(%d)", t.Name, t.Scale)
	}
	return t.Name
}

// plain are the types without a length and what they are in PostgreSQL.
var plain = map[string]string{
	"int": "int", "bigint": "bigint", "smallint": "smallint", "tinyint": "smallint", "bit": "smallint", "money": "numeric(19,4)",
	"smallmoney": "numeric(10,4)", "real": "real", "date": "date", "datetime": "timestamp(3)", "smalldatetime": "timestamp(0)",
	"uniqueidentifier": "uuid", "text": "text", "ntext": "text", "image": "bytea", "rowversion": "bytea", "timestamp": "bytea",
	"sysname": "varchar(128)", "xml": "text",
}

// sized are the types with a length, and the length they have where none is
// written in a table and in CAST.
var sized = map[string][2]int{
	"char": {1, 30}, "varchar": {1, 30}, "nchar": {1, 30}, "nvarchar": {1, 30}, "binary": {1, 30}, "varbinary": {1, 30},
	"decimal": {18, 18}, "numeric": {18, 18}, "dec": {18, 18}, "datetime2": {7, 7}, "datetimeoffset": {7, 7}, "time": {7, 7}, "float": {53, 53},
}

// typ reads a type; cast says that it stands in CAST or CONVERT.
func (p *parser) typ(cast bool) Type {
	t := p.peek()
	if t.kind != word && t.kind != quoted {
		panic(near(t))
	}
	p.next()
	if p.take(".") { // a type of the schema sys
		t = p.next()
	}
	name := strings.ToLower(t.text)
	if name == "double" && p.take("PRECISION") {
		return Type{Name: "float", Length: 53}
	}
	switch name {
	case "character":
		name = "char"
	case "integer":
		name = "int"
	case "dec":
		name = "decimal"
	}
	if _, ok := plain[name]; ok {
		return Type{Name: name}
	}
	defaults, ok := sized[name]
	if !ok {
		panic(&Error{unknownType, t.line, fmt.Sprintf("Type %s is not a defined system type.", t.text)})
	}
	typ := Type{Name: name, Length: defaults[0]}
	if cast {
		typ.Length = defaults[1]
	}
	if p.take("(") {
		p.size(&typ)
		p.need(")")
	}
	switch name {
	case "datetime2", "datetimeoffset", "time":
		typ.Scale, typ.Length = typ.Length, 0
	}
	return typ
}

func (p *parser) size(typ *Type) {
	if p.take("MAX") {
		typ.Length = -1
		return
	}
	typ.Length, _ = strconv.Atoi(p.integer())
	if p.take(",") {
		typ.Scale, _ = strconv.Atoi(p.integer())
	}
}

// text reports whether the type holds texts.
func (t Type) text() bool {
	return strings.HasSuffix(t.Name, "char") || t.Name == "text" || t.Name == "ntext" || t.Name == "sysname" || t.Name == "xml"
}

// pg is the type of a column in PostgreSQL.
func (t Type) pg() string {
	if own, ok := plain[t.Name]; ok {
		return own
	}
	switch t.Name {
	case "char", "varchar", "nchar", "nvarchar":
		if t.Length < 0 {
			return "text"
		}
		return fmt.Sprintf("varchar(%d)", t.Length)
	case "decimal", "numeric":
		return fmt.Sprintf("numeric(%d,%d)", t.Length, t.Scale)
	case "datetime2":
		return fmt.Sprintf("timestamp(%d)", min(t.Scale, 6))
	case "datetimeoffset":
		return fmt.Sprintf("timestamptz(%d)", min(t.Scale, 6))
	case "time":
		return fmt.Sprintf("time(%d)", min(t.Scale, 6))
	case "float":
		if t.Length <= 24 {
			return "real"
		}
		return "double precision"
	}
	return "bytea"
}

// to writes the conversion of a value to the type, as CAST does. try gives NULL
// where it fails.
func (t Type) to(value string, try bool) string {
	sql := t.conversion(value)
	if !try {
		return sql
	}
	return fmt.Sprintf(`"sys".try_cast("sys".to_text(%s), %s, NULL::%s)`, value, Literal(t.conversion("$1")), t.pg())
}

func (t Type) conversion(v string) string {
	switch t.Name {
	case "char", "nchar":
		return fmt.Sprintf(`rpad("sys".cut(%s, %d)::varchar(%d), %d)`, v, t.Length, t.Length, t.Length)
	case "varchar", "nvarchar", "text", "ntext", "sysname", "xml":
		if t.Length > 0 {
			return fmt.Sprintf(`"sys".cut(%s, %d)::%s`, v, t.Length, t.pg())
		}
		return fmt.Sprintf(`"sys".to_text(%s)::%s`, v, t.pg())
	case "int", "bigint", "smallint", "tinyint":
		return fmt.Sprintf(`"sys".to_bigint(%s)::%s`, v, t.pg())
	case "bit":
		return fmt.Sprintf(`"sys".to_bit(%s)`, v)
	case "decimal", "numeric", "money", "smallmoney":
		return fmt.Sprintf(`"sys".to_numeric(%s)::%s`, v, t.pg())
	case "float", "real":
		return fmt.Sprintf(`"sys".to_float(%s)::%s`, v, t.pg())
	case "date":
		return fmt.Sprintf(`"sys".to_date(%s)`, v)
	case "datetime", "smalldatetime":
		return fmt.Sprintf(`"sys".in_datetime("sys".to_datetime(%s))::%s`, v, t.pg())
	case "datetime2":
		return fmt.Sprintf(`"sys".to_datetime(%s)::%s`, v, t.pg())
	case "datetimeoffset":
		return fmt.Sprintf(`"sys".to_datetimeoffset(%s)::%s`, v, t.pg())
	case "time":
		return fmt.Sprintf(`"sys".to_datetime(%s)::%s`, v, t.pg())
	case "uniqueidentifier":
		return fmt.Sprintf(`"sys".to_text(%s)::uuid`, v)
	case "binary", "rowversion", "timestamp":
		return fmt.Sprintf(`"sys".to_binary(%s, %d)`, v, max(t.Length, 8*b2i(t.Name != "binary")))
	}
	return fmt.Sprintf(`"sys".to_varbinary(%s)`, v)
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// Null is NULL of the type. Texts stay open, so that they turn into what they
// are compared with, as SQL Server does.
func (t Type) Null() string {
	if t.text() {
		return "NULL"
	}
	return "CAST(NULL AS " + t.pg() + ")"
}

// Declaration is a parameter: Name in lower case; Default is an expression of
// PostgreSQL, empty where there is none.
type Declaration struct {
	Name    string
	Type    Type
	Default string
}

// Declarations reads the parameters of a procedure or of sp_executesql: "@p1
// nvarchar(5), @p2 int = NULL".
func Declarations(text string) (list []Declaration, err error) {
	tokens, err := scan(text)
	if err != nil {
		return nil, err
	}
	p := &parser{src: text, tokens: tokens}
	failed := p.try(func() {
		for p.peek().kind != end {
			list = append(list, p.declaration())
			if !p.take(",") && p.peek().kind != end {
				panic(near(p.peek()))
			}
		}
	})
	if failed != nil {
		return nil, failed
	}
	return list, nil
}

func (p *parser) declaration() Declaration {
	t := p.next()
	if t.kind != variable {
		panic(near(t))
	}
	p.take("AS")
	d := Declaration{Name: strings.ToLower(t.text), Type: p.typ(false)}
	if p.take("=") {
		d.Default = p.term()
	}
	if !p.take("OUTPUT") {
		p.take("OUT")
	}
	return d
}

// cast reads CAST(value AS type).
func (p *parser) cast(try bool) string {
	p.need("(")
	v := p.value()
	p.need("AS")
	t := p.typ(true)
	p.need(")")
	return t.to(v, try)
}

// convert reads CONVERT(type, value[, style]).
func (p *parser) convert(try bool) string {
	p.need("(")
	t := p.typ(true)
	p.need(",")
	v := p.value()
	style := ""
	if p.take(",") {
		style = p.value()
	}
	p.need(")")
	if style == "" || style == "0" {
		return t.to(v, try)
	}
	switch {
	case t.text():
		return t.to(fmt.Sprintf(`"sys".styled(%s, %s)`, v, style), false)
	case strings.HasPrefix(t.Name, "date") || t.Name == "smalldatetime":
		return t.to(fmt.Sprintf(`"sys".read_styled("sys".to_text(%s), %s)`, v, style), try)
	case strings.HasSuffix(t.Name, "binary"):
		return fmt.Sprintf(`"sys".binary_styled(%s, %s)`, v, style)
	}
	return t.to(v, try)
}
