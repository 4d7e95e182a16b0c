package cli

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"holdfast/plugins/conform"
)

// channelTestVerb is `holdfast channel test`.
type channelTestVerb struct {
	Path     string   `arg:"" optional:"" help:"The channel's executable: holdfast-channel-NAME."`
	Builtin  string   `placeholder:"NAME" help:"Try a channel of this program instead."`
	Settings string   `placeholder:"FILE" help:"JSON file with right settings, secrets in plain. Without it the empty ones are tried."`
	To       string   `placeholder:"ADDRESS" help:"Let messages leave, to this address or telephone number."`
	YesSend  bool     `name:"yes-send" help:"Let messages leave, to reserved addresses that nobody has, or to where the settings say."`
	From     string   `placeholder:"ADDRESS" help:"Sender of the messages. Empty: a reserved address."`
	Only     []string `placeholder:"GROUP" help:"Only these groups of checks, and what they build on."`
	Full     bool     `help:"Also what takes long or much memory."`
}

// Help says more than the line in the list of verbs.
func (v *channelTestVerb) Help() string {
	return `Starts the executable as the service would, and tries some hundred promises of the contract: it is started twice,
killed, asked wrongly, given the same message again. Each check says what it saw, and of a failed one how to mend it.
No config is needed and nothing is kept. Without --to or --yes-send nothing is handed over, and the checks that need it
are skipped. Exit code 0: no check failed. docs/write-a-channel.md says what each promise is for.`
}

// Run tries one channel.
func (v *channelTestVerb) Run(ctx context.Context, a *App) error {
	o, err := v.options(a)
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt)
	defer stop()
	shown := ""
	report, err := conform.Run(ctx, o, func(r conform.Result) {
		if !a.JSON {
			shown = a.showCheck(r, shown)
		}
	})
	if err != nil {
		return failed(err)
	}
	if a.JSON {
		err = a.WriteJSON(report)
	} else {
		a.showReport(report)
	}
	return errors.Join(err, verdictOf(report))
}

// options reads what is tried, and with what.
func (v *channelTestVerb) options(a *App) (conform.Options, error) {
	o := conform.Options{Send: v.YesSend || v.To != "", To: v.To, From: v.From, Full: v.Full, Only: v.Only, Env: systemEnv()}
	if (v.Path == "") == (v.Builtin == "") {
		return o, usage("name one executable, or a channel of this program").WithCure("holdfast channel test PATH, or --builtin NAME")
	}
	if err := v.command(a, &o); err != nil {
		return o, err
	}
	if groups := conform.Groups(); slices.ContainsFunc(v.Only, func(g string) bool { return !slices.Contains(groups, g) }) {
		return o, usage("there is no group of checks %q", strings.Join(v.Only, ", ")).WithCure("there are %s", strings.Join(groups, ", "))
	}
	if v.Settings == "" {
		return o, nil
	}
	text, err := os.ReadFile(v.Settings)
	if err != nil {
		return o, usage("read the settings: %w", err)
	}
	if !json.Valid(text) {
		return o, usage("%s holds no JSON", v.Settings).WithCure(`write the settings as a JSON object, such as {"host": "mail.example"}`)
	}
	o.Settings = text
	return o, nil
}

// command finds the executable.
func (v *channelTestVerb) command(a *App, o *conform.Options) error {
	if v.Builtin != "" {
		if !slices.Contains(a.Parts.Channels, v.Builtin) {
			return usage("this program has no channel %q", v.Builtin).WithCure("it has %s", strings.Join(a.Parts.Channels, ", "))
		}
		program, err := a.Parts.Program()
		o.Command, o.Name = []string{program.Path, "channel", "serve", v.Builtin}, v.Builtin
		return err
	}
	path, err := filepath.Abs(v.Path)
	if err != nil {
		return usage("%w", err)
	}
	if _, err := exec.LookPath(path); err != nil {
		return usage("%s cannot be run: %w", v.Path, errors.Unwrap(err)).WithCure("name an executable; chmod +x where it is one")
	}
	o.Command = []string{path}
	return nil
}

// systemEnv is what no process of this system can do without.
func systemEnv() []string {
	if runtime.GOOS != "windows" {
		return nil
	}
	return []string{"SystemRoot=" + os.Getenv("SystemRoot")}
}

// showCheck writes one check below the name of its group, and returns that name.
func (a *App) showCheck(r conform.Result, group string) string {
	if r.Group != group {
		a.Say("%s", r.Group)
	}
	switch r.State {
	case conform.Passed:
		a.Say("  ok      %-26s %s", r.Name, r.Seen)
	case conform.Skipped:
		a.Say("  skipped %-26s %s", r.Name, r.Seen)
	default:
		a.Say("  FAILED  %-26s %s", r.Name, r.Promise)
		a.Say("          %-26s seen: %s", "", r.Seen)
		a.Say("          %-26s -> %s", "", r.Cure)
	}
	return r.Group
}

func (a *App) showReport(r conform.Report) {
	a.Say("")
	if r.Name != "" {
		a.Say("%s %s, medium %s", r.Name, r.Version, r.Medium)
	}
	a.Say("%s: %d passed, %d failed, %d skipped. %s handed over.", count(len(r.Results), "check"),
		r.Count(conform.Passed), r.Count(conform.Failed), r.Count(conform.Skipped), count(r.Messages, "message"))
}

// verdictOf is an error where a check failed.
func verdictOf(r conform.Report) error {
	if n := r.Count(conform.Failed); n > 0 {
		return failed(errors.New("the channel is not ready: " + count(n, "check") + " failed"))
	}
	return nil
}
