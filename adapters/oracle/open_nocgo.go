//go:build !cgo

package oracle

import (
	"database/sql"

	"holdfast/adapters"
	"holdfast/engine/fault"
)

// Open says that this build cannot open a connection.
func (Driver) Open(dsn string, _ adapters.Options) (*sql.DB, error) {
	if _, err := parse(dsn); err != nil {
		return nil, err
	}
	return nil, fault.New(fault.Unsupported, "this build has no Oracle driver").
		WithCure("take the build with cgo, and %s", cureClient)
}
