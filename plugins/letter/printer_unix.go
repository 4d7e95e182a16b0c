//go:build unix

package letter

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"holdfast/plugins/sdk"
)

// printPrograms are the folders in which systems keep lp and lpstat.
var printPrograms = []string{"/usr/bin", "/usr/local/bin", "/opt/local/bin"}

// cups prints through the programs of CUPS.
type cups struct{ folder, queue, server string }

func newSpooler(queue, server string) (spooler, error) {
	for _, folder := range printPrograms {
		if info, err := os.Stat(filepath.Join(folder, "lp")); err == nil && info.Mode()&0o111 != 0 {
			return cups{folder, queue, server}, nil
		}
	}
	return nil, fmt.Errorf("there is no lp in %s (Debian package cups-client)", strings.Join(printPrograms, ", "))
}

// command makes a call of a program, whose words are English so that they can be
// read.
func (c cups) command(ctx context.Context, program string, args ...string) *exec.Cmd {
	if c.server != "" {
		args = append([]string{"-h", c.server}, args...)
	}
	cmd := exec.CommandContext(ctx, filepath.Join(c.folder, program), args...)
	cmd.Env = []string{"LC_ALL=C", "LANGUAGE=C"}
	cmd.WaitDelay = time.Second
	return cmd
}

// requestID is lp's answer: request id is office-17 (1 file(s)).
var requestID = regexp.MustCompile(`request id is (\S+-\d+) `)

// print calls lp, which ends with an error only where it has queued nothing, or
// has taken back what it queued. One that was ended says nothing.
func (c cups) print(ctx context.Context, title string, files []string) sdk.Sent {
	cmd := c.command(ctx, "lp", append([]string{"-d", c.queue, "-t", title, "--"}, files...)...)
	var said, failed bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &failed
	err := cmd.Run()
	var exit *exec.ExitError
	switch {
	case err == nil:
		m := requestID.FindStringSubmatch(said.String())
		if m == nil {
			return sdk.Sent{State: sdk.Accepted, Detail: "queued, under a name that lp does not tell: " + strings.TrimSpace(said.String())}
		}
		return sdk.Sent{State: sdk.Accepted, ProviderID: m[1], Detail: "queued at " + c.queue}
	case errors.As(err, &exit) && exit.Exited():
		return sdk.Sent{
			State: sdk.Retry, Detail: "the print system took nothing: " + strings.TrimSpace(failed.String()), RetryAfter: 5 * time.Minute, WholeChannel: true,
		}
	case exit == nil && cmd.Process == nil:
		return sdk.Sent{State: sdk.Retry, Detail: "lp cannot be started: " + err.Error()}
	}
	return sdk.Sent{State: sdk.Uncertain, Detail: "lp was ended before it answered: " + err.Error()}
}

// gone reads lpstat's list of jobs that have left the queue. A job's first line
// begins with its name, and an indented one says why it ended.
func (c cups) gone(ctx context.Context, jobs []string) (map[string]fate, error) {
	list, err := c.ask(ctx, "-W", "completed", "-l", "-o", c.queue)
	if err != nil {
		return nil, err
	}
	left := map[string]fate{}
	job := ""
	for line := range strings.Lines(list) {
		words := strings.Fields(line)
		switch {
		case len(words) == 0:
		case line[0] != ' ' && line[0] != '\t':
			job = words[0]
			left[job] = fate{printed: true, how: "left the queue " + c.queue}
		case words[0] == "Alerts:" && (strings.Contains(line, "cancel") || strings.Contains(line, "abort")):
			left[job] = fate{how: strings.Join(words[1:], " ")}
		}
	}
	maps.DeleteFunc(left, func(job string, _ fate) bool { return !slices.Contains(jobs, job) })
	return left, nil
}

// well asks whether the queue takes jobs.
func (c cups) well(ctx context.Context) error {
	said, err := c.ask(ctx, "-a", c.queue)
	if err == nil && strings.Contains(said, " not accepting ") {
		err = fmt.Errorf("the queue %s takes no jobs: %s", c.queue, strings.TrimSpace(said))
	}
	return err
}

func (c cups) ask(ctx context.Context, args ...string) (string, error) {
	cmd := c.command(ctx, "lpstat", args...)
	var failed bytes.Buffer
	cmd.Stderr = &failed
	said, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("lpstat: %s: %w", strings.TrimSpace(failed.String()), err)
	}
	return string(said), nil
}
