package store

import (
	"bytes"
	"context"
	"database/sql"
	"embed"
	"errors"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"

	"github.com/pressly/goose/v3"
	_ "modernc.org/sqlite" // the driver "sqlite"

	"holdfast/engine/fault"
)

//go:embed migrations/*.sql
var migrations embed.FS

// quickCheckBelow is the size in bytes up to which opening walks the whole
// file. A larger one is checked by what is read from it.
const quickCheckBelow = 64 << 20

// readers is how many connections read at once.
const readers = 4

// writerCache is the page cache of the connection that writes, as SQLite counts
// it: negative, in KiB.
const writerCache = "-32768"

// Open opens the state below dir, making and migrating it as needed. It returns
// fault.Corrupt where the file is damaged and fault.Full where the disk is.
func Open(ctx context.Context, dir string) (*Store, error) {
	op := "open the state " + file(dir)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, wrap(op, err)
	}
	if err := checkHeader(file(dir)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, wrap(op, err)
	}
	w, err := openPrepared(dsn(file(dir), "rwc", "synchronous(FULL)", "journal_mode(WAL)",
		"journal_size_limit(67108864)", "cache_size("+writerCache+")") + "&_txlock=immediate")
	if err != nil {
		return nil, wrap(op, err)
	}
	w.SetMaxOpenConns(1)
	s := &Store{dir: dir, w: w, r: reading(file(dir))}
	if err := s.prepare(ctx); err != nil {
		s.Close()
		return nil, wrap(op, err)
	}
	return s, nil
}

// OpenReadOnly opens the state below dir and never writes to it. It returns
// fault.NotFound where there is none, or an older one that must be migrated.
func OpenReadOnly(ctx context.Context, dir string) (*Store, error) {
	op := "open the state " + file(dir)
	err := checkHeader(file(dir))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fault.New(fault.NotFound, "no state yet: run `holdfast pull` first")
	}
	if err != nil {
		return nil, wrap(op, err)
	}
	s := &Store{dir: dir, r: reading(file(dir))}
	if err := s.current(ctx); err != nil {
		s.Close()
		return nil, wrap(op, err)
	}
	return s, nil
}

// reading returns a pool of connections that cannot write. It fails on its
// first use, not here.
func reading(path string) *sql.DB {
	r, err := openPrepared(dsn(path, "ro", "query_only(1)", "cache_size(-16384)"))
	if err != nil {
		panic("store: the sqlite driver is not linked: " + err.Error())
	}
	r.SetMaxOpenConns(readers)
	r.SetMaxIdleConns(readers)
	return r
}

// dsn names a database file with its pragmas.
func dsn(path, mode string, pragmas ...string) string {
	q := url.Values{"_time_format": {"sqlite"}, "_timezone": {"UTC"}, "mode": {mode}, "_pragma": {"busy_timeout(10000)"}}
	q["_pragma"] = append(q["_pragma"], pragmas...)
	return "file:" + (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath() + "?" + q.Encode()
}

// checkHeader tells a file that is no SQLite database before SQLite touches it.
func checkHeader(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	head := make([]byte, 16)
	n, err := io.ReadFull(f, head)
	if err == io.EOF {
		return nil // a file just made
	}
	if n < len(head) || !bytes.Equal(head, []byte("SQLite format 3\x00")) {
		return fault.New(fault.Corrupt, "the file is not a state of Holdfast's").WithCure(cureCorrupt)
	}
	return nil
}

// prepare checks and migrates a database opened for writing.
func (s *Store) prepare(ctx context.Context) error {
	if err := s.quickCheck(ctx); err != nil {
		return err
	}
	p, err := provider(s.w)
	if err != nil {
		return err
	}
	if _, err := p.Up(ctx); err != nil {
		return err
	}
	return os.Chmod(file(s.dir), 0o600)
}

// provider returns the migrations as goose runs them.
func provider(db *sql.DB) (*goose.Provider, error) {
	sub, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(goose.DialectSQLite3, db, sub, goose.WithDisableGlobalRegistry(true))
}

// quickCheck reads the schema, and walks the pages of a small file.
func (s *Store) quickCheck(ctx context.Context) error {
	var tables int
	if err := s.w.QueryRowContext(ctx, `SELECT COUNT(*) FROM sqlite_master`).Scan(&tables); err != nil {
		return err
	}
	info, err := os.Stat(file(s.dir))
	if err != nil || info.Size() >= quickCheckBelow {
		return err
	}
	var answer string
	if err := s.w.QueryRowContext(ctx, `PRAGMA quick_check(1)`).Scan(&answer); err != nil {
		return err
	}
	if answer != "ok" {
		return fault.New(fault.Corrupt, "%s", answer).WithCure(cureCorrupt)
	}
	return nil
}

// current reports whether every migration has been run, without running any.
func (s *Store) current(ctx context.Context) error {
	var have int64
	err := s.r.QueryRowContext(ctx, `SELECT COALESCE(MAX(version_id), 0) FROM goose_db_version`).Scan(&have)
	if err != nil {
		if kind, _ := classify(err); kind != fault.Unknown {
			return err
		}
		return fault.New(fault.NotFound, "no state yet: run `holdfast pull` first")
	}
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil || have >= int64(len(names)) {
		return err
	}
	return fault.New(fault.NotFound, "the state was made by an older Holdfast").
		WithCure("run `holdfast pull` once: it brings the state up to date")
}
