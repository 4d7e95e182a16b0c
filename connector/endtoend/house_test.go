// Package endtoend_test drives the built program as IT would, against real
// databases and a real SMTP server.
package endtoend_test

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the tests look into the ERP's database

	"holdfast/connector/smtpsink"
)

// program builds holdfast once for all tests and returns its path.
var program = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "holdfast-endtoend")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "holdfast")
	out, err := exec.Command("go", "build", "-o", path, "holdfast/connector").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("build: %w\n%s", err, out)
	}
	return path, nil
})

func TestMain(m *testing.M) {
	code := m.Run()
	if path, err := program(); err == nil {
		os.RemoveAll(filepath.Dir(path))
	}
	os.Exit(code)
}

// site is one installation of holdfast beside a database.
type site struct {
	t    *testing.T
	dir  string
	dsn  string
	db   *sql.DB
	sink *smtpsink.Sink
}

// scratch makes an empty database on the server that the tests are given, and
// drops it at the end.
func scratch(t *testing.T) (dsn string, db *sql.DB) {
	t.Helper()
	server := os.Getenv("HOLDFAST_TEST_POSTGRES_DSN")
	if server == "" {
		t.Skip("SKIPPED: no PostgreSQL; set HOLDFAST_TEST_POSTGRES_DSN, or run make test")
	}
	admin, err := sql.Open("pgx", server)
	must(t, err)
	name := fmt.Sprintf("holdfast_e2e_%d_%s", os.Getpid(), strings.ToLower(filepath.Base(t.TempDir()))+randomName())
	_, err = admin.Exec(`CREATE DATABASE ` + name + ` TEMPLATE template0 ENCODING 'UTF8'`)
	must(t, err)
	u, err := url.Parse(server)
	must(t, err)
	u.Path = "/" + name
	db, err = sql.Open("pgx", u.String())
	must(t, err)
	t.Cleanup(func() {
		db.Close()
		_, err := admin.Exec(`DROP DATABASE ` + name + ` WITH (FORCE)`)
		if err != nil {
			t.Error(err)
		}
		admin.Close()
	})
	return u.String(), db
}

var names struct {
	sync.Mutex
	n int
}

func randomName() string {
	names.Lock()
	defer names.Unlock()
	names.n++
	return fmt.Sprint("_", names.n)
}

// newSite starts an SMTP sink and installs holdfast beside a database.
func newSite(t *testing.T, preset, dsn string, db *sql.DB, args ...string) *site {
	t.Helper()
	sink, err := smtpsink.Start(0)
	must(t, err)
	t.Cleanup(func() { sink.Close() })
	s := &site{t: t, dir: filepath.Join(t.TempDir(), "site"), dsn: dsn, db: db, sink: sink}
	s.ok(append([]string{"init", "--dir", s.dir, "--preset", preset, "--dsn", dsn, "--yes"}, args...)...)
	return s
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// run runs a verb and returns what it printed and its exit code.
func (s *site) run(args ...string) (stdout, stderr string, code int) {
	s.t.Helper()
	path, err := program()
	must(s.t, err)
	if args[0] != "init" && args[0] != "demo" {
		args = append(args, "--config", filepath.Join(s.dir, "config.toml"))
	}
	cmd := exec.Command(path, args...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err = cmd.Run()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return out.String(), errs.String(), exit.ExitCode()
	}
	must(s.t, err)
	return out.String(), errs.String(), 0
}

// ok runs a verb that must succeed; exit code 4, done with items that need a
// person, is success.
func (s *site) ok(args ...string) string {
	s.t.Helper()
	stdout, stderr, code := s.run(args...)
	if code != 0 && code != 4 {
		s.t.Fatalf("holdfast %s: exit %d\n%s%s", strings.Join(args, " "), code, stdout, stderr)
	}
	return stdout
}

// refused runs a verb that must fail with a code and say words.
func (s *site) refused(code int, words string, args ...string) {
	s.t.Helper()
	stdout, stderr, got := s.run(args...)
	if got != code || !strings.Contains(stdout+stderr, words) {
		s.t.Errorf("holdfast %s: exit %d, want %d with %q\n%s%s", strings.Join(args, " "), got, code, words, stdout, stderr)
	}
}

// list runs a verb with --json and decodes what it prints.
func list[T any](s *site, args ...string) []T {
	s.t.Helper()
	var rows []T
	text := s.ok(append(args, "--json")...)
	if err := json.Unmarshal([]byte(text), &rows); err != nil {
		s.t.Fatalf("holdfast %s --json: %v\n%s", strings.Join(args, " "), err, text)
	}
	return rows
}

// edit replaces text in the site's config.
func (s *site) edit(pairs ...string) {
	s.t.Helper()
	path := filepath.Join(s.dir, "config.toml")
	data, err := os.ReadFile(path)
	must(s.t, err)
	for i := 0; i < len(pairs); i += 2 {
		if !strings.Contains(string(data), pairs[i]) {
			s.t.Fatalf("the config has no %q:\n%s", pairs[i], data)
		}
	}
	must(s.t, os.WriteFile(path, []byte(strings.NewReplacer(pairs...).Replace(string(data))), 0o600))
}

// live lets every company write by SMTP to the sink.
func (s *site) live() {
	s.t.Helper()
	s.edit(
		`mode = "observe"`, `mode = "live"`,
		`channels = { email = "file" }`, `channels = { email = "smtp" }`,
		`[[company]]`, `[[company]]`,
		"[[channel]]\nname = \"file\"", fmt.Sprintf(`[[channel]]
name = "smtp"
type = "email"
[channel.settings]
host = "127.0.0.1"
port = %d
tls = "none"

[[channel]]
name = "file"`, s.sink.Port()),
	)
}

// exec changes the ERP as its users would.
func (s *site) exec(query string, args ...any) {
	s.t.Helper()
	_, err := s.db.ExecContext(context.Background(), query, args...)
	must(s.t, err)
}

// planRow is a row of plan --json.
type planRow struct {
	Day        string   `json:"day"`
	Effect     string   `json:"effect"`
	Kind       string   `json:"kind"`
	Company    string   `json:"company"`
	CustomerID string   `json:"customer_id"`
	Number     string   `json:"customer_number"`
	Step       string   `json:"step"`
	To         string   `json:"to"`
	Documents  []string `json:"documents"`
	Amount     string   `json:"amount"`
	Currency   string   `json:"currency"`
	Reason     string   `json:"reason"`
}
