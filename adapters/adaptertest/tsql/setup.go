package tsql

import (
	_ "embed"
	"fmt"
	"strings"
)

//go:embed setup.sql
var setup string

//go:embed catalogue.sql
var catalogue string

// Setup is the SQL that makes the schemas dbo and sys in an empty PostgreSQL
// database of UTF-8: the functions, operators and catalogue views that rewritten
// statements use. It must run as a superuser; name is what DB_NAME() returns.
func Setup(name string) string {
	head := `CREATE SCHEMA "dbo"; CREATE SCHEMA "sys"; SET search_path = "dbo", "sys", pg_catalog; SET check_function_bodies = off;`
	own := fmt.Sprintf("CREATE FUNCTION sys.db_name() RETURNS text LANGUAGE sql IMMUTABLE AS $f$ SELECT %s::text $f$;", Literal(name))
	return strings.Join([]string{head, own, textOperators(), setup, conversions(), mixedOperators(), catalogue}, "\n")
}

// Session is what each connection of a server must run first.
const Session = `SET search_path = "dbo", "sys", pg_catalog; SET TimeZone = 'UTC'; SET DateStyle = 'ISO, MDY'; ` +
	`SET client_min_messages = 'warning'; SET standard_conforming_strings = on`

// comparisons are the operators with the function of PostgreSQL that compares
// texts without the blanks at their end, its commutator and its negator.
var comparisons = [][4]string{
	{"=", "bpchareq", "=", "<>"}, {"<>", "bpcharne", "<>", "="}, {"<", "bpcharlt", ">", ">="},
	{"<=", "bpcharle", ">=", ">"}, {">", "bpchargt", "<", "<="}, {">=", "bpcharge", "<=", "<"},
}

// textOperators makes texts compare as SQL Server compares them, in conditions
// and in GROUP BY, DISTINCT, ORDER BY and unique keys. Case is the collation's
// matter.
func textOperators() string {
	var b strings.Builder
	b.WriteString(`CREATE COLLATION sys.ci (provider = icu, locale = 'und-u-ks-level2', deterministic = false);`)
	for _, c := range comparisons {
		fmt.Fprintf(&b, "CREATE FUNCTION sys.%s(text, text) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS '%s';\n", c[1], c[1])
	}
	for _, c := range comparisons {
		estimate := map[string]string{"=": "eqsel", "<>": "neqsel", "<": "scalarltsel", "<=": "scalarlesel", ">": "scalargtsel", ">=": "scalargesel"}[c[0]]
		extra := ""
		if c[0] == "=" {
			extra = ", HASHES, MERGES"
		}
		fmt.Fprintf(&b, "CREATE OPERATOR sys.%s (LEFTARG = text, RIGHTARG = text, FUNCTION = sys.%s, COMMUTATOR = OPERATOR(sys.%s), "+
			"NEGATOR = OPERATOR(sys.%s), RESTRICT = %s, JOIN = %s%s);\n", c[0], c[1], c[2], c[3], estimate, strings.Replace(estimate, "sel", "joinsel", 1), extra)
	}
	return b.String()
}

// scalar are the types of PostgreSQL that values have.
var scalar = []string{"int2", "int4", "int8", "numeric", "float4", "float8", "date", "timestamp", "timestamptz", "uuid", "bytea", "text"}

// conversions makes the functions sys.to_… for each type that CAST may come from.
func conversions() string {
	var b strings.Builder
	define := func(name, from, to, body string) {
		fmt.Fprintf(&b, "CREATE FUNCTION sys.%s(%s) RETURNS %s LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $f$ SELECT %s $f$;\n", name, from, to, body)
	}
	for _, t := range scalar {
		number := strings.Contains(" int2 int4 int8 numeric float4 float8 ", " "+t+" ")
		if body, own := special["to_text "+t]; own {
			define("to_text", t, "text", body)
		} else {
			define("to_text", t, "text", "$1::text")
		}
		switch {
		case !number:
			define("cut", t+", int", "text", "left(sys.to_text($1), $2)")
		case t[:3] == "int":
			define("cut", t+", int", "text", "CASE WHEN length($1::text) > $2 THEN '*' ELSE $1::text END")
		default:
			define("cut", t+", int", "text", "CASE WHEN length($1::text) > $2 THEN sys.overflow($1::text) ELSE $1::text END")
		}
		for _, target := range []string{"bigint", "numeric", "float", "bit", "date", "datetime", "datetimeoffset", "binary", "varbinary"} {
			from, pg := t, targets[target]
			if target == "binary" {
				from += ", int"
			}
			if body, own := special["to_"+target+" "+t]; own {
				define("to_"+target, from, pg, body)
			} else if number && strings.Contains(" bigint numeric float bit ", " "+target+" ") {
				define("to_"+target, from, pg, strings.ReplaceAll(numbers[target], "TYPE", pg))
			}
		}
	}
	return b.String()
}

// targets are the types that sys.to_… functions return.
var targets = map[string]string{
	"bigint": "bigint", "numeric": "numeric", "float": "double precision", "bit": "smallint", "date": "date", "datetime": "timestamp",
	"datetimeoffset": "timestamptz", "binary": "bytea", "varbinary": "bytea",
}

