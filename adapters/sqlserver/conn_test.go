package sqlserver

import (
	"context"
	"crypto/tls"
	"encoding/pem"
	"fmt"
	"net"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"holdfast/adapters"
)

// serve answers each connection with answer; address is where.
func serve(t *testing.T, l net.Listener, answer func(net.Conn)) (address string) {
	t.Helper()
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			t.Cleanup(func() { c.Close() })
			go answer(c)
		}
	}()
	return l.Addr().String()
}

func listen(t *testing.T) net.Listener {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// ping connects and says how long that took.
func ping(ctx context.Context, t *testing.T, dsn string) (time.Duration, error) {
	t.Helper()
	db, err := Driver{}.Open(dsn, adapters.Options{StatementTimeout: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	began := time.Now()
	err = db.PingContext(ctx)
	return time.Since(began), err
}

// A server that accepts and says nothing is given up, at the login's end or the
// caller's.
func TestSilentServerIsGivenUp(t *testing.T) {
	address := serve(t, listen(t), func(net.Conn) {})
	took, err := ping(context.Background(), t, "sqlserver://u@"+address+"?database=erp&connection+timeout=1")
	if class, _ := (Driver{}).Sort(err); class != adapters.Connection || took < time.Second || took > 10*time.Second {
		t.Errorf("after %s sorted as %q: %v", took, class, err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 200*time.Millisecond)
	defer cancel()
	if took, err := ping(ctx, t, "sqlserver://u@"+address+"?database=erp"); err == nil || took > 2*time.Second {
		t.Errorf("the caller had left, and after %s: %v", took, err)
	}
}

// A server that hangs up is not reached.
func TestServerThatHangsUp(t *testing.T) {
	address := serve(t, listen(t), func(c net.Conn) { c.Close() })
	_, err := ping(context.Background(), t, "sqlserver://u@"+address+"?database=erp")
	if class, _ := (Driver{}).Sort(err); class != adapters.Connection {
		t.Errorf("sorted as %q: %v", class, err)
	}
}

// A certificate of an unknown authority, or of another name, is not trusted; one
// that the DSN names is. What answers here speaks TLS and no more.
func TestCertificates(t *testing.T) {
	web := httptest.NewUnstartedServer(nil)
	web.StartTLS()
	defer web.Close()
	own := web.TLS.Certificates[0]
	cfg := &tls.Config{Certificates: []tls.Certificate{own}, NextProtos: []string{"tds/8.0"}}
	address := serve(t, tls.NewListener(listen(t), cfg), func(c net.Conn) {
		_ = c.(*tls.Conn).Handshake()
		c.Close()
	})
	authority := filepath.Join(t.TempDir(), "authority.pem")
	if err := os.WriteFile(authority, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: own.Certificate[0]}), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		dsn  string
		want adapters.Class
	}{
		{"sqlserver://u@%s?database=erp&encrypt=strict", adapters.Authentication},
		{"sqlserver://u@%s?database=erp&encrypt=strict&hostnameincertificate=erp.example.net&certificate=" + authority, adapters.Authentication},
		{"sqlserver://u@%s?database=erp&encrypt=strict&certificate=" + authority, adapters.Connection}, // trusted, and hung up
		{"sqlserver://u@%s?database=erp&encrypt=strict&servercertificate=" + authority, adapters.Connection},
	} {
		_, err := ping(context.Background(), t, fmt.Sprintf(c.dsn, address))
		if class, cure := (Driver{}).Sort(err); class != c.want || cure == "" {
			t.Errorf("%s: sorted as %q, want %q: %v", c.dsn, class, c.want, err)
		}
	}
}

// A DSN that names this machine does not lead to another one.
func TestHomeDialsNowhereElse(t *testing.T) {
	_, err := dialer{home: true, wait: time.Second}.DialContext(context.Background(), "tcp", "192.0.2.1:1433")
	if class, cure := (Driver{}).Sort(err); err == nil || class != adapters.Connection || cure == cureReach {
		t.Errorf("sorted as %q, %s: %v", class, cure, err)
	}
}
