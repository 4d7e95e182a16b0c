package statement

import (
	"fmt"
	"strings"
	"unicode"

	"holdfast/engine/ar"
)

// customerFile names an account's workbook without month and ending.
func customerFile(c ar.Customer) string {
	number := c.Number
	if number == "" {
		number = string(c.Account.Customer)
	}
	return strings.TrimSuffix(fileName(number, "customer")+"-"+fileName(c.Name, ""), "-")
}

// maxName is the number of bytes of one part of a file name; three parts stay
// below what file systems take.
const maxName = 60

// fileName makes text safe as part of a file name on Windows and elsewhere:
// letters and digits of any script, dashes for all else.
func fileName(text, otherwise string) string {
	var b strings.Builder
	for _, r := range text {
		if b.Len()+len(string(r)) > maxName {
			break
		}
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r), r == '_':
			b.WriteRune(r)
		case !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	name := strings.Trim(b.String(), "-")
	if name == "" {
		name = otherwise
	}
	if reserved[strings.ToUpper(name)] {
		name += "-"
	}
	return name
}

// reserved are the device names of Windows, which are no files in any folder.
var reserved = map[string]bool{
	"CON": true, "PRN": true, "AUX": true, "NUL": true,
	"COM1": true, "COM2": true, "COM3": true, "COM4": true, "COM5": true, "COM6": true, "COM7": true, "COM8": true, "COM9": true,
	"LPT1": true, "LPT2": true, "LPT3": true, "LPT4": true, "LPT5": true, "LPT6": true, "LPT7": true, "LPT8": true, "LPT9": true,
}

// names are the file names in use, without regard to case.
type names map[string]bool

// take returns name, or name-2, name-3 ... where it is in use.
func (n names) take(name string) string {
	out := name
	for i := 2; n[strings.ToLower(out)]; i++ {
		out = fmt.Sprintf("%s-%d", name, i)
	}
	n[strings.ToLower(out)] = true
	return out
}
