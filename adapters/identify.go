package adapters

import (
	"context"
	"database/sql"
	"time"

	"holdfast/engine/fault"
)

// Identify reads which database this is, and its clock: what must be the same
// from one pull to the next.
func (e *ERP) Identify(ctx context.Context) (identity string, now time.Time, err error) {
	err = retry(ctx, nil, func() error {
		return e.onConn(ctx, e.read, func(conn *sql.Conn) error {
			server, err := e.cfg.Driver.Server(ctx, conn)
			if err != nil {
				return err
			}
			identity = server.Identity
			now, err = e.cfg.Driver.Clock(ctx, conn)
			return err
		})
	})
	return identity, now, fault.Wrap(string(e.cfg.Source)+": identify", err)
}
