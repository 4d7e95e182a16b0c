package tsql

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// longest is how many bytes of a name PostgreSQL keeps.
const longest = 63

// Name is how a T-SQL name is called in PostgreSQL: in lower case, since SQL
// Server's default collation compares names without case, and shortened to a
// beginning and a hash where PostgreSQL would cut it off.
func Name(written string) string {
	name := strings.ToLower(written)
	if len(name) <= longest {
		return name
	}
	sum := sha256.Sum256([]byte(name))
	head := 46
	for head > 0 && name[head]&0xc0 == 0x80 {
		head--
	}
	return name[:head] + "~" + hex.EncodeToString(sum[:8])
}

// ident quotes a name for PostgreSQL.
func ident(written string) string {
	return `"` + strings.ReplaceAll(Name(written), `"`, `""`) + `"`
}

// Literal writes a text as a literal of PostgreSQL.
func Literal(s string) string {
	return "'" + strings.ReplaceAll(s, "'", "''") + "'"
}

// object is the name of a table, view, function or procedure as written: an
// empty schema is the default one.
type object struct {
	schema, name string
}

// sql is the object's name in PostgreSQL. The names of databases are dropped:
// all of them are this one.
func (o object) sql() string {
	switch schema := strings.ToLower(o.schema); schema {
	case "":
		return ident("dbo") + "." + ident(o.name)
	case "information_schema":
		return `"sys".` + ident("information_schema "+o.name)
	default:
		return ident(schema) + "." + ident(o.name)
	}
}

// schemaSQL is the name of the object's schema.
func (o object) schemaSQL() string {
	if o.schema == "" {
		return ident("dbo")
	}
	return ident(o.schema)
}

// bare reports whether the object was written without a schema.
func (o object) bare() bool { return o.schema == "" }
