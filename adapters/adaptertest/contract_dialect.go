package adaptertest

import (
	"fmt"
	"regexp"
)

// dialects are the few words that the contract's SQL cannot say alike on every
// engine. They stand in it as {word}; all else is SQL that every engine reads.
// SQLite keeps an amount as text, since its numbers are floating-point.
var dialects = map[string]map[string]string{
	"sqlite": {
		"text": "VARCHAR", "char": "CHAR", "whole": "INTEGER", "decimal": "TEXT", "money": "TEXT", "float": "REAL",
		"day": "DATE", "stamp": "TIMESTAMP", "flag": "BOOLEAN", "yes": "TRUE", "no": "FALSE",
		"N": "", "at": "", "on": "", "anycase": "COLLATE NOCASE",
	},
	"postgres": {
		"text": "VARCHAR", "char": "CHAR", "whole": "INTEGER", "decimal": "DECIMAL", "money": "MONEY", "float": "DOUBLE PRECISION",
		"day": "DATE", "stamp": "TIMESTAMP", "flag": "BOOLEAN", "yes": "TRUE", "no": "FALSE",
		"N": "", "at": "", "on": "", "anycase": "COLLATE anycase",
	},
	// Its collation is one that looks past case, unless the server was set up otherwise.
	"sqlserver": {
		"text": "NVARCHAR", "char": "NCHAR", "whole": "INT", "decimal": "DECIMAL", "money": "MONEY", "float": "FLOAT(53)",
		"day": "DATE", "stamp": "DATETIME2", "flag": "BIT", "yes": "1", "no": "0",
		"N": "N", "at": "", "on": "", "anycase": "",
	},
	// An empty text is NULL, DATE has a time, and there is no boolean before 23ai.
	"oracle": {
		"text": "VARCHAR2", "char": "CHAR", "whole": "NUMBER(10)", "decimal": "NUMBER", "money": "NUMBER(19,4)", "float": "BINARY_DOUBLE",
		"day": "DATE", "stamp": "TIMESTAMP", "flag": "NUMBER(1)", "yes": "1", "no": "0",
		"N": "", "at": "TIMESTAMP ", "on": "DATE ", "anycase": "",
	},
}

// setUp is what an engine needs before the schema.
var setUp = map[string]string{
	"postgres": `CREATE COLLATION anycase (provider = icu, locale = 'und-u-ks-level2', deterministic = false);`,
}

var dialectWord = regexp.MustCompile(`\{[a-zA-Z]+\}`)

// in writes a text of the contract for an engine.
func in(engine, text string) string {
	words := dialects[engine]
	return dialectWord.ReplaceAllStringFunc(text, func(word string) string {
		own, ok := words[word[1:len(word)-1]]
		if !ok {
			panic(fmt.Sprintf("adaptertest: %s has no word for %s", engine, word))
		}
		return own
	})
}
