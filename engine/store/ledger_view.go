package store

import "holdfast/engine/ar"

// AccountLedger is one customer with its documents, open or closed lately, and
// what was applied to them.
type AccountLedger struct {
	Customer     ar.Customer
	Documents    []ar.Document
	Applications []ar.Application
}
