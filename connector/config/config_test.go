package config_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"holdfast/connector/config"
	"holdfast/engine/ar"
	"holdfast/engine/calendar"
	"holdfast/engine/fault"
)

var update = flag.Bool("update", false, "write the example and the reference anew")

const minimal = `
[[erp]]
name = "main"
preset = "tryton"
dsn = "env:HOLDFAST_TEST_DSN"

[[channel]]
name = "file"
type = "file"
[channel.settings]
dir = "outbox"

[[company]]
key = "1"
erp = "main"
channels = { email = "file" }
[company.sender]
from = "ar@example.org"
`

// load writes text as a config and reads it.
func load(t *testing.T, text string) (*config.Config, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "config.toml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return config.Load(path)
}

func mustLoad(t *testing.T, text string) *config.Config {
	t.Helper()
	c, err := load(t, text)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestLoadGivesDefaultsAndAbsolutePaths(t *testing.T) {
	c := mustLoad(t, minimal)
	if want := filepath.Join(c.Dir, "state"); c.State != want {
		t.Errorf("state is %s, want %s", c.State, want)
	}
	if got := c.Channel[0].Settings["dir"]; got != filepath.Join(c.Dir, "outbox") {
		t.Errorf("the file channel writes to %v", got)
	}
	e := c.ERP[0]
	if e.PullEvery.Duration != time.Minute || e.HeldEvery.Duration != 5*time.Second || e.History != (calendar.Span{N: 400}) {
		t.Errorf("defaults of [[erp]]: %+v", e)
	}
	company := c.Company[0]
	floor := []ar.Money{{Minor: 500, Currency: "USD"}}
	if diff := cmp.Diff(floor, company.Floor.Item); diff != "" {
		t.Errorf("floor:\n%s", diff)
	}
	if company.Mode != "observe" || company.CompanyID() != "1" || company.Contact.Cap7Days != 2 ||
		company.Cash.Lag != (calendar.Span{N: 2, Business: true}) || len(company.Contact.To) != 3 {
		t.Errorf("defaults of [[company]]: %+v", company)
	}
	if len(c.Warnings) != 0 {
		t.Errorf("warnings: %v", c.Warnings)
	}
}

// Every file in testdata/invalid must fail with each line of its .want, and
// with nothing more.
func TestInvalid(t *testing.T) {
	files, err := filepath.Glob("testdata/invalid/*.toml")
	if err != nil || len(files) < 25 {
		t.Fatalf("%d cases, %v", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".toml"), func(t *testing.T) {
			_, err := config.Load(file)
			if !fault.Is(err, fault.Invalid) {
				t.Fatalf("not refused: %v", err)
			}
			got := strings.ReplaceAll(err.Error(), filepath.ToSlash(file), "config.toml") + "\n"
			golden := strings.TrimSuffix(file, ".toml") + ".want"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Each problem must name a line, a key and a cure, whatever it is.
func TestInvalidNamesLineKeyAndCure(t *testing.T) {
	files, _ := filepath.Glob("testdata/invalid/*.toml")
	for _, file := range files {
		_, err := config.Load(file)
		for _, p := range config.ProblemsOf(err) {
			nothingThere := strings.HasSuffix(file, "empty.toml")
			if p.Line == 0 && !nothingThere || p.Cure == "" || p.Key == "" && !strings.Contains(file, "syntax") {
				t.Errorf("%s: incomplete: %+v", file, p)
			}
		}
	}
}

func TestWarnings(t *testing.T) {
	dsn := `dsn = "env:HOLDFAST_TEST_DSN"`
	cases := []struct{ name, old, new, want string }{
		{"plain password on this machine", dsn, `dsn = "postgres://u:p@localhost/db"`, "config.toml:5: erp[1].dsn: holds a password in plain text"},
		{"figures on the network", "\n[[erp]]", "[metrics]\nlisten = \"0.0.0.0:9464\"\n[[erp]]", "metrics.listen: figures can be read from other machines"},
		{"live without postal address", `erp = "main"`, "erp = \"main\"\nmode = \"live\"", "sender.address: no postal address"},
		{"notices in observe", "[[company]]\n", "[[channel]]\nname=\"team\"\ntype=\"chat\"\n[[company]]\nnotice = [{ channel = \"team\" }]\n", "notice[1].channel: shows nothing while the company is in mode observe"},
		{"unused ERP", "\n[[channel]]", "\n[[erp]]\nname=\"old\"\npreset=\"demo\"\ndsn=\"old.db\"\n[[channel]]", `no company is kept in ERP "old"`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			cfg := mustLoad(t, strings.Replace(minimal, c.old, c.new, 1))
			if len(cfg.Warnings) == 0 || !strings.Contains(cfg.Warnings[0].Error(), c.want) {
				t.Errorf("got %v, want %q", cfg.Warnings, c.want)
			}
		})
	}
}

func TestConnectionsThatHoldNoPasswordMayBePlain(t *testing.T) {
	for _, dsn := range []string{"erp.db", "postgres://u@erp.lan/db", "host=erp.lan user=u", "postgres:///db?host=/run/postgresql"} {
		if c := mustLoad(t, strings.Replace(minimal, "env:HOLDFAST_TEST_DSN", dsn, 1)); len(c.Warnings) > 0 {
			t.Errorf("%s: %v", dsn, c.Warnings)
		}
	}
}

func TestConnectionsWithPasswordsMustNotBePlain(t *testing.T) {
	for _, dsn := range []string{
		"postgres://u:hunter2@erp.lan/db", "host=erp.lan user=u password=hunter2", "sqlserver://u:hunter2@10.0.0.5?database=x",
		"server=10.0.0.5,1433;user id=u;Password=hunter2", "scott/hunter2@//erp.lan:1521/x", "postgres://erp.lan/db?user=u&password=hunter2",
	} {
		_, err := load(t, strings.Replace(minimal, "env:HOLDFAST_TEST_DSN", dsn, 1))
		if err == nil || !strings.Contains(err.Error(), "erp[1].dsn: holds a password for") {
			t.Errorf("%s: %v", dsn, err)
		} else if strings.Contains(err.Error(), "hunter2") {
			t.Errorf("the password is printed: %v", err)
		}
	}
}

func TestExampleIsWhatTheCodeWritesAndParses(t *testing.T) {
	golden(t, "../../config.example.toml", string(config.Example()))
	mustLoad(t, string(config.Example()))
}

// With every comment sign taken away the example must mean the same: each
// option really stands at its default.
func TestExampleShowsTheDefaults(t *testing.T) {
	example := string(config.Example())
	options := regexp.MustCompile(`(?m)^# ([a-z0-9_]+ = )`).ReplaceAllString(example, "$1")
	if strings.Count(options, "\n# ") > 0 || options == example {
		t.Fatal("the comment signs are not where they were expected")
	}
	plain, full := mustLoad(t, example), mustLoad(t, options)
	full.Path, full.Dir = plain.Path, plain.Dir
	show := func(c *config.Config) string {
		text := fmt.Sprintf("%+v %+v %+v %+v %+v", c.Log, c.Metrics, c.ERP, c.Channel, c.Company)
		return regexp.MustCompile(`/\S*/`).ReplaceAllString(strings.ReplaceAll(text, "[]", "[]"), "DIR/")
	}
	if diff := cmp.Diff(show(plain), show(full)); diff != "" {
		t.Error(diff)
	}
}

func TestReferenceIsWhatTheCodeKnows(t *testing.T) {
	const path, open, end = "../../docs/configuration.md", "<!-- keys -->\n", "<!-- /keys -->"
	page, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	head, rest, ok := strings.Cut(string(page), open)
	_, tail, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		t.Fatal("the page has no place for the keys")
	}
	golden(t, path, head+open+string(config.Reference())+"\n"+end+tail)
}

func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s is out of date; run go test ./connector/config -update\n%s", path, diff)
	}
}

