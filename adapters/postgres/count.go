package postgres

import (
	"context"
	"database/sql"

	"holdfast/adapters"
	"holdfast/adapters/presets"
	"holdfast/engine/fault"
)

var _ adapters.Counter = Driver{}

// Committed returns the newest transaction before which all have ended, as a
// number that does not wrap around (PostgreSQL's manual, 9.26.8). A row's own
// number is worked out from its xmin and the newest transaction; a row that was
// frozen long ago counts as old.
func (Driver) Committed(ctx context.Context, conn *sql.Conn, kind presets.MarkKind) (int64, error) {
	if kind != presets.MarkXmin {
		return 0, unsupported(kind)
	}
	var n int64
	err := scan(ctx, conn, `SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 1`, &n)
	return n, err
}

// Reaches is always true of xmin: rows keep it until they are changed or frozen,
// and a frozen row is old.
func (Driver) Reaches(_ context.Context, _ *sql.Conn, kind presets.MarkKind, _ []string, _ int64) (bool, error) {
	if kind != presets.MarkXmin {
		return false, unsupported(kind)
	}
	return true, nil
}

func unsupported(kind presets.MarkKind) error {
	return fault.New(fault.Unsupported, "PostgreSQL has no mark of the kind %s", kind).WithCure("write stamp, xmin or whole in preset.toml")
}