// numbers converts a number to another kind of number.
var numbers = map[string]string{
	"bigint": "trunc($1::numeric)::bigint", "numeric": "$1::numeric", "float": "$1::double precision",
	"bit": "(CASE WHEN $1 IS NULL THEN NULL WHEN $1 = 0 THEN 0 ELSE 1 END)::smallint",
}

// special holds the conversions that are not PostgreSQL's own.
var special = map[string]string{
	"to_text text": "$1",
	"to_text date": "to_char($1, 'YYYY-MM-DD')",
	"to_text timestamp": "to_char($1, 'Mon ') || lpad(to_char($1, 'FMDD'), 2) || to_char($1, ' YYYY ') || " +
		"lpad(to_char($1, 'FMHH12'), 2) || to_char($1, ':MIAM')",
	"to_text uuid":  "upper($1::text)",
	"to_text bytea": "convert_from($1, 'LATIN1')",

	"to_bigint text":  "CASE WHEN btrim($1) = '' THEN 0 ELSE $1::bigint END",
	"to_bigint bytea": "('x' || lpad(encode($1, 'hex'), 16, '0'))::bit(64)::bigint",
	"to_numeric text": "$1::numeric",
	"to_float text":   "CASE WHEN btrim($1) = '' THEN 0 ELSE $1::double precision END",
	"to_bit text":     "(CASE lower(btrim($1)) WHEN 'true' THEN 1 WHEN 'false' THEN 0 WHEN '' THEN 0 ELSE abs(sign($1::int)) END)::smallint",

	"to_date text":        "CASE WHEN btrim($1) = '' THEN DATE '1900-01-01' ELSE $1::timestamp::date END",
	"to_date date":        "$1",
	"to_date timestamp":   "$1::date",
	"to_date timestamptz": "($1 AT TIME ZONE 'UTC')::date",

	"to_datetime text":        "CASE WHEN btrim($1) = '' THEN TIMESTAMP '1900-01-01' ELSE $1::timestamp END",
	"to_datetime date":        "$1::timestamp",
	"to_datetime timestamp":   "$1",
	"to_datetime timestamptz": "$1 AT TIME ZONE 'UTC'",
	"to_datetime int4":        "TIMESTAMP '1900-01-01' + $1 * INTERVAL '1 day'",
	"to_datetime int8":        "TIMESTAMP '1900-01-01' + $1 * INTERVAL '1 day'",
	"to_datetime numeric":     "TIMESTAMP '1900-01-01' + $1::float8 * INTERVAL '1 day'",

	"to_datetimeoffset text":        "$1::timestamptz",
	"to_datetimeoffset date":        "$1::timestamp AT TIME ZONE 'UTC'",
	"to_datetimeoffset timestamp":   "$1 AT TIME ZONE 'UTC'",
	"to_datetimeoffset timestamptz": "$1",

	"to_binary int2":  "decode(right(lpad(lpad(to_hex($1::int), 4, '0'), $2 * 2, '0'), $2 * 2), 'hex')",
	"to_binary int4":  "decode(right(lpad(lpad(to_hex($1), 8, '0'), $2 * 2, '0'), $2 * 2), 'hex')",
	"to_binary int8":  "decode(right(lpad(lpad(to_hex($1), 16, '0'), $2 * 2, '0'), $2 * 2), 'hex')",
	"to_binary bytea": "decode(rpad(encode($1, 'hex'), $2 * 2, '0'), 'hex')",
	"to_binary text":  "decode(rpad(encode(convert_to($1, 'UTF8'), 'hex'), $2 * 2, '0'), 'hex')",

	"to_varbinary int4":  "decode(lpad(to_hex($1), 8, '0'), 'hex')",
	"to_varbinary int8":  "decode(lpad(to_hex($1), 16, '0'), 'hex')",
	"to_varbinary bytea": "$1",
	"to_varbinary text":  "convert_to($1, 'UTF8')",
}

// mixedOperators compares a text with another type: SQL Server turns the text
// into that type.
func mixedOperators() string {
	conversion := map[string]string{
		"int2": "sys.to_bigint", "int4": "sys.to_bigint", "int8": "sys.to_bigint", "numeric": "sys.to_numeric", "float8": "sys.to_float",
		"date": "sys.to_date", "timestamp": "sys.to_datetime", "uuid": "CAST",
	}
	var b strings.Builder
	for _, t := range []string{"int2", "int4", "int8", "numeric", "float8", "date", "timestamp", "uuid"} {
		turn := conversion[t] + "(%s)"
		if t == "uuid" {
			turn = "CAST(%s AS uuid)"
		}
		for _, c := range comparisons {
			name := "mixed_" + c[1]
			for _, swap := range []bool{false, true} {
				left, right := "text", t
				a, z := fmt.Sprintf(turn, "$1"), "$2"
				if swap {
					left, right = t, "text"
					a, z = "$1", fmt.Sprintf(turn, "$2")
				}
				fmt.Fprintf(&b, "CREATE FUNCTION sys.%s(%s, %s) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $f$ SELECT %s OPERATOR(pg_catalog.%s) %s $f$;\n",
					name, left, right, a, c[0], z)
				fmt.Fprintf(&b, "CREATE OPERATOR sys.%s (LEFTARG = %s, RIGHTARG = %s, FUNCTION = sys.%s);\n", c[0], left, right, name)
			}
		}
	}
	return b.String()
}
