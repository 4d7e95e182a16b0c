package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"holdfast/plugins/sdk"
)

// carrier is another maker's channel: holdfast-channel-carrier writes down what
// it was given.
type carrier struct {
	sdk.Base
	dir string
}

func serveCarrier() { sdk.Serve(new(carrier)) }

// installCarrier is `carrier FOLDER`: it puts the channel there.
func installCarrier(ts *testscript.TestScript, _ bool, args []string) {
	self, err := os.Executable()
	ts.Check(err)
	program, err := os.ReadFile(self)
	ts.Check(err)
	name := "holdfast-channel-carrier"
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	folder := ts.MkAbs(args[0])
	ts.Check(os.MkdirAll(folder, 0o755))
	ts.Check(os.WriteFile(filepath.Join(folder, name), program, 0o755))
}

// Describe says what this channel is.
func (*carrier) Describe() sdk.About {
	return sdk.About{Name: "carrier", Version: "2.4.0", Medium: "chat", Schema: []byte(`{
		"type": "object", "additionalProperties": false, "required": ["room"], "properties": {
			"room": {"type": "string", "description": "Where it is said."},
			"pin":  {"type": "string", "writeOnly": true}}}`)}
}

// Configure says what it was told where the room is nowhere.
func (c *carrier) Configure(_ context.Context, s sdk.Setup) ([]sdk.Problem, error) {
	c.dir = s.Dir
	if strings.Contains(string(s.Settings), `"nowhere"`) {
		told := fmt.Sprintf("is nowhere; told %s by %s but for %s", s.Settings, s.Proxy, s.NoProxy)
		return []sdk.Problem{{Key: "room", Text: told, Cure: "name a room that is there"}}, nil
	}
	return nil, nil
}

// Send writes down what it was given.
func (c *carrier) Send(_ context.Context, m sdk.Message) (sdk.Sent, error) {
	f, err := os.OpenFile(filepath.Join(c.dir, "said.txt"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return sdk.Sent{State: sdk.Retry, Detail: err.Error()}, nil
	}
	defer f.Close()
	if _, err := fmt.Fprintln(f, m.Subject); err != nil {
		return sdk.Sent{}, err
	}
	return sdk.Sent{State: sdk.Accepted, ProviderID: m.Key}, nil
}
