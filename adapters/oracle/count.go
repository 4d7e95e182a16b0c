package oracle

import (
	"context"
	"database/sql"
	"fmt"

	"holdfast/adapters"
	"holdfast/adapters/presets"
	"holdfast/engine/fault"
)

// Committed returns the system change number of this moment and begins the
// read-only transaction anew behind it: the picture then holds every change up to
// that number, which one begun before it need not.
func (d Driver) Committed(ctx context.Context, conn *sql.Conn, kind presets.MarkKind) (int64, error) {
	if kind != presets.MarkSCN {
		return 0, fault.New(fault.Unsupported, "Oracle does not count changes by %s", kind).WithCure(`write kind = "scn" or "stamp"`)
	}
	number, err := d.changeNumber(ctx, conn)
	if err != nil {
		return 0, err
	}
	return number, conn.Raw(func(raw any) error {
		s, ok := raw.(interface{ renew(context.Context) error })
		if !ok {
			return fmt.Errorf("the connection is a %T, not one of this driver", raw)
		}
		return s.renew(ctx)
	})
}

// changeNumber asks whichever source the login may see.
func (d Driver) changeNumber(ctx context.Context, conn *sql.Conn) (int64, error) {
	var number int64
	var err error
	for _, q := range []string{"SELECT current_scn FROM v$database", "SELECT DBMS_FLASHBACK.GET_SYSTEM_CHANGE_NUMBER FROM DUAL"} {
		if err = conn.QueryRowContext(ctx, q).Scan(&number); err == nil {
			return number, nil
		}
		switch class, _ := d.Sort(err); class {
		case adapters.Missing, adapters.Permission:
		default:
			return 0, err
		}
	}
	return 0, fault.New(fault.Denied, "the login may not see the system change number: %w", err).
		WithCure("GRANT EXECUTE ON DBMS_FLASHBACK TO the login, or GRANT SELECT ON V_$DATABASE TO it")
}

// Reaches is always true: a row keeps its system change number.
func (Driver) Reaches(context.Context, *sql.Conn, presets.MarkKind, []string, int64) (bool, error) {
	return true, nil
}
