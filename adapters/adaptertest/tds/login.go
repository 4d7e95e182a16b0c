package tds

import (
	"bytes"
	"context"
	"encoding/binary"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"holdfast/adapters/adaptertest/tsql"
)

// prelogin answers what version this is, and that it encrypts nothing.
func prelogin() []byte {
	options := []struct {
		token byte
		data  []byte
	}{{0, []byte{15, 0, 0, 0, 0, 0}}, {1, []byte{2}}, {2, []byte{0}}, {3, nil}, {4, []byte{0}}}
	offset := 5*len(options) + 1
	var head, data []byte
	for _, o := range options {
		head = append(head, o.token)
		head = binary.BigEndian.AppendUint16(head, uint16(offset+len(data)))
		head = binary.BigEndian.AppendUint16(head, uint16(len(o.data)))
		data = append(data, o.data...)
	}
	return append(append(head, 0xff), data...)
}

// login is what LOGIN7 says.
type login struct {
	user, password, database, app string
	packet                        int
	windows                       bool
}

// readLogin reads LOGIN7, [MS-TDS] 2.2.6.4.
func readLogin(b []byte) (l login, ok bool) {
	if len(b) < 94 {
		return l, false
	}
	field := func(at int) []byte {
		from, n := int(binary.LittleEndian.Uint16(b[at:])), int(binary.LittleEndian.Uint16(b[at+2:]))
		if from+2*n > len(b) {
			return nil
		}
		return b[from : from+2*n]
	}
	hidden := bytes.Clone(field(44))
	for i, c := range hidden {
		c ^= 0xA5
		hidden[i] = c<<4 | c>>4
	}
	return login{
		user: ucs2(field(40)), password: ucs2(hidden), app: ucs2(field(48)), database: ucs2(field(68)),
		packet: int(binary.LittleEndian.Uint32(b[8:])), windows: b[25]&0x80 != 0,
	}, true
}

// serve speaks with one client to its end.
func (s *Server) serve(conn net.Conn) {
	defer conn.Close()
	m, err := readMessage(conn)
	if err != nil || m.kind != packPrelogin {
		return
	}
	w := newReply(conn, 4096)
	w.Write(prelogin())
	if w.finish() != nil {
		return
	}
	m, err = readMessage(conn)
	l, ok := readLogin(m.body)
	if err != nil || m.kind != packLogin || !ok {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	w = newReply(conn, 4096)
	pg, refused := s.admit(ctx, l)
	if len(refused) > 0 {
		for _, f := range refused {
			w.failure(f)
		}
		w.done(tokenDone, doneError, 0, -1)
		_ = w.finish()
		return
	}
	defer pg.Close(ctx)
	w.envText(envDatabase, Database, "master")
	w.envBytes(envCollation, collation, nil)
	w.loginAck()
	w.done(tokenDone, 0, 0, -1)
	if w.finish() != nil {
		return
	}
	newSession(s, conn, pg, max(512, min(l.packet, 32767))).run()
}

// admit checks a login and opens its session of PostgreSQL.
func (s *Server) admit(ctx context.Context, l login) (*pgconn.PgConn, []*Failure) {
	name := tsql.Name(l.user)
	s.mu.Lock()
	password, known := s.logins[name]
	s.mu.Unlock()
	denied := fail(18456, "Login failed for user '%s'.", l.user)
	if l.windows || !known || password != l.password {
		return nil, []*Failure{denied}
	}
	if l.database != "" && !strings.EqualFold(l.database, Database) {
		return nil, []*Failure{fail(4060, "Cannot open database \"%s\" requested by the login. The login failed.", l.database), denied}
	}
	pg, err := pgconn.Connect(ctx, s.dsn)
	if err != nil {
		return nil, []*Failure{failureOf(err)}
	}
	setup := tsql.Session + "; SET application_name = " + tsql.Literal(l.app)
	if name != "sa" {
		setup += `; SET SESSION AUTHORIZATION "` + name + `"`
	}
	if _, err := pg.Exec(ctx, setup).ReadAll(); err != nil {
		pg.Close(ctx)
		return nil, []*Failure{failureOf(err)}
	}
	return pg, nil
}
