package host

import (
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/hashicorp/go-plugin"

	"holdfast/plugins/proto"
	"holdfast/plugins/sdk"
)

// TestMain serves a fake channel when the test binary is started as one. The
// tests have a folder for temporary files of their own, in which nothing may be
// left in the end.
func TestMain(m *testing.M) {
	if len(os.Args) == 3 && os.Args[1] == "be-a-host" {
		beAHost(os.Args[2])
	}
	name := ""
	if len(os.Args) == 4 && os.Args[1] == "channel" {
		name = os.Args[3]
	}
	if after, ok := strings.CutPrefix(filepath.Base(os.Args[0]), Prefix); ok {
		name = after
	}
	if name != "" {
		serveFake(name)
		return
	}
	base, err := os.MkdirTemp("", "hf")
	if err != nil {
		panic(err)
	}
	if err := os.Setenv("TMPDIR", base); err != nil {
		panic(err)
	}
	code := m.Run()
	if left := runFolders(); len(left) > 0 {
		fmt.Println("FAIL: left behind:", left)
		code = 1
	}
	_ = os.RemoveAll(base)
	os.Exit(code)
}

// runFolders lists what lives of channels have left, or still use.
func runFolders() []string {
	list, _ := filepath.Glob(filepath.Join(runBase(), runPattern+"*"))
	return list
}

// beAHost launches a channel, sends it a message of a subject, says the two
// process ids that it knows and waits to be killed.
func beAHost(subject string) {
	p, err := Self()
	if err != nil {
		panic(err)
	}
	c, err := Launch(context.Background(), p.Own("good"))
	if err != nil {
		panic(err)
	}
	sent, err := c.Send(context.Background(), message(subject))
	if err != nil {
		panic(err)
	}
	fmt.Println(sent.ProviderID, sent.Detail)
	time.Sleep(time.Hour)
}

// liars break the contract in a way that the author's kit does not.
var liars = []string{"liar", "wrong-contract", "wrong-name", "huge-schema"}

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
	case "babbles-in-start":
		for {
			fmt.Println(strings.Repeat("blah ", 100_000))
		}
	case "wrong-cookie":
		h := proto.Handshake()
		h.MagicCookieValue = "another"
		plugin.Serve(&plugin.ServeConfig{HandshakeConfig: h, Plugins: plugin.PluginSet{}})
	case "stays":
		signal.Ignore(syscall.SIGTERM, syscall.SIGINT)
		sdk.Serve(&fake{name: name})
		time.Sleep(time.Hour)
	default:
		if slices.Contains(liars, name) {
			serveLiar(name)
			return
		}
		sdk.Serve(&fake{name: name})
	}
}

// fake misbehaves as its name, or the subject of a message, tells it to.
type fake struct {
	sdk.Base
	name  string
	setup sdk.Setup
}

// schemas are the schemas of fakes that have one worth the name.
var schemas = map[string]string{
	"strict": `{"type": "object", "additionalProperties": false, "required": ["host"], "properties": {
		"host": {"type": "string", "description": "The provider's machine."},
		"pin":  {"type": "string", "writeOnly": true},
		"port": {"type": "integer", "minimum": 1}}}`,
	"bad-schema": `{"type": "objekt"}`,
	"no-schema":  ``,
}

func (f *fake) Describe() sdk.About {
	if f.name == "hangs-in-describe" {
		time.Sleep(time.Hour)
	}
	about := sdk.About{Name: f.name, Version: "1", Medium: "file", Repeatable: true, Lookup: true, Events: true, Schema: []byte("{}")}
	if schema, ok := schemas[f.name]; ok {
		about.Schema = []byte(schema)
	}
	return about
}