func TestWriteMakesAConfigThatLoads(t *testing.T) {
	path := filepath.Join(t.TempDir(), "site", "config.toml")
	o := config.InitOptions{
		ERPs: []config.InitERP{
			{Name: "main", Preset: "tryton", DSN: "postgres://u:hunter2@erp.lan/db"},
			{Name: "old", Preset: "demo", DSN: `C:\erp\old.db`},
		},
		Companies: []config.InitCompany{
			{ID: "1", ERP: "main", Name: `Smith "&" Sons`, From: "ar@smith.example", TimeZone: "America/New_York"},
			{ID: "CRONUS UK Ltd.", ERP: "old"},
		},
	}
	if err := config.Write(path, o); err != nil {
		t.Fatal(err)
	}
	c, err := config.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := c.ERP[0].DSN.Resolve(); err != nil || got != o.ERPs[0].DSN {
		t.Errorf("connection %q, %v", got, err)
	}
	if got, _ := c.ERP[1].DSN.Resolve(); got != o.ERPs[1].DSN {
		t.Errorf("connection %q", got)
	}
	if co := c.Company[1]; co.Key != "CRONUS-UK-Ltd." || co.CompanyID() != "CRONUS UK Ltd." || c.Company[0].CompanyID() != "1" {
		t.Errorf("the companies are %q and %q (%s)", c.Company[0].CompanyID(), co.CompanyID(), co.Key)
	}
	if c.Company[0].Sender.Name != o.Companies[0].Name || len(c.Warnings) > 0 {
		t.Errorf("%+v %v", c.Company[0].Sender, c.Warnings)
	}
	if text, _ := os.ReadFile(path); strings.Contains(string(text), "hunter2") {
		t.Error("the password stands in the config")
	}
	if info, err := os.Stat(filepath.Join(c.Dir, "main.dsn")); err != nil || info.Mode().Perm()&0o077 != 0 && os.PathSeparator == '/' {
		t.Errorf("the connection's file is open to others: %v %v", info, err)
	}
	if err := config.Write(path, o); !fault.Is(err, fault.Conflict) {
		t.Errorf("a config was replaced: %v", err)
	}
}

func TestFind(t *testing.T) {
	t.Chdir(t.TempDir())
	if got, err := config.Find("mine.toml"); got != "mine.toml" || err != nil {
		t.Errorf("flag: %q, %v", got, err)
	}
	if err := os.WriteFile("config.toml", nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if got, err := config.Find(""); got != "config.toml" || err != nil {
		t.Errorf("here: %q, %v", got, err)
	}
	if _, err := config.Load("absent.toml"); !fault.Is(err, fault.NotFound) {
		t.Errorf("absent: %v", err)
	}
}
