// Command trials kills the program at random points while it sends, starts it
// again until its work is done, and counts what arrived at a real mail server:
//
//	go run ./connector/trials -seed 7 -kills 200 -sends 1000
//
// With -only year it draws a ledger instead, lives a year of it in memory and
// through the store, and compares:
//
//	go run ./connector/trials -only year -seed 7 -accounts 2000 -compare 200
//
// It writes the figures to docs/trials.md, and ends with 1 where a message was
// lost, doubled or sent without a trace. The
// seed draws the points; with the same seed they are the same, as far as two
// processes on one machine can repeat themselves.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"time"
)

func main() {
	held, err := begin(context.Background())
	if err != nil {
		fmt.Fprintln(os.Stderr, "trials:", err)
	}
	if !held || err != nil {
		os.Exit(1)
	}
}

// begin reads the flags, builds the program and runs one trial.
func begin(ctx context.Context) (held bool, err error) {
	var s settings
	flag.Uint64Var(&s.seed, "seed", 0, "draws the points of the kills; 0 draws a seed")
	flag.IntVar(&s.kills, "kills", 200, "kills")
	flag.IntVar(&s.sends, "sends", 1000, "messages to send, one for each customer")
	page := flag.String("out", filepath.Join("docs", "trials.md"), "page whose table gets the figures; empty: none")
	keep := flag.Bool("keep", false, "keep the folder of the trial")
	only := flag.String("only", "kills", "what to try: kills, deaths (host, channel and both, at random and at named points, with and without holding) or year")
	accounts := flag.Int("accounts", 2000, "accounts of the year that is lived in memory")
	compared := flag.Int("compare", 200, "accounts of the year that is lived through the store too; 0: none")
	flag.Parse()
	if s.seed == 0 {
		s.seed = uint64(time.Now().UnixNano()) % 1_000_000
	}
	if *only == "year" {
		return tryYear(ctx, s.seed, *accounts, *compared, *page)
	}
	if *only == "deaths" {
		return tryDeaths(ctx, s, *page)
	}
	return tryKills(ctx, s, *page, *keep)
}

// tryDeaths tries every death, with its own seed each.
func tryDeaths(ctx context.Context, s settings, page string) (held bool, err error) {
	held = true
	for _, d := range deaths() {
		s.death = d
		fmt.Printf("%s: ", d)
		one, err := tryKills(ctx, s, page, false)
		if err != nil {
			return false, fmt.Errorf("%s: %w", d, err)
		}
		held = held && one
		s.seed++
	}
	return held, nil
}

// tryKills runs one trial in a folder of its own.
func tryKills(ctx context.Context, s settings, page string, keep bool) (held bool, err error) {
	dir, err := os.MkdirTemp("", "holdfast-trial-")
	if err != nil {
		return false, err
	}
	if keep {
		fmt.Println("folder:", dir)
	} else {
		defer os.RemoveAll(dir)
	}
	s.dir = filepath.Join(dir, "house")
	if err := os.Mkdir(s.dir, 0o700); err != nil {
		return false, err
	}
	if s.program, err = build(ctx, dir, s.death.points); err != nil {
		return false, err
	}
	fmt.Printf("seed %d\n", s.seed)
	began := time.Now()
	r, err := run(ctx, s)
	fmt.Printf("%s\nin %s\n", r, time.Since(began).Round(time.Second))
	if err != nil {
		return false, err
	}
	return len(r.Faults()) == 0, r.record(ctx, page, s.death)
}

// build makes the program, with its failpoints where it is to die at them.
func build(ctx context.Context, dir string, points bool) (string, error) {
	path := filepath.Join(dir, "holdfast")
	if runtime.GOOS == "windows" {
		path += ".exe"
	}
	args := []string{"build", "-o", path}
	if points {
		args = append(args, "-tags", "failpoint")
	}
	cmd := exec.CommandContext(ctx, "go", append(args, "holdfast/connector")...)
	cmd.Stderr = os.Stderr
	return path, cmd.Run()
}
