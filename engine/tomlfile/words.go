package tomlfile

import (
	"regexp"
	"strings"
)

// wrongType is how the decoder says that a value has not the type of its key.
var wrongType = regexp.MustCompile(`^cannot (?:decode TOML|store an?) ([a-z ]+?) (?:into struct field \S+ of type|in a) (.+)$`)

// plainly turns the decoder's words, which name Go's types, into what the person
// who wrote the file knows.
func plainly(what string) (plain, cure string) {
	m := wrongType.FindStringSubmatch(what)
	if m == nil {
		return what, cureOf(what)
	}
	wanted, cure := typeWords(m[2])
	return article(m[1]) + " stands where " + wanted + " belongs", cure
}

// cureOf says how to mend what is no TOML.
func cureOf(what string) string {
	for _, c := range []struct{ says, cure string }{
		{"cannot have new lines", "close the text with a quote on the same line"},
		{"expected '=' after key", "write key = value"},
		{"U+000A", "write a value after the ="},
		{"U+00E2", "write straight quotes, not those of a word processor"},
		{"U+000D", "save the file with the line ends of Windows or Unix"},
		{"escape", `write two backslashes for one, or put the text in single quotes`},
		{"already", "write it once"},
		{"nested more than", "write fewer brackets within each other"},
		{"close array table name", "close it with ]]"},
	} {
		if strings.Contains(what, c.says) {
			return c.cure
		}
	}
	return "mend the line as TOML wants it: key = value, texts in quotes, tables in brackets"
}

// typeWords names a Go type in words, with an example of how it is written.
func typeWords(goType string) (name, cure string) {
	switch goType {
	case "string":
		return "a text", `write a text in quotes: "..."`
	case "int", "int64", "uint", "uint64":
		return "a whole number", "write the number without quotes, such as 5"
	case "float64":
		return "a number", "write the number without quotes, such as 2.5"
	case "bool":
		return "true or false", "write true or false, without quotes"
	case "[]string":
		return "a list of texts", `write a list: ["...", "..."]`
	case "[]int":
		return "a list of whole numbers", "write a list: [1, 2]"
	}
	if len(goType) > 2 && goType[:2] == "[]" {
		return "a list of tables", "write a table of its own for each, under its name in double brackets: [[...]]"
	}
	return "a table", "write its keys below its name in brackets: [...]"
}

// article puts "a" or "an" before a word.
func article(word string) string {
	switch word[0] {
	case 'a', 'e', 'i', 'o', 'u':
		return "an " + word
	}
	return "a " + word
}
