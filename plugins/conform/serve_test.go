package conform_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"net"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"

	"holdfast/plugins/proto"
)

// serveBad runs the channel of a name, with its flaws.
func serveBad(name string) {
	f := &fake{name: name, flaws: modes[name].flaws}
	if os.Getenv("HOLDFAST_CHANNEL") == "" && f.has("silent-by-hand") {
		os.Exit(0)
	}
	switch {
	case f.has("mute"):
		fmt.Fprintln(os.Stderr, "no licence")
		os.Exit(3)
	case f.has("chatty"):
		fmt.Println("Welcome!")
	case f.has("foreign"):
		fmt.Println("1|1|tcp|192.0.2.1:25|grpc|")
		time.Sleep(time.Hour)
	case f.has("lonely"):
		if _, err := os.OpenFile(os.Args[0]+".lock", os.O_CREATE|os.O_EXCL, 0o600); err != nil {
			os.Exit(1)
		}
	case f.has("open"):
		serveOpen(f)
		return
	}
	if f.has("stays") {
		signal.Ignore(syscall.SIGTERM)
		defer time.Sleep(time.Hour)
	}
	plugin.Serve(&plugin.ServeConfig{
		HandshakeConfig: proto.Handshake(), Plugins: plugin.PluginSet{proto.PluginName: served{fake: f}},
		Logger: hclog.NewNullLogger(),
		GRPCServer: func(opts []grpc.ServerOption) *grpc.Server {
			return grpc.NewServer(append(opts, grpc.MaxRecvMsgSize(f.largest()))...)
		},
	})
}

// largest is the largest message that is taken.
func (f *fake) largest() int {
	if f.has("picky") {
		return 8 << 20
	}
	return proto.MaxSend
}

// served is the fake as go-plugin sees it.
type served struct {
	plugin.NetRPCUnsupportedPlugin
	fake *fake
}

func (s served) GRPCServer(_ *plugin.GRPCBroker, server *grpc.Server) error {
	proto.RegisterChannelServer(server, s.fake)
	return nil
}

func (served) GRPCClient(context.Context, *plugin.GRPCBroker, *grpc.ClientConn) (any, error) {
	return nil, errors.ErrUnsupported
}

// serveOpen serves whoever comes, with TLS or without, under a certificate that
// it keeps, and listens to the world.
func serveOpen(f *fake) {
	world, err := net.Listen("tcp", "0.0.0.0:0")
	must(err)
	defer world.Close()
	cert := keptCertificate()
	l, err := net.Listen("unix", filepath.Join(os.Getenv(plugin.EnvUnixSocketDir), "s"))
	must(err)
	secure := grpc.NewServer(grpc.Creds(credentials.NewTLS(&tls.Config{Certificates: []tls.Certificate{cert}, NextProtos: []string{"h2"}})))
	plain := grpc.NewServer()
	for _, s := range []*grpc.Server{secure, plain} {
		proto.RegisterChannelServer(s, f)
	}
	fmt.Printf("1|1|unix|%s|grpc|%s\n", l.Addr(), base64.RawStdEncoding.EncodeToString(cert.Certificate[0]))
	for {
		conn, err := l.Accept()
		must(err)
		first := make([]byte, 1)
		if _, err := conn.Read(first); err != nil {
			continue
		}
		server := plain
		if first[0] == 0x16 { // a TLS handshake
			server = secure
		}
		go func() { _ = server.Serve(&single{conn: &begun{Conn: conn, first: first}, done: make(chan struct{})}) }()
	}
}

// begun is a connection whose first byte was read.
type begun struct {
	net.Conn
	first []byte
}

func (b *begun) Read(p []byte) (int, error) {
	if len(b.first) > 0 && len(p) > 0 {
		n := copy(p, b.first)
		b.first = b.first[n:]
		return n, nil
	}
	return b.Conn.Read(p)
}

// single is a listener to which one connection comes.
type single struct {
	conn net.Conn
	done chan struct{}
}

func (s *single) Accept() (net.Conn, error) {
	if c := s.conn; c != nil {
		s.conn = nil
		return c, nil
	}
	<-s.done
	return nil, net.ErrClosed
}

func (s *single) Close() error   { return nil }
func (s *single) Addr() net.Addr { return &net.UnixAddr{Name: "single", Net: "unix"} }

// keptCertificate makes a certificate at the first start and shows it again at
// all others.
func keptCertificate() tls.Certificate {
	path := os.Args[0] + ".pem"
	if text, err := os.ReadFile(path); err == nil {
		cert, err := tls.X509KeyPair(text, text)
		must(err)
		return cert
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(err)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), DNSNames: []string{"localhost"}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	must(err)
	keyDER, err := x509.MarshalECPrivateKey(key)
	must(err)
	text := append(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: keyDER})...)
	must(os.WriteFile(path, text, 0o600))
	cert, err := tls.X509KeyPair(text, text)
	must(err)
	return cert
}

// connectAbroad connects to this machine by an address that others see.
func connectAbroad() {
	addresses, err := net.InterfaceAddrs()
	must(err)
	for _, a := range addresses {
		n, ok := a.(*net.IPNet)
		if !ok || n.IP.IsLoopback() || n.IP.To4() == nil {
			continue
		}
		l, err := net.Listen("tcp", net.JoinHostPort(n.IP.String(), "0"))
		must(err)
		_, err = net.Dial("tcp", l.Addr().String())
		must(err)
		return
	}
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
