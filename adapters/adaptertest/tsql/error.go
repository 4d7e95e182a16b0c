package tsql

import "fmt"

// Error says why a batch was refused. Number is SQL Server's own where that
// server would refuse the batch too, else Unknown.
type Error struct {
	Number int
	Line   int // of the batch, from 1
	Text   string
}

// Unknown is the number for T-SQL that may be sound, but that this package does
// not know.
const Unknown = 50000

// Numbers of SQL Server that a refusal carries.
const (
	badSyntax       = 102
	badKeyword      = 156
	aggregateInside = 130
	undeclared      = 137
	notAFunction    = 195
	unknownType     = 243
	orderInside     = 1033
	unnamedColumn   = 8155
	doubledColumn   = 8156
)

func (e *Error) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.Text) }

// near refuses a token as SQL Server does.
func near(t token) *Error {
	if t.kind == end {
		return &Error{badSyntax, t.line, "Incorrect syntax: the batch ends too early."}
	}
	if t.kind == word && reserved[t.upper()] {
		return &Error{badKeyword, t.line, fmt.Sprintf("Incorrect syntax near the keyword '%s'.", t.text)}
	}
	return &Error{badSyntax, t.line, fmt.Sprintf("Incorrect syntax near '%s'.", t.text)}
}

// strange refuses T-SQL that is not known here.
func strange(t token, what string, args ...any) *Error {
	return &Error{Unknown, t.line, "tsql: " + fmt.Sprintf(what, args...) + " is not known to this stand-in"}
}
