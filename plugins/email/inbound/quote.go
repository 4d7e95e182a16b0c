package inbound

import (
	"regexp"
	"strings"
)

// written returns what the writer wrote: the text without quoted lines, what
// stands before and after them, signature and footers of telephones.
func (l *letter) written() string {
	if l.fresh == nil {
		text := withoutQuotes(l.lines)
		l.fresh = &text
	}
	return *l.fresh
}

func withoutQuotes(lines []string) string {
	var kept []string
	for i := 0; i < len(lines); i++ {
		line := strings.TrimRight(lines[i], " \t\r\u00a0")
		switch {
		case quoted(line), marker.MatchString(line):
			continue
		case line == "--" || lines[i] == "-- " || lines[i] == "-- \r":
			i = nextQuote(lines, i) // the signature; an answer below a quote may still follow
			continue
		case cuts(lines, i):
			return tidy(kept)
		}
		if n := attribution(lines, i); n > 0 {
			if quoteFollows(lines[i+n:]) {
				i += n - 1
				continue
			}
			if timeOrAddress.MatchString(strings.Join(lines[i:i+n], " ")) {
				return tidy(kept)
			}
		}
		kept = append(kept, line)
	}
	return tidy(kept)
}

// nextQuote returns the line before the next quoted one, or the last line.
func nextQuote(lines []string, from int) int {
	for i := from; i < len(lines); i++ {
		if quoted(lines[i]) {
			return i - 1
		}
	}
	return len(lines)
}

func quoted(line string) bool {
	return strings.HasPrefix(strings.TrimLeft(line, " \t\u00a0"), ">")
}

var (
	// What help desks ask to be left in place.
	marker = regexp.MustCompile(`(?i)^\s*[#=*_-]*\s*(please )?(type|write) your reply above this line\b.*$`)
	// Lines below which everything is the earlier mail.
	original = regexp.MustCompile(`(?i)^\s*[-_*]{2,}\s*(original message|forwarded message|original appointment|ursprüngliche nachricht|original-?nachricht|weitergeleitete nachricht|` +
		`message d'origine|message original|message transféré|mensaje original|mensaje reenviado|messaggio originale|messaggio inoltrato|` +
		`oorspronkelijk bericht|doorgestuurd bericht|mensagem original)\s*[-_*]*\s*$`)
	ruler    = regexp.MustCompile(`^\s*_{20,}\s*$`)
	fromLine = regexp.MustCompile(`(?i)^\s*\*?(from|von|de|da|van|från|od)\s?:\*?\s+\S`)
	headLine = regexp.MustCompile(`(?i)^\s*\*?(sent|to|cc|subject|date|gesendet|an|betreff|datum|envoyé|à|objet|enviado( el)?|para|asunto|fecha|` +
		`inviato|a|oggetto|data|verzonden|aan|onderwerp)\s?:\*?\s`)
	// The line above a quote, as mail programs write it, on one to three lines.
	wrote = regexp.MustCompile(`(?is)^\s*(` +
		`on .{4,300}\bwrote:|` +
		`(am|den) .{4,300}\bschrieb\b.{0,200}:|.{3,200}\bschrieb am .{4,200}:|` +
		`le .{4,300}\ba écrit\s*:|` +
		`el .{4,300}\bescribió:|` +
		`il .{4,300}\bha scritto:|` +
		`op .{4,300}\bschreef\b.{0,200}:|` +
		`em .{4,300}\bescreveu:|` +
		`(den|på) .{4,300}\bskre[vf]\b.{0,200}:|` +
		`.{3,200} (wrote|writes) on .{4,200}:` +
		`)\s*$`)
	// The same in any other language: when, who, at which address, and a colon.
	anyWrote = regexp.MustCompile(`^.{0,200}\d.{0,200}<[^<>\s]+@[^<>\s]+>[^<>]{0,30}:\s*$`)
	// A quote without marks begins below such a line only if a program wrote it.
	timeOrAddress = regexp.MustCompile(`\d{1,2}[:.h]\d{2}|<\S+@\S+>`)
	telephone     = regexp.MustCompile(`(?i)^\s*(sent from my |get outlook for |sent (from|with) (outlook|mail|yahoo|samsung|proton)|von meinem .* gesendet|gesendet von (meinem|mail|outlook)|` +
		`envoyé (de|depuis) (mon|mail|outlook)|enviado desde mi|inviato (da|dal mio)|verzonden vanaf|diese nachricht wurde von meinem).{0,80}$`)
)

// cuts reports whether the earlier mail begins at a line and goes to the end.
func cuts(lines []string, i int) bool {
	line := lines[i]
	switch {
	case original.MatchString(line):
		return true
	case ruler.MatchString(line):
		for _, next := range lines[i+1 : min(i+4, len(lines))] {
			if fromLine.MatchString(next) {
				return true
			}
		}
	case fromLine.MatchString(line), headLine.MatchString(line):
		return headBlock(lines[i:])
	}
	return false
}

// headBlock reports whether headers of a mail begin here, as Outlook and many
// others show them: who wrote it, and two more.
func headBlock(lines []string) bool {
	from, more := false, 0
	for _, line := range lines[:min(7, len(lines))] {
		switch {
		case fromLine.MatchString(line):
			from = true
		case headLine.MatchString(line):
			more++
		}
	}
	return from && more >= 2
}

// attribution returns how many lines from i on say who wrote what follows, 0
// where they do not.
func attribution(lines []string, i int) int {
	joined := ""
	for n := 1; n <= 3 && i+n <= len(lines); n++ {
		line := lines[i+n-1]
		if strings.TrimSpace(line) == "" || quoted(line) || len(line) > 500 {
			return 0
		}
		joined = strings.TrimSpace(joined + " " + strings.TrimSpace(line))
		if wrote.MatchString(joined) || anyWrote.MatchString(joined) && quoteFollows(lines[i+n:]) {
			return n
		}
	}
	return 0
}

// quoteFollows reports whether the next line with something on it is quoted.
func quoteFollows(lines []string) bool {
	for _, line := range lines {
		if strings.TrimSpace(line) != "" {
			return quoted(line)
		}
	}
	return true
}

// tidy drops empty lines at both ends, more than one in between, and the footer
// of a telephone.
func tidy(lines []string) string {
	for len(lines) > 0 && (strings.TrimSpace(lines[len(lines)-1]) == "" || telephone.MatchString(lines[len(lines)-1])) {
		lines = lines[:len(lines)-1]
	}
	var b strings.Builder
	blank := true
	for _, line := range lines {
		empty := strings.TrimSpace(line) == ""
		if empty && blank {
			continue
		}
		b.WriteString(line + "\n")
		blank = empty
	}
	return strings.TrimSpace(b.String())
}
