package tds

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"holdfast/adapters/adaptertest/tsql"
)

// Failure is an error as SQL Server reports it.
type Failure struct {
	Number int
	Class  byte // severity; 20 and above end the connection
	Line   int
	Text   string
}

func (f *Failure) Error() string { return fmt.Sprintf("%d: %s", f.Number, f.Text) }

// classes are the severities of some numbers; the others have 16.
var classes = map[int]byte{
	102: 15, 105: 15, 137: 15, 156: 15, 195: 15, 229: 14, 230: 14, 262: 14, 1205: 13, 2601: 14, 2627: 14, 4060: 11, 18456: 14, 3906: 16,
}

func fail(number int, text string, args ...any) *Failure {
	class, ok := classes[number]
	if !ok {
		class = 16
	}
	return &Failure{Number: number, Class: class, Text: fmt.Sprintf(text, args...)}
}

// numbers maps SQLSTATE to an error of SQL Server.
var numbers = map[string]int{
	"42P01": 208, "42703": 207, "42702": 209, "42803": 8120, "42601": 102, "42501": 229, "25006": 3906, "23505": 2627, "23503": 547,
	"23514": 547, "23502": 515, "40P01": 1205, "55P03": 1222, "40001": 3960, "22001": 2628, "22003": 8115, "22012": 8134, "22007": 241,
	"22008": 242, "42P07": 2714, "42701": 2705, "3F000": 2760, "42804": 206, "42725": 8117, "21000": 512, "53200": 701, "53100": 1105,
	"42712": 1011, "42P19": 252, "42P10": 145, "22P02": 245, "42883": 402, "54001": 8623,
}

var quotedName = regexp.MustCompile(`"([^"]+)"|column ([\w.]+) does not exist|for (?:table|view|column|sequence) (\S+)`)

// failureOf is what SQL Server would say for an error of PostgreSQL or of the
// rewriting.
func failureOf(err error) *Failure {
	var known *Failure
	if errors.As(err, &known) {
		return known
	}
	var refused *tsql.Error
	if errors.As(err, &refused) {
		f := fail(refused.Number, "%s", refused.Text)
		f.Line = refused.Line
		return f
	}
	var theirs *pgconn.PgError
	if !errors.As(err, &theirs) {
		return fail(tsql.Unknown, "the stand-in fails: %v", err)
	}
	number, ok := numbers[theirs.Code]
	if !ok {
		return fail(tsql.Unknown, "PostgreSQL says %s: %s", theirs.Code, theirs.Message)
	}
	return fail(narrower(number, theirs), "%s", worded(number, theirs))
}

// narrower tells apart what PostgreSQL has one code for.
func narrower(number int, e *pgconn.PgError) int {
	switch {
	case number == 2627 && strings.Contains(e.ConstraintName, "~") && !strings.HasPrefix(e.ConstraintName, "pk~"):
		return 2601 // an index, and no constraint
	case number == 245 && strings.Contains(e.Message, "type numeric"):
		return 8114
	case number == 245 && strings.Contains(e.Message, "type uuid"):
		return 8169
	case number == 402 && !strings.Contains(e.Message, "operator"):
		return 195
	}
	return number
}

// worded is the message of an error: SQL Server's words for those that are often
// looked at, and what PostgreSQL said.
func worded(number int, e *pgconn.PgError) string {
	name := ""
	if m := quotedName.FindStringSubmatch(e.Message); m != nil {
		name = m[1] + m[2] + m[3]
	}
	switch number {
	case 208:
		return fmt.Sprintf("Invalid object name '%s'.", name)
	case 207:
		return fmt.Sprintf("Invalid column name '%s'.", name[strings.LastIndex(name, ".")+1:])
	case 229:
		return fmt.Sprintf("The permission was denied on the object '%s', database '%s', schema 'dbo'. (%s)", name, Database, e.Message)
	case 1205:
		return "Transaction was deadlocked on lock resources with another process and has been chosen as the deadlock victim. Rerun the transaction."
	case 1222:
		return "Lock request time out period exceeded."
	case 3906:
		return fmt.Sprintf("Failed to update database \"%s\" because the database is read-only.", Database)
	case 3960:
		return "Snapshot isolation transaction aborted due to update conflict. Retry the transaction or change the isolation level."
	}
	return e.Message
}

// kills reports whether an error undoes the whole transaction by itself.
func (f *Failure) kills() bool { return f.Number == 1205 || f.Number == 3960 || f.Class >= 20 }

// endsBatch reports whether the statements after the one that failed are left
// out. SQL Server goes on after a row that breaks a rule.
func (f *Failure) endsBatch() bool {
	switch f.Number {
	case 2627, 2601, 547, 515, 2628:
		return false
	}
	return true
}
