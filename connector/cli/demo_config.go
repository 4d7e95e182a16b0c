package cli

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"

	"holdfast/adapters/demoerp"
	"holdfast/engine/ar"
	"holdfast/engine/message"
	"holdfast/engine/sequence"
)

// demoERP is the file of the demo's ERP.
const demoERP = "erp.db"

// demoConfigText is the config of a demo, as a site would write its own.
const demoConfigText = `# The config of the demo. It is an ordinary one: every command works on it.
state     = "state"
sequences = "sequences"
templates = "templates"

[log]
file = "holdfast.log"

[[erp]]
name    = "harbourline"
preset  = "demo"
dsn     = "erp.db"
history = "3660d"

# Messages are written to files: an .eml, a .txt and a .pdf for each.
[[channel]]
name = "file"
type = "file"
[channel.settings]
dir = "outbox"

[[company]]
key         = "1"
erp         = "harbourline"
mode        = "live"
channels    = { email = "file" }
holidays    = "US"
pay_url     = { USD = "https://pay.harbourline.example/?ref={reference}&amount={amount}&currency={currency}", EUR = "https://pay.harbourline.example/eu?ref={reference}&amount={amount}&currency={currency}" }
signing_key = "file:signing.key"
white_glove = ["%s"]

[company.sender]
name     = "Harbourline Supply Co"
address  = ["14 Wharf Street", "Portland, ME 04101"]
phone    = "+1 207 555 0140"
from     = "receivables@harbourline.example"
reply_to = "receivables@harbourline.example"
`

// set makes everything that a demo needs: the ERP, the config, sequences and
// templates, and the key that signs pay links.
func (v *demoVerb) set(ctx context.Context, a *App, first ar.Day) error {
	dir := v.Dir
	note := "A demo of Holdfast lives here. `holdfast demo` replaces the whole folder.\n"
	if err := os.WriteFile(filepath.Join(dir, demoMarker), []byte(note), 0o644); err != nil {
		return err
	}
	line := a.progress("making an ERP with a year of history")
	err := demoerp.Create(ctx, filepath.Join(dir, demoERP), demoerp.Options{Seed: v.Seed, Today: first})
	line.end()
	if err != nil {
		return err
	}
	key := sha256.Sum256(fmt.Appendf(nil, "holdfast demo %d", v.Seed))
	for name, text := range map[string]string{
		"config.toml": fmt.Sprintf(demoConfigText, demoerp.WhiteGlove),
		"signing.key": hex.EncodeToString(key[:]) + "\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			return err
		}
	}
	if err := copyOut(filepath.Join(dir, "sequences"), sequence.Library()); err != nil {
		return err
	}
	if err := copyOut(filepath.Join(dir, "templates"), message.Defaults()); err != nil {
		return err
	}
	a.ConfigFlag = filepath.Join(dir, "config.toml")
	return nil
}