func (f *fake) Configure(_ context.Context, s sdk.Setup) ([]sdk.Problem, error) {
	f.setup = s
	if s.Dir != "" {
		if err := os.WriteFile(filepath.Join(s.Dir, "configured"), nil, 0o600); err != nil {
			return nil, err
		}
	}
	switch f.name {
	case "bad-settings":
		return []sdk.Problem{{Key: "dir", Text: "is s3cret and wrong", Cure: "mend it"}}, nil
	case "hangs-in-configure":
		time.Sleep(time.Hour)
	case "dies-in-configure":
		os.Exit(4)
	case "leaks", "strict":
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
	case "error":
		return sent, errors.New("no idea, the password is s3cret")
	case "huge":
		sent.Detail = strings.Repeat("x", 8<<20)
	case "detail":
		sent.Detail = "s3cret\n" + strings.Repeat("é", 5000)
	case "flood":
		flood()
	case "environment":
		sent.Detail = environment()
	case "descriptors":
		sent.Detail = descriptors()
	case "setup":
		sent.Detail = strings.Join([]string{f.setup.Proxy, f.setup.NoProxy, f.setup.CAFile}, "|")
	case "child":
		return sent, startChild(&sent, new(syscall.SysProcAttr))
	case "daemon":
		return sent, startChild(&sent, daemon())
	case "erratic":
		f.erratic(m.Key)
	case "refuse":
		sent = sdk.Sent{State: sdk.Refused, Detail: "no such customer"}
	case "later":
		sent = sdk.Sent{State: sdk.Retry, RetryAfter: 90 * time.Second}
	case "pause":
		sent = sdk.Sent{State: sdk.Retry, RetryAfter: time.Hour, WholeChannel: true, Detail: "wrong password"}
	}
	return sent, nil
}

// erratic exits before a message is written down, behind it, or not at all.
func (f *fake) erratic(key string) {
	n := crc32.ChecksumIEEE([]byte(key)) % 4
	if n == 0 {
		os.Exit(1)
	}
	file, err := os.OpenFile(filepath.Join(f.setup.Dir, "sent"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err == nil {
		_, err = fmt.Fprintln(file, key)
	}
	if err != nil || n == 1 {
		os.Exit(1)
	}
}

// flood writes without end to both streams for a while.
func flood() {
	for i := range 20_000 {
		fmt.Fprintln(os.Stderr, "line", i)
		fmt.Println("out", i)
	}
	fmt.Print(strings.Repeat("no end of line ", 100_000))
}

// startChild starts something that lives longer than a message.
func startChild(sent *sdk.Sent, how *syscall.SysProcAttr) error {
	cmd := exec.Command("/bin/sleep", "3600")
	cmd.SysProcAttr = how
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		return err
	}
	sent.Detail = strconv.Itoa(cmd.Process.Pid)
	return nil
}

func (f *fake) Lookup(_ context.Context, key string, _ time.Time) (sdk.Sent, error) {
	switch key {
	case "hang":
		time.Sleep(time.Hour)
	case "known":
		return sdk.Sent{State: sdk.Accepted}, nil
	}
	return sdk.Sent{}, nil
}

func (f *fake) Events(_ context.Context, cursor string, emit func(sdk.Event) error) error {
	switch cursor {
	case "hang":
		time.Sleep(time.Hour)
	case "die":
		os.Exit(1)
	}
	from, _ := strconv.Atoi(cursor)
	for i := from + 1; i <= 3; i++ {
		e := sdk.Event{Cursor: strconv.Itoa(i), Kind: sdk.EventKind(i), Key: "k", At: time.Date(2026, 11, 23, 9, i, 0, 0, time.UTC)}
		if err := emit(e); err != nil {
			return err
		}
	}
	return nil
}

func (f *fake) Health(context.Context) error {
	if f.name == "hangs-in-health" {
		time.Sleep(time.Hour)
	}
	if f.name == "ill" {
		return errors.New("no credit left")
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

// descriptors names the files that this process has open.
func descriptors() string {
	var open []string
	entries, _ := os.ReadDir("/proc/self/fd")
	for _, e := range entries {
		if to, err := os.Readlink("/proc/self/fd/" + e.Name()); err == nil && strings.HasPrefix(to, "/") && !strings.HasPrefix(to, "/sys/") {
			open = append(open, to)
		}
	}
	return strings.Join(open, " ")
}
