package adaptertest

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"holdfast/adapters"
	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

// classes provokes what can be provoked with the same words everywhere; locks,
// logins and the network have lines of their own.
func classes(t *testing.T, b Bench) {
	provoked := map[string]adapters.Class{
		"SELECT nosuch FROM c_hold":                   adapters.Missing,
		"SELECT d FROM c_nosuch":                      adapters.Missing,
		"SELECT d FRM c_digit":                        adapters.Missing,
		"INSERT INTO c_digit (d) VALUES (1)":          adapters.Constraint,
		"UPDATE c_digit SET d = 2 WHERE d = 3":        adapters.Constraint,
		"UPDATE c_company SET currency = 'USDOLLAR'":  adapters.Data,
		"SELECT CAST(name AS {whole}) FROM c_company": adapters.Data,
	}
	db := b.person(t)
	for statement, want := range provoked {
		if want == adapters.Data && b.aFile() {
			continue // SQLite converts and stores anything
		}
		err := drained(db.QueryContext(context.Background(), in(b.Driver.Name(), statement)))
		if class, cure := b.Driver.Sort(err); err == nil || class != want || cure == "" {
			t.Errorf("%s: class %q, cure %q, want %q: %v", statement, class, cure, want, err)
		}
		if err != nil && !b.Driver.Answered(err) {
			t.Errorf("%s: %v counts as no answer of the server's", statement, err)
		}
	}
}

// drained reads rows to their end, where some drivers keep the error.
func drained(rows interface {
	Next() bool
	Err() error
	Close() error
}, err error) error {
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
	}
	return rows.Err()
}

// secret is a password that no error may show.
const secret = "hunter2-and-3"

// strangers knocks at the wrong doors.
func strangers(t *testing.T, b Bench) {
	if b.Through == nil {
		b.lacks(t, "a server with an address")
	}
	for says, c := range map[string]struct {
		change func(u *url.URL)
		kind   fault.Kind
	}{
		"nobody listens":   {func(u *url.URL) { u.Host = "127.0.0.1:1" }, fault.Transient},
		"no such login":    {func(u *url.URL) { u.User = url.UserPassword("holdfast_nobody", secret) }, fault.Denied},
		"no such database": {elsewhere, fault.NotFound},
	} {
		u, err := url.Parse(b.DSN)
		if err != nil {
			t.Fatal(err)
		}
		c.change(u)
		cfg := b.config(t, nil)
		cfg.DSN, cfg.AllowPlaintext = u.String(), adapters.Plaintext
		_, err = opened(t, cfg).Pull(context.Background(), "", func(ar.Record) error { return nil })
		if !fault.Is(err, c.kind) || !strings.Contains(err.Error(), "; ") || strings.Contains(err.Error(), secret) {
			t.Errorf("%s: %s, %v", says, fault.KindOf(err), err)
		}
	}
}

// elsewhere names a database that is not there.
func elsewhere(u *url.URL) {
	if q := u.Query(); q.Has("database") {
		q.Set("database", "holdfast_no_such_database")
		u.RawQuery = q.Encode()
		return
	}
	u.Path = "/holdfast_no_such_database"
}
