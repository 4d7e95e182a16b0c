// Command holdfast-channel-maildrop puts each mail as a file into a folder.
package main

import (
	"context"
	"os"
	"path/filepath"

	"holdfast/plugins/sdk"
	"holdfast/plugins/sdk/eml"
)

type maildrop struct {
	sdk.Base
	Dir string `json:"dir"`
}

func (*maildrop) Describe() sdk.About {
	return sdk.About{Name: "maildrop", Version: "1.0.0", Medium: "file", Repeatable: true, Schema: []byte(`{"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",
"additionalProperties": false, "required": ["dir"], "properties": {"dir": {"type": "string", "description": "Folder of the mails."}}}`)}
}

func (c *maildrop) Configure(_ context.Context, s sdk.Setup) (problems []sdk.Problem, err error) {
	if problems = sdk.Decode(s.Settings, c); len(problems) == 0 && !filepath.IsAbs(c.Dir) {
		problems = []sdk.Problem{{Key: "dir", Text: "is no full path", Cure: "name a folder that is there"}}
	}
	return problems, nil
}

func (c *maildrop) Send(_ context.Context, m sdk.Message) (sdk.Sent, error) {
	mail, err := eml.Render(m) // refuses a key that is no name, and line breaks in headers
	if err != nil {
		return sdk.Sent{State: sdk.Refused, Detail: err.Error()}, nil
	} else if err := os.WriteFile(filepath.Join(c.Dir, m.Key+".eml"), mail, 0o600); err != nil {
		return sdk.Sent{State: sdk.Retry, Detail: err.Error()}, nil // nothing left; a copy would take its place
	}
	return sdk.Sent{State: sdk.Accepted, ProviderID: m.Key + ".eml"}, nil
}

func main() { sdk.Serve(new(maildrop)) }
