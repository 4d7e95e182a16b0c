// Command planted breaks one rule of the engine at a time, in a copy of the
// tree, and expects the test of that rule to fail: a property that no bug can
// break proves nothing.
//
//	go run ./connector/trials/planted
//
// It prints a line for each planted bug and ends with 1 where one went
// unnoticed.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

func main() {
	unnoticed, err := plantAll(context.Background())
	if err != nil {
		fmt.Fprintln(os.Stderr, "planted:", err)
	}
	if unnoticed > 0 || err != nil {
		os.Exit(1)
	}
}

// plantAll plants every bug, one after the other, and counts those that no test
// noticed.
func plantAll(ctx context.Context) (unnoticed int, err error) {
	dir, err := os.MkdirTemp("", "holdfast-planted-")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(dir)
	if err := copyTree(ctx, dir); err != nil {
		return 0, err
	}
	if said, err := (bug{pkg: "engine/sequence", test: "."}).try(ctx, dir); err != nil || said != "" {
		return 0, errors.Join(err, fmt.Errorf("the sound tree fails: %s", said))
	}
	fmt.Println("| property | planted bug | what the test said |\n|---|---|---|")
	for _, b := range bugs {
		said, err := b.plant(ctx, dir)
		if err != nil {
			return unnoticed, err
		}
		if said == "" {
			said = "**nothing: unnoticed**"
			unnoticed++
		}
		fmt.Printf("| %s | %s | %s |\n", b.property, b.what, strings.ReplaceAll(said, "|", "/"))
	}
	return unnoticed, nil
}

// copyTree copies the files that the tree keeps.
func copyTree(ctx context.Context, dir string) error {
	out, err := exec.CommandContext(ctx, "git", "ls-files", "-z", "go.mod", "go.sum", "engine").Output()
	if err != nil {
		return fmt.Errorf("list the files of the tree: %w", err)
	}
	for _, name := range strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00") {
		data, err := os.ReadFile(name)
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return err
		}
		if err := os.WriteFile(path, data, 0o600); err != nil {
			return err
		}
	}
	return nil
}

// plant puts one bug into the copy, runs its test, and takes it out again. It
// returns what the test said, empty where it passed.
func (b bug) plant(ctx context.Context, dir string) (said string, err error) {
	path := filepath.Join(dir, filepath.FromSlash(b.file))
	sound, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	if strings.Count(string(sound), b.old) != 1 {
		return "", fmt.Errorf("%s has %d places like %q; name one", b.file, strings.Count(string(sound), b.old), b.old)
	}
	if err := os.WriteFile(path, []byte(strings.Replace(string(sound), b.old, b.new, 1)), 0o600); err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, os.WriteFile(path, sound, 0o600)) }()
	return b.try(ctx, dir)
}

// try runs the test of a bug's rule and returns what it said, empty where it
// passed.
func (b bug) try(ctx context.Context, dir string) (said string, err error) {
	cmd := exec.CommandContext(ctx, "go", "test", "-count=1", "-timeout=90s", "-run", b.test, "./"+b.pkg, "-rapid.checks=400", "-rapid.nofailfile", "-rapid.shrinktime=1s")
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	if err == nil {
		return "", nil
	}
	return complaint(string(out))
}

// complaint returns the line that says which rule was broken.
func complaint(out string) (string, error) {
	if strings.Contains(out, "[build failed]") || strings.Contains(out, "[setup failed]") {
		return "", fmt.Errorf("the planted bug does not build:\n%s", out)
	}
	for _, line := range strings.Split(out, "\n") {
		if _, text, ok := strings.Cut(line, "_test.go:"); ok && !strings.Contains(line, "[rapid] draw") {
			_, text, _ = strings.Cut(text, ": ")
			if _, after, found := strings.Cut(text, "tests: "); found {
				text = after
			}
			return strings.TrimSpace(text), nil
		}
	}
	return "it failed", nil
}
