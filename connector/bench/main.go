// Command bench measures the yardsticks of this project on ledgers that it
// generates, as ratios beside the floor named, in one run:
//
//	go run ./connector/bench -documents 100000 -rows pull,mail
//
// It starts a PostgreSQL of its own, runs each measurement in a process of its
// own and appends the table to docs/bench.md.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime/pprof"
	"slices"
	"strings"
	"syscall"

	"holdfast/connector/testpg/cluster"
	"holdfast/plugins"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	// A reader that goes away must not keep the database from being removed.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE)
	err := dispatch(ctx, os.Args[1:])
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// dispatch tells the processes apart that this program starts of itself.
func dispatch(ctx context.Context, args []string) error {
	switch {
	case len(args) == 3 && args[0] == "channel" && args[1] == "serve":
		return plugins.Serve(args[2])
	case len(args) > 0 && args[0] == "measure":
		return measure(ctx, args[1:])
	case len(args) > 0 && args[0] == "decide":
		f, s := flags("decide")
		if err := f.Parse(args[1:]); err != nil {
			return err
		}
		return decide(ctx, *s)
	}
	return runAll(ctx, args)
}

// flags are those that a process of one measurement takes.
func flags(name string) (*flag.FlagSet, *setting) {
	s := &setting{}
	f := flag.NewFlagSet(name, flag.ContinueOnError)
	f.StringVar(&s.dsn, "dsn", "", "URL of the PostgreSQL to use")
	f.StringVar(&s.dir, "dir", "", "folder for what is made on the way")
	f.IntVar(&s.documents, "documents", 100_000, "size of the ledger")
	return f, s
}

// measure is the life of the process of one measurement: it prints its rows as
// JSON.
func measure(ctx context.Context, args []string) error {
	f, s := flags("measure")
	name := f.String("row", "", "which one")
	profile := f.String("profile", "", "file for a profile of the processor")
	if err := f.Parse(args); err != nil {
		return err
	}
	if *profile != "" {
		out, err := os.Create(*profile)
		if err != nil {
			return err
		}
		defer out.Close()
		if err := pprof.StartCPUProfile(out); err != nil {
			return err
		}
		defer pprof.StopCPUProfile()
	}
	i := slices.IndexFunc(benches(), func(b bench) bool { return b.name == *name })
	rows, err := benches()[i].run(ctx, *s)
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(rows)
}

// options are the flags of the whole run.
type options struct {
	setting
	rows, out, profiles string
}

func runAll(ctx context.Context, args []string) error {
	var o options
	f := flag.NewFlagSet("bench", flag.ContinueOnError)
	f.IntVar(&o.documents, "documents", 100_000, "open documents of the generated ledger")
	f.StringVar(&o.rows, "rows", "all", "which measurements, separated by commas: "+strings.Join(names(), ","))
	f.StringVar(&o.out, "out", filepath.Join("docs", "bench.md"), "file that the table is appended to; empty: none")
	f.StringVar(&o.profiles, "profiles", "", "folder for a processor profile of each measurement; empty: none")
	if err := f.Parse(args); errors.Is(err, flag.ErrHelp) {
		return nil
	} else if err != nil {
		return err
	}
	chosen, err := choose(o.rows)
	if err != nil {
		return err
	}
	bin := cluster.Find()
	if bin == "" {
		return cluster.ErrMissing
	}
	c, err := cluster.Start(ctx, bin)
	if err != nil {
		return err
	}
	defer c.Stop()
	o.dsn = c.DSN
	var rows []Row
	for _, b := range chosen {
		some, err := o.inProcess(ctx, b)
		if err != nil {
			return fmt.Errorf("%s: %w", b, err)
		}
		rows = append(rows, some...)
	}
	fmt.Println()
	fmt.Print(table(rows))
	return o.keep(ctx, c.Version, rows)
}

func names() []string {
	var list []string
	for _, b := range benches() {
		list = append(list, b.name)
	}
	return list
}

func choose(rows string) ([]string, error) {
	if rows == "all" {
		return names(), nil
	}
	chosen := strings.Split(rows, ",")
	for _, name := range chosen {
		if !slices.Contains(names(), name) {
			return nil, fmt.Errorf("there is no measurement %q; there are %s", name, strings.Join(names(), ", "))
		}
	}
	return chosen, nil
}

// inProcess runs one measurement in a process of its own, so that memory and
// warmth of one do not help or harm the next.
func (o *options) inProcess(ctx context.Context, name string) ([]Row, error) {
	dir, err := os.MkdirTemp("", "holdfast-bench-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	args := []string{"measure", "-row", name, "-dsn", o.dsn, "-dir", dir, "-documents", fmt.Sprint(o.documents)}
	if o.profiles != "" {
		args = append(args, "-profile", filepath.Join(o.profiles, name+".prof"))
	}
	cmd := exec.CommandContext(ctx, self, args...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, err
	}
	var rows []Row
	if err := json.Unmarshal(out, &rows); err != nil {
		return nil, err
	}
	for i := range rows {
		if rows[i].Unit == "MiB" {
			rows[i].Ratio = peak(cmd.ProcessState)
		}
		fmt.Println(strings.Join(rows[i].cells(), " · "))
	}
	return rows, nil
}
