package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"holdfast/engine/intake"
	"holdfast/engine/outbox"
	"holdfast/plugins/host"
	"holdfast/plugins/sdk"
	"holdfast/plugins/sdk/eml"
)

// closedDocument is a document that is not open any more.
type closedDocument = intake.Closed

// writeMessage writes a message below dir: its very bytes as NAME.json, whose
// SHA-256 is the one that a yes binds to; its text, its mail as the e-mail
// channel would write it, and its attachments.
func writeMessage(dir, name string, d outbox.Delivery, m outbox.Message) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	m.Key = d.Key
	type file struct {
		name string
		data []byte
	}
	files := []file{{name + ".json", d.Content}, {name + ".txt", []byte(m.Text)}}
	if m.HTML != "" {
		files = append(files, file{name + ".html", []byte(m.HTML)})
	}
	if mail, err := mailOf(m); err == nil { // a letter without an address is no mail
		files = append(files, file{name + ".eml", mail})
	}
	for i, a := range m.Attachments {
		files = append(files, file{fmt.Sprintf("%s-%d-%s", name, i+1, fileName(a.Name)), a.Data})
	}
	for _, f := range files {
		if err := os.WriteFile(filepath.Join(dir, f.name), f.data, 0o600); err != nil {
			return err
		}
	}
	return nil
}

// fileName keeps an attachment's name within its folder.
func fileName(name string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '-'
		}
		return r
	}, name)
}

// mailOf is the mail that a channel makes of a message.
func mailOf(m outbox.Message) ([]byte, error) {
	got, err := sdk.MessageOf(host.RequestOf(m))
	if err != nil {
		return nil, err
	}
	return eml.Render(got)
}
