package config

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"unicode"

	"holdfast/engine/fault"
	"holdfast/engine/tomlfile"
)

// InitOptions is what a new config is made of. Companies and ERPs must not be
// empty; all else has a default.
type InitOptions struct {
	ERPs      []InitERP
	Companies []InitCompany
	Sequences string // folder written into the file; empty: the shipped library
	Templates string
	Outbox    string // folder of the file channel; empty: "outbox"
}

// InitERP is one ERP of a new config. A DSN with a password is written to a
// file of its own that only its owner may read.
type InitERP struct {
	Name, Preset, DSN string
	Places            map[string]string
}

// InitCompany is one company of a new config, by the ERP's own id of it. Name,
// From and TimeZone may be empty.
type InitCompany struct{ ID, ERP, Name, From, TimeZone string }

// key is the company's name in commands, which has no blanks and no slash.
func (c InitCompany) key() string { return strings.Join(strings.FieldsFunc(c.ID, notInKey), "-") }

func notInKey(r rune) bool { return unicode.IsSpace(r) || r == '/' }

// Write writes a short config to path and makes its folder. Messages go to the
// file channel and nothing leaves the machine. It never replaces a file: where
// one is there it returns fault.Conflict.
func Write(path string, o InitOptions) error {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fault.New(fault.Denied, "the folder of the config: %w", err).WithCure("create it, or name another with --dir")
	}
	var b strings.Builder
	b.WriteString("# The configuration of Holdfast. docs/configuration.md and config.example.toml\n" +
		"# name every option; what is left out stands at its default.\n\n")
	b.WriteString("state = \"state\"\n")
	writeKey(&b, "sequences", o.Sequences)
	writeKey(&b, "templates", o.Templates)
	secrets := map[string]string{}
	for _, e := range o.ERPs {
		writeERP(&b, e, secrets)
	}
	writeFileChannel(&b, o.Outbox)
	for _, c := range o.Companies {
		writeCompany(&b, c)
	}
	if err := create(path, []byte(b.String()), 0o644); err != nil {
		return err
	}
	for name, value := range secrets {
		if err := create(filepath.Join(dir, name), []byte(value+"\n"), 0o600); err != nil {
			return err
		}
	}
	return nil
}

// writeERP writes one [[erp]]; a connection that holds a password goes into
// secrets by the name of its file.
func writeERP(b *strings.Builder, e InitERP, secrets map[string]string) {
	dsn := e.DSN
	if _, password := dsnParts(dsn); password != "" && !isRef(dsn) {
		name := e.Name + ".dsn"
		secrets[name] = dsn
		dsn = "file:" + name
	}
	fmt.Fprintf(b, "\n[[erp]]\nname = %s\npreset = %s\ndsn = %s\n", text(e.Name), text(e.Preset), text(dsn))
	var places []string
	for _, name := range tomlfile.Sorted(e.Places) {
		places = append(places, name+" = "+text(e.Places[name]))
	}
	if len(places) > 0 {
		fmt.Fprintf(b, "places = { %s }\n", strings.Join(places, ", "))
	}
}

func writeFileChannel(b *strings.Builder, outbox string) {
	if outbox == "" {
		outbox = "outbox"
	}
	b.WriteString("\n# Messages are written to files until a real channel is configured.\n" +
		"[[channel]]\nname = \"file\"\ntype = \"file\"\n")
	fmt.Fprintf(b, "[channel.settings]\ndir = %s\n", text(outbox))
}

func writeCompany(b *strings.Builder, c InitCompany) {
	fmt.Fprintf(b, "\n[[company]]\nkey = %s\n", text(c.key()))
	if c.key() != c.ID {
		writeKey(b, "id", c.ID)
	}
	fmt.Fprintf(b, "erp = %s\nmode = \"observe\" # then \"test\", then \"live\"\n", text(c.ERP))
	b.WriteString("channels = { email = \"file\" }\n")
	writeKey(b, "time_zone", c.TimeZone)
	from := c.From
	if from == "" {
		from = "receivables@example.com"
	}
	b.WriteString("[company.sender]\n")
	writeKey(b, "name", c.Name)
	fmt.Fprintf(b, "from = %s\n", text(from))
}

// writeKey writes a key unless its value is empty.
func writeKey(b *strings.Builder, key, value string) {
	if value != "" {
		fmt.Fprintf(b, "%s = %s\n", key, text(value))
	}
}

// text writes a TOML string; JSON's escapes are TOML's.
func text(s string) string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil {
		panic(err) // a string always encodes
	}
	return strings.TrimSpace(b.String())
}

// create writes a file that must not be there yet.
func create(path string, content []byte, mode os.FileMode) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if errors.Is(err, os.ErrExist) {
		return fault.New(fault.Conflict, "%s is there already", path).WithCure("remove it first, or name another folder with --dir")
	}
	if err != nil {
		return fault.New(fault.Denied, "cannot write: %w", err).WithCure("let this user write to %s", filepath.Dir(path))
	}
	_, err = f.Write(content)
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return fault.New(fault.Full, "cannot write %s: %w", path, err).WithCure("make room on the disk")
	}
	return nil
}
