package host

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"

	"holdfast/plugins/proto"
	"holdfast/plugins/sdk"
)

// TestMain serves a fake channel when the test binary is started as one.
func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == "be-a-host" {
		beAHost()
	}
	name := ""
	if len(os.Args) == 4 && os.Args[1] == "channel" {
		name = os.Args[3]
	}
	if after, ok := strings.CutPrefix(filepath.Base(os.Args[0]), Prefix); ok {
		name = after
	}
	if name == "" {
		os.Exit(m.Run())
	}
	serveFake(name)
}

// beAHost launches a channel, says its process id and waits to be killed.
func beAHost() {
	p, err := Self()
	if err != nil {
		panic(err)
	}
	c, err := Launch(context.Background(), p.Own("good"))
	if err != nil {
		panic(err)
	}
	fmt.Println(c.live.proc.Load().ID())
	time.Sleep(time.Hour)
}

func serveFake(name string) {
	switch name {
	case "dies-in-start":
		fmt.Fprintln(os.Stderr, "no licence")
		os.Exit(3)
	case "sleeps-in-start":
		time.Sleep(time.Hour)
	case "foreign-address":
		fmt.Println("1|1|tcp|192.0.2.1:25|grpc|")
		time.Sleep(time.Hour)
	case "foreign-socket":
		fmt.Println("1|1|unix|/tmp/elsewhere.sock|grpc|")
		time.Sleep(time.Hour)
	case "silent-listener":
		listenSilently()
	case "wrong-cookie":
		h := proto.Handshake()
		h.MagicCookieValue = "another"
		plugin.Serve(&plugin.ServeConfig{HandshakeConfig: h, Plugins: plugin.PluginSet{}})
	case "wrong-contract":
		plugin.Serve(&plugin.ServeConfig{
			HandshakeConfig: proto.Handshake(), GRPCServer: plugin.DefaultGRPCServer,
			Plugins: plugin.PluginSet{proto.PluginName: newer{}},
		})
	default:
		sdk.Serve(&fake{name: name})
	}
}

// listenSilently takes connections on the socket it was given and says nothing.
func listenSilently() {
	l, err := net.Listen("unix", filepath.Join(os.Getenv(plugin.EnvUnixSocketDir), "s"))
	if err != nil {
		os.Exit(1)
	}
	fmt.Printf("1|1|unix|%s|grpc|\n", l.Addr())
	for {
		if _, err := l.Accept(); err != nil {
			os.Exit(1)
		}
	}
}

// newer speaks a later version of the contract.
type newer struct{ plugin.NetRPCUnsupportedPlugin }

type newerServer struct {
	proto.UnimplementedChannelServer
}

func (newer) GRPCServer(_ *plugin.GRPCBroker, s *grpc.Server) error {
	proto.RegisterChannelServer(s, newerServer{})
	return nil
}

func (newer) GRPCClient(context.Context, *plugin.GRPCBroker, *grpc.ClientConn) (any, error) {
	return nil, errors.ErrUnsupported
}

func (newerServer) Describe(context.Context, *proto.DescribeRequest) (*proto.DescribeResponse, error) {
	return &proto.DescribeResponse{Name: "wrong-contract", ContractVersion: 2}, nil
}

// fake misbehaves as the subject of a message tells it to.
type fake struct {
	sdk.Base
	name string
	dir  string
}

func (f *fake) Describe() sdk.About {
	name := f.name
	if name == "wrong-name" {
		name = "email"
	}
	return sdk.About{Name: name, Version: "1", Medium: "file", Repeatable: true, Lookup: true, Events: true, Schema: []byte("{}")}
}

func (f *fake) Configure(_ context.Context, s sdk.Setup) ([]sdk.Problem, error) {
	f.dir = s.Dir
	switch f.name {
	case "bad-settings":
		return []sdk.Problem{{Key: "dir", Text: "is s3cret and wrong", Cure: "mend it"}}, nil
	case "hangs-in-configure":
		time.Sleep(time.Hour)
	case "leaks":
		fmt.Fprintf(os.Stderr, "my settings are %s\n", s.Settings)
		fmt.Fprintln(os.Stderr, strings.Repeat("x", 100_000))
	}
	return nil, nil
}

func (f *fake) Send(_ context.Context, m sdk.Message) (sdk.Sent, error) {
	sent := sdk.Sent{State: sdk.Accepted, ProviderID: strconv.Itoa(os.Getpid())}
	switch m.Subject {
	case "hang":
		time.Sleep(time.Hour)
	case "die":
		os.Exit(1)
	case "die-after":
		time.AfterFunc(50*time.Millisecond, func() { os.Exit(1) })
	case "error":
		return sent, errors.New("no idea, the password is s3cret")
	case "huge":
		sent.Detail = strings.Repeat("x", 8<<20)
	case "detail":
		sent.Detail = "s3cret\n" + strings.Repeat("é", 5000)
	case "flood":
		for i := range 20_000 {
			fmt.Fprintln(os.Stderr, "line", i)
		}
	case "environment":
		sent.Detail = environment()
	case "child":
		cmd := exec.Command("/bin/sleep", "3600")
		if err := cmd.Start(); err != nil {
			return sent, err
		}
		sent.Detail = strconv.Itoa(cmd.Process.Pid)
	case "refuse":
		sent = sdk.Sent{State: sdk.Refused, Detail: "no such customer"}
	case "later":
		sent = sdk.Sent{State: sdk.Retry, RetryAfter: 90 * time.Second}
	}
	return sent, nil
}

func (f *fake) Lookup(_ context.Context, key string, _ time.Time) (sdk.Sent, error) {
	if key == "known" {
		return sdk.Sent{State: sdk.Accepted}, nil
	}
	return sdk.Sent{}, nil
}

func (f *fake) Events(_ context.Context, cursor string, emit func(sdk.Event) error) error {
	from, _ := strconv.Atoi(cursor)
	for i := from + 1; i <= 3; i++ {
		e := sdk.Event{Cursor: strconv.Itoa(i), Kind: sdk.EventKind(i), Key: "k", At: time.Date(2026, 11, 23, 9, i, 0, 0, time.UTC)}
		if err := emit(e); err != nil {
			return err
		}
	}
	return nil
}

func environment() string {
	var names []string
	for _, pair := range os.Environ() {
		name, _, _ := strings.Cut(pair, "=")
		names = append(names, name)
	}
	return strings.Join(names, " ")
}
