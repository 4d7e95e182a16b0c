package sqlserver

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"holdfast/adapters"
)

// Server names the database by what the server keeps of its files and backups:
// one that is restored, over itself too, is on another recovery fork. A login
// that may not see that is told by the database's name and age.
func (Driver) Server(ctx context.Context, conn *sql.Conn) (adapters.Server, error) {
	got, err := scalars(ctx, conn,
		"SELECT SERVERPROPERTY('ProductVersion')",
		"SELECT DB_NAME()",
		"SELECT DATABASEPROPERTYEX(DB_NAME(), 'Collation')",
		"SELECT database_guid FROM sys.database_recovery_status WHERE database_id = DB_ID()",
		"SELECT recovery_fork_guid FROM sys.database_recovery_status WHERE database_id = DB_ID()",
		"SELECT CONVERT(varchar(23), create_date, 121) FROM sys.databases WHERE database_id = DB_ID()")
	if err != nil {
		return adapters.Server{}, err
	}
	version, name, collation, files, fork, born := got[0], got[1], got[2], got[3], got[4], got[5]
	s := adapters.Server{Version: "SQL Server " + version, Collation: collation}
	s.Identity = fmt.Sprintf("sqlserver files=%s fork=%s database=%s", files, fork, name)
	if files == "" || fork == "" {
		s.Identity = fmt.Sprintf("sqlserver created=%q database=%s", born, name)
	}
	if version == "" {
		if s.Version, err = banner(ctx, conn); err != nil {
			return s, err
		}
	}
	s.Encrypted, err = encrypted(ctx, conn)
	return s, err
}

// banner is the first line in which a server says what it is.
func banner(ctx context.Context, conn *sql.Conn) (string, error) {
	got, err := scalars(ctx, conn, "SELECT @@VERSION")
	if err != nil {
		return "", err
	}
	line, _, _ := strings.Cut(got[0], "\n")
	return strings.TrimSpace(line), nil
}

// encrypted reports whether the connection is. Where the DSN left that open the
// server is asked; it tells only those who may see its state, and no answer is
// taken for no.
func encrypted(ctx context.Context, conn *sql.Conn) (yes bool, err error) {
	err = conn.Raw(func(raw any) error {
		yes = raw.(*session).encrypted
		return nil
	})
	if err != nil || yes {
		return yes, err
	}
	got, err := scalars(ctx, conn, "SELECT encrypt_option FROM sys.dm_exec_connections WHERE session_id = @@SPID")
	return err == nil && strings.EqualFold(got[0], "TRUE"), err
}

// scalars reads one text per query, each a SELECT of one value, all in one go.
// A value is empty where there is no row, where it is NULL, and where the server
// refuses to tell it, be it for want of the right or of the view. After a
// refusal each is asked for by itself.
func scalars(ctx context.Context, conn *sql.Conn, queries ...string) ([]string, error) {
	return scalarsOf(ctx, conn, nil, queries...)
}

// scalarsOf is scalars for queries with arguments.
func scalarsOf(ctx context.Context, conn *sql.Conn, args []any, queries ...string) ([]string, error) {
	casts := make([]string, len(queries))
	values, into := make([]sql.NullString, len(queries)), make([]any, len(queries))
	for i, q := range queries {
		casts[i] = "CAST((" + q + ") AS nvarchar(400))"
		into[i] = &values[i]
	}
	err := conn.QueryRowContext(ctx, "SELECT "+strings.Join(casts, ", "), args...).Scan(into...)
	if err != nil && !answered(err) {
		return nil, err
	}
	texts := make([]string, len(queries))
	for i := range queries {
		switch {
		case err == nil:
			texts[i] = values[i].String
		case len(queries) > 1:
			alone, err := scalarsOf(ctx, conn, args, queries[i])
			if err != nil {
				return nil, err
			}
			texts[i] = alone[0]
		}
	}
	return texts, nil
}
