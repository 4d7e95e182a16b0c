package oracle

import (
	"os"
	"path/filepath"
	"strings"

	"holdfast/engine/fault"
)

// parameter is (NAME=value) or (NAME=(…)(…)) of a connect descriptor.
type parameter struct {
	name  string // upper case
	value string
	parts []parameter
}

// find returns every parameter of a name, at any depth.
func (p parameter) find(name string) []parameter {
	var found []parameter
	for _, part := range p.parts {
		if part.name == name {
			found = append(found, part)
		}
		found = append(found, part.find(name)...)
	}
	return found
}

// valueOf returns the first value of a name, or none.
func (p parameter) valueOf(name string) string {
	for _, found := range p.find(name) {
		return found.value
	}
	return ""
}

// descriptor lists the addresses of (DESCRIPTION=…), or of a list of them.
func descriptor(text string) ([]address, error) {
	parts, rest, ok := readParameters(text)
	if !ok || strings.TrimSpace(rest) != "" {
		return nil, unreadable("its parentheses do not match")
	}
	var list []address
	for _, d := range (parameter{parts: parts}).find("DESCRIPTION") {
		match := dnMatch(d.valueOf)
		for _, a := range d.find("ADDRESS") {
			protocol := strings.ToLower(a.valueOf("PROTOCOL"))
			list = append(list, address{protocol: protocol, host: a.valueOf("HOST"), verified: protocol == "tcps" && match})
		}
	}
	if len(list) == 0 {
		return nil, unreadable("it has no ADDRESS")
	}
	return list, nil
}

// readParameters reads (NAME=…)(NAME=…) from the start of text.
func readParameters(text string) (list []parameter, rest string, ok bool) {
	rest = strings.TrimLeft(text, " \t\r\n")
	for strings.HasPrefix(rest, "(") {
		name, behind, found := strings.Cut(rest[1:], "=")
		if !found || strings.ContainsAny(name, "()") {
			return nil, rest, false
		}
		p := parameter{name: strings.ToUpper(strings.TrimSpace(name))}
		behind = strings.TrimLeft(behind, " \t\r\n")
		if strings.HasPrefix(behind, "(") {
			if p.parts, behind, ok = readParameters(behind); !ok {
				return nil, rest, false
			}
		} else if p.value, behind, ok = readValue(behind); !ok {
			return nil, rest, false
		}
		if !strings.HasPrefix(behind, ")") {
			return nil, rest, false
		}
		list = append(list, p)
		rest = strings.TrimLeft(behind[1:], " \t\r\n")
	}
	return list, rest, true
}

// readValue reads up to the closing parenthesis; quoted, it may hold some.
func readValue(text string) (value, rest string, ok bool) {
	if strings.HasPrefix(text, `"`) {
		value, rest, ok = strings.Cut(text[1:], `"`)
		return value, strings.TrimLeft(rest, " \t\r\n"), ok
	}
	end := strings.IndexByte(text, ')')
	if end < 0 {
		return "", "", false
	}
	return strings.TrimSpace(text[:end]), text[end:], true
}

// lookup reads the descriptor of an alias from tnsnames.ora.
func lookup(name, configDir string) (string, error) {
	unknown := func(format string, args ...any) (string, error) {
		return "", fault.New(fault.Invalid, format, args...).
			WithCure(`name the folder of tnsnames.ora in the DSN as configDir="FOLDER", or write the address out: %s`, cureDSN)
	}
	if configDir == "" {
		return unknown("the connect string is a name, and the DSN names no folder with a tnsnames.ora to look it up in")
	}
	file := filepath.Join(configDir, "tnsnames.ora")
	text, err := os.ReadFile(file)
	if err != nil {
		return unknown("the connect string is a name to look up: %w", err)
	}
	if full, ok := entry(string(text), name); ok {
		return full, nil
	}
	return unknown("%s has no entry of the name that is the connect string", file)
}

// entry finds NAME = (…) in the text of a tnsnames.ora; several names may share
// one entry.
func entry(text, name string) (string, bool) {
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		if strings.HasPrefix(strings.TrimSpace(l), "#") {
			lines[i] = ""
		}
	}
	rest := strings.Join(lines, "\n")
	for {
		names, behind, found := strings.Cut(rest, "=")
		if !found {
			return "", false
		}
		behind = strings.TrimLeft(behind, " \t\r\n")
		if !strings.HasPrefix(behind, "(") { // a setting, such as IFILE
			_, rest, _ = strings.Cut(behind, "\n")
			continue
		}
		_, after, ok := readParameters(behind)
		if !ok {
			return "", false
		}
		for _, n := range strings.Split(names, ",") {
			if strings.EqualFold(strings.TrimSpace(n), name) {
				return strings.TrimSpace(behind[:len(behind)-len(after)]), true
			}
		}
		rest = after
	}
}
