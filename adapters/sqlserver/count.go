package sqlserver

import (
	"context"
	"database/sql"

	"holdfast/adapters/presets"
	"holdfast/engine/fault"
)

// Committed returns the number below which every rowversion, or every tracked
// change, is committed.
func (Driver) Committed(ctx context.Context, conn *sql.Conn, kind presets.MarkKind) (int64, error) {
	var query string
	switch kind {
	case presets.MarkRow:
		query = "SELECT CONVERT(bigint, MIN_ACTIVE_ROWVERSION()) - 1"
	case presets.MarkTracking:
		query = "SELECT CHANGE_TRACKING_CURRENT_VERSION()"
	default:
		return 0, uncounted(kind)
	}
	var number sql.NullInt64
	if err := conn.QueryRowContext(ctx, query).Scan(&number); err != nil {
		return 0, err
	}
	if !number.Valid {
		return 0, fault.New(fault.Unsupported, "change tracking is not turned on for this database").
			WithCure("let the administrator run ALTER DATABASE [name] SET CHANGE_TRACKING = ON (CHANGE_RETENTION = 7 DAYS, AUTO_CLEANUP = ON), " +
				"ALTER TABLE [name] ENABLE CHANGE_TRACKING for each table and GRANT VIEW CHANGE TRACKING on it; or set the mark to stamp")
	}
	return number.Int64, nil
}

// Reaches reports whether the server still keeps all changes after number. Of a
// table that is not tracked, or whose changes the login may not see, it does
// not.
func (d Driver) Reaches(ctx context.Context, conn *sql.Conn, kind presets.MarkKind, tables []string, number int64) (bool, error) {
	switch kind {
	case presets.MarkRow:
		return true, nil
	case presets.MarkTracking:
	default:
		return false, uncounted(kind)
	}
	for _, table := range tables {
		var oldest sql.NullInt64
		err := conn.QueryRowContext(ctx, "SELECT CHANGE_TRACKING_MIN_VALID_VERSION(OBJECT_ID(@p1))", d.Bind(table)).Scan(&oldest)
		if err != nil || !oldest.Valid || oldest.Int64 > number {
			return false, err
		}
	}
	return true, nil
}

func uncounted(kind presets.MarkKind) error {
	return fault.New(fault.Unsupported, "SQL Server counts no changes by %s", kind).
		WithCure("write kind = %q, %q or %q in the preset's mark", presets.MarkRow, presets.MarkTracking, presets.MarkStamp)
}
