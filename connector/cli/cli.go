// Package cli is the command line: one file per verb. It reads the config,
// puts the parts together and shows what came of it.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/alecthomas/kong"
	"golang.org/x/term"

	"holdfast/adapters"
	"holdfast/connector/config"
	"holdfast/connector/observe"
	"holdfast/engine/fault"
	"holdfast/engine/reports/report"
	"holdfast/engine/sequence"
	"holdfast/plugins/host"
)

// Exit codes, which scripts rely on.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2 // bad config or usage
	exitBusy   = 3 // another instance holds the state
	exitPerson = 4 // done, with items that need a person
)

// Parts are the leaves that the program is made of.
type Parts struct {
	Version  string
	Drivers  []adapters.Driver
	Steps    []sequence.Step
	Reports  []report.Report
	Channels []string                     // that the program serves to itself
	Serve    func(channel string) error   // runs one of them until its host ends it
	Program  func() (host.Program, error) // the program that serves them
}

// verbs is the whole command line. A verb is a struct with its flags and a
// method Run(ctx context.Context, a *App) error, in a file of its name.
type verbs struct {
	Config string `name:"config" placeholder:"FILE" help:"Config to use (default: ./config.toml, then the system's place)."`
	JSON   bool   `name:"json" help:"Write JSON for programs instead of text for people."`

	Demo     demoVerb     `cmd:"" help:"Live some weeks with a made-up ERP; needs nothing installed."`
	Init     initVerb     `cmd:"" help:"Write a config for an ERP, with sequences and templates to change."`
	Check    checkVerb    `cmd:"" help:"Say whether a start would succeed, and what stands in the way."`
	Pull     pullVerb     `cmd:"" help:"Read what changed in the ERP."`
	Run      runVerb      `cmd:"" help:"Pull, decide, deliver and hold: as a service, or once."`
	Plan     planVerb     `cmd:"" help:"Show what the coming days bring, and send nothing."`
	Explain  explainVerb  `cmd:"" help:"Say where a customer stands, what comes next and why not now."`
	Adopt    adoptVerb    `cmd:"" help:"Set where old debt enters the sequences."`
	Backtest backtestVerb `cmd:"" help:"Live past days again with other sequences, and say what would have been sent."`
	Diff     diffVerb     `cmd:"" help:"Compare two versions of a sequence on today's ledger: who gets what differently."`
	Migrate  migrateVerb  `cmd:"" help:"Move what is under way to the current version of its sequence."`
	Test     testVerb     `cmd:"" help:"Run case files: what should come of a given ledger, day by day."`

	Hold      holdVerb      `cmd:"" help:"Credit holds: enable, disable, list, place, release."`
	Approve   approveVerb   `cmd:"" help:"What waits for a yes: list, show, yes, no."`
	Outbox    outboxVerb    `cmd:"" help:"Messages on their way: list, show, resolve."`
	Task      taskVerb      `cmd:"" help:"What waits for a person: list, show, done."`
	Worklist  worklistVerb  `cmd:"" help:"Each collector's work of the day: show, write as a workbook, send."`
	Intake    intakeVerb    `cmd:"" help:"What people filled in: import."`
	Promise   promiseVerb   `cmd:"" group:"told" help:"What customers promise to pay: add, plan, list, withdraw."`
	Dispute   disputeVerb   `cmd:"" group:"told" help:"What customers contest: add, list, resolve."`
	Pause     pauseVerb     `cmd:"" group:"told" help:"Keep everything automated back until a day: add, list, end."`
	Note      noteVerb      `cmd:"" group:"told" help:"What is worth knowing of a customer: add, list."`
	Call      callVerb      `cmd:"" group:"told" help:"Calls that no task asked for: log."`
	Reply     replyVerb     `cmd:"" group:"told" help:"What customers wrote back: add, answer, list."`
	Prefer    preferVerb    `cmd:"" group:"told" help:"How customers want to be dealt with: set, list."`
	Contact   contactVerb   `cmd:"" group:"told" help:"Who must not be contacted: stop, resume, list."`
	Consent   consentVerb   `cmd:"" group:"told" help:"Who allowed which channel: give, revoke, list."`
	Event     eventVerb     `cmd:"" group:"told" help:"What happened by which sequences begin: add."`
	Accepted  acceptedVerb  `cmd:"" group:"told" help:"Documents that a customer's portal took: add."`
	Returned  returnedVerb  `cmd:"" group:"told" help:"Documents that the agency gave back: add."`
	Classify  classifyVerb  `cmd:"" group:"told" help:"Say what the rest of a part payment is."`
	Cash      cashVerb      `cmd:"" help:"Receipts: say through which day they are posted."`
	Report    reportVerb    `cmd:"" help:"Write a report, such as the aging."`
	Statement statementVerb `cmd:"" help:"Month-end statements in Excel."`
	Stop      stopVerb      `cmd:"" help:"Turn every effect off: nothing is sent, no hold is written."`
	Resume    resumeVerb    `cmd:"" help:"Take a stop back."`
	Audit     auditVerb     `cmd:"" help:"The journal of who did what: verify, list."`
	Preset    presetVerb    `cmd:"" help:"ERPs that are known: list, show."`
	Channel   channelVerb   `cmd:"" help:"What messages leave by: list, test."`
	Service   serviceVerb   `cmd:"" help:"The system service: install, uninstall, start, stop, status."`
	Version   versionVerb   `cmd:"" help:"Say which version this is."`
}

