package adapters

import "holdfast/engine/fault"

// Class is what a database's error is about. Every driver sorts its own codes
// into these few; what is done about each is said once, here.
type Class string

// The classes of a database's errors.
const (
	Connection     Class = "connection"     // not reached, or lost
	Authentication Class = "authentication" // the login is not let in
	Permission     Class = "permission"     // the login may not do this
	ReadOnly       Class = "read-only"      // nobody may write there
	Absent         Class = "missing database"
	Missing        Class = "missing object" // no such table or column, or SQL that does not parse
	Lock           Class = "lock"           // a lock, a deadlock, or two transactions that exclude each other
	Constraint     Class = "constraint"     // a rule of the table refuses the row
	Data           Class = "data"           // a value that does not convert, or does not fit
	Timeout        Class = "timeout"        // the statement took too long
	Cancelled      Class = "cancelled"      // somebody ended the statement
	Exhausted      Class = "exhausted"      // the server is short of memory, space or connections
	Damaged        Class = "damaged"        // the database's own files
	Other          Class = ""               // not known
)

// Kind says what can be done about errors of a class.
func (c Class) Kind() fault.Kind {
	switch c {
	case Connection, Lock, Timeout, Cancelled, Exhausted:
		return fault.Transient
	case Authentication, Permission, ReadOnly:
		return fault.Denied
	case Absent:
		return fault.NotFound
	case Missing, Constraint, Data:
		return fault.Invalid
	case Damaged:
		return fault.Corrupt
	}
	return fault.Unknown
}
