package ar

import "time"

// Mark is how far a company has been read, opaque to all but the adapter that
// returned it. The zero Mark means nothing was read yet.
type Mark string

// Finding is one thing that a probe noticed.
type Finding struct {
	Bad   bool   // false: worth knowing; true: a start would fail
	Where string // file, query or column
	What  string // what is wrong
	Cure  string // how to mend it
}

// Findings is what a probe of one ERP company saw.
type Findings struct {
	Identity  string        // the database itself: a restore or a move changes it
	Skew      time.Duration // ERP's clock minus ours
	Version   string        // of the server, for a person
	Collation string        // how its texts compare; empty where there is nothing to say
	Encrypted bool          // the connection
	Level     HoldLevel
	Stops     string // what a hold stops, in words
	CanHold   bool   // a hold can be written
	Plain     bool   // the connection is not encrypted and leaves this machine
	Items     []Finding
}

// OK reports whether nothing bad was found.
func (f Findings) OK() bool {
	for _, item := range f.Items {
		if item.Bad {
			return false
		}
	}
	return true
}
