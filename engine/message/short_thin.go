package message

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// cheap are the letters beyond ASCII that a text message carries at seven bits
// each (3GPP TS 23.038). Any other letter makes the whole text take more than
// twice the room.
const cheap = "£¥èéùìòÇØøÅåÄÖÑÜ§¿äöñüàÆæßÉ¡¤€"

// plainMarks are marks of typography with what stands for them on a telephone.
var plainMarks = strings.NewReplacer(
	"\u00a0", " ", "\u2009", " ", "\u202f", " ", "\u00ad", "",
	"‘", "'", "’", "'", "‚", "'", "“", `"`, "”", `"`, "„", `"`, "«", `"`, "»", `"`, "–", "-", "—", "-", "…", "...", "·", "-",
	"œ", "oe", "Œ", "OE", "ł", "l", "Ł", "L", "đ", "d", "Đ", "D", "ı", "i",
)

// thin writes a text in letters that take little room: ç becomes c and í becomes
// i, as on telegrams. Letters that are none of the Latin ones stay.
func thin(text string) string {
	var out strings.Builder
	for _, r := range plainMarks.Replace(norm.NFC.String(text)) {
		if r < unicode.MaxASCII || strings.ContainsRune(cheap, r) {
			out.WriteRune(r)
			continue
		}
		out.WriteString(baseOf(r))
	}
	return out.String()
}

// baseOf is a Latin letter without its accents; anything else as it is.
func baseOf(r rune) string {
	letters := []rune(norm.NFD.String(string(r)))
	for _, accent := range letters[1:] {
		if !unicode.Is(unicode.Mn, accent) {
			return string(r)
		}
	}
	if letters[0] < unicode.MaxASCII {
		return string(letters[0])
	}
	return string(r)
}