// App is what a verb works with: the parts, the streams and, once asked for,
// config, log and state. It belongs to one call of Main.
type App struct {
	Parts      Parts
	In         io.Reader
	Out        io.Writer
	Err        io.Writer
	ConfigFlag string
	JSON       bool

	config   *config.Config
	presets  string // folder of the site's own presets, as a flag says; empty: as the config does
	redactor observe.Redactor
	logger   *lazyLog
	waits    bool
}

// Main runs one command line and returns the exit code.
func Main(parts Parts, args []string, in io.Reader, out, errs io.Writer) int {
	a := &App{Parts: parts, In: in, Out: out, Err: errs, logger: &lazyLog{}}
	defer a.logger.close()
	return a.exit(a.run(context.Background(), args))
}

// run parses a command line and runs its verb.
func (a *App) run(ctx context.Context, args []string) error {
	var v verbs
	helped := false
	parser, err := kong.New(&v,
		kong.Name("holdfast"), kong.Description("Follows receivables: reminders, calls, credit holds and statements, from the ERP's own data."),
		kong.ExplicitGroups([]kong.Group{{Key: "told", Title: "What people tell:"}}), kong.Writers(a.Out, a.Err), kong.Exit(func(int) { helped = true }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, NoExpandSubcommands: true, WrapUpperBound: 100}),
		kong.BindTo(ctx, (*context.Context)(nil)), kong.Bind(a),
	)
	if err != nil {
		return err
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	call, err := parser.Parse(args)
	if helped {
		return nil
	}
	if err != nil {
		return usage("%w", err).WithCure("see holdfast %s--help", verbOf(args))
	}
	a.ConfigFlag, a.JSON = v.Config, v.JSON
	return call.Run()
}

// verbOf returns the verb of a command line with a blank behind it, empty where
// it has none.
func verbOf(args []string) string {
	if len(args) == 0 || strings.HasPrefix(args[0], "-") {
		return ""
	}
	return args[0] + " "
}

// usage is an error in how a command was called.
func usage(format string, args ...any) *fault.Error {
	return fault.New(fault.Invalid, format, args...)
}

// failure marks an error that is neither the config's nor the caller's fault,
// whatever its kind.
type failure struct{ error }

// Unwrap returns the error itself.
func (f failure) Unwrap() error { return f.error }

// failed marks err, if it is one, as a failure of the work itself: exit code 1
// even where data were invalid.
func failed(err error) error {
	if err == nil {
		return nil
	}
	return failure{err}
}

// Waits says that something of what was done waits for a person.
func (a *App) Waits() { a.waits = true }

// exit prints an error, once, and returns the exit code.
func (a *App) exit(err error) int {
	if err == nil {
		if a.waits {
			return exitPerson
		}
		return exitDone
	}
	for line := range strings.Lines(strings.TrimSpace(err.Error())) {
		fmt.Fprintln(a.Err, "holdfast:", a.redactor.Known(strings.TrimSpace(line)))
	}
	var work failure
	switch {
	case fault.Is(err, fault.Busy):
		return exitBusy
	case errors.As(err, &work):
		return exitFailed
	case fault.Is(err, fault.Invalid), config.ProblemsOf(err) != nil:
		return exitUsage
	}
	return exitFailed
}

// isTerminal reports whether a stream is a terminal: a person is there.
func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
