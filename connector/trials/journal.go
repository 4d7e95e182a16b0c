package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"
)

// tableHead begins the table of docs/trials.md under which new lines go.
const tableHead = "| day | commit | seed |"

// line is the result as a line of that table.
func (r Result) line(day time.Time, commit string) string {
	verdict := "held"
	if len(r.Faults()) > 0 {
		verdict = "**failed**"
	}
	return fmt.Sprintf("| %s | %s | %d | %d | %d (%d) | %d | %d | %d | %d | %d | %d | %s |",
		day.UTC().Format(time.DateOnly), commit, r.Seed, r.Sends, r.Kills+r.ChannelKills, r.ChannelKills,
		r.Copies, r.Bound(), r.Lost, r.Twice, r.Silent, r.Uncertain, verdict)
}

// deathsHead begins the table of the trials with one victim.
const deathsHead = "| day | commit | died |"

// deathLine is the result of a trial with one victim.
func (r Result) deathLine(d death, day time.Time, commit string) string {
	verdict := "held"
	if len(r.Faults()) > 0 {
		verdict = "**failed**"
	}
	doubles := fmt.Sprintf("%d of at most %d", r.Copies-r.Unique, r.Bound()-r.Unique)
	if d.hold {
		doubles = fmt.Sprintf("%d of at most 0", r.Copies-r.Unique)
	}
	return fmt.Sprintf("| %s | %s | %s | %d | %d | %d + %d | %d | %s | %d | %d + %d | %s |", day.UTC().Format(time.DateOnly), commit, d, r.Seed, r.Sends,
		r.Kills, r.ChannelKills, r.Lost, doubles, r.Silent, r.Uncertain-r.Named, r.Named, verdict)
}

// record puts the result on top of the table in a page; an empty name writes
// none.
func (r Result) record(ctx context.Context, page string, d death) error {
	if page == "" {
		return nil
	}
	data, err := os.ReadFile(page)
	if err != nil {
		return fmt.Errorf("write the figures down: %w", err)
	}
	head, line := tableHead, r.line(time.Now(), commit(ctx))
	if d != (death{}) {
		head, line = deathsHead, r.deathLine(d, time.Now(), commit(ctx))
	}
	text, err := withLine(string(data), head, line)
	if err != nil {
		return fmt.Errorf("write the figures down in %s: %w", page, err)
	}
	return os.WriteFile(page, []byte(text), 0o644)
}

// withLine puts a line right under the head of a table.
func withLine(text, head, line string) (string, error) {
	at := strings.Index(text, head)
	if at < 0 {
		return "", fmt.Errorf("it has no table that begins with %q", head)
	}
	for range 2 { // the head and the dashes
		end := strings.IndexByte(text[at:], '\n')
		if end < 0 {
			return "", fmt.Errorf("the table's head is cut off")
		}
		at += end + 1
	}
	return text[:at] + line + "\n" + text[at:], nil
}

// commit names what was tried, marked where files other than pages differ from it.
func commit(ctx context.Context) string {
	out, err := exec.CommandContext(ctx, "git", "describe", "--always").Output()
	if err != nil {
		return "unknown"
	}
	changed, err := exec.CommandContext(ctx, "git", "status", "--porcelain", "--", ":!docs").Output()
	if err != nil || len(changed) > 0 {
		return strings.TrimSpace(string(out)) + "-dirty"
	}
	return strings.TrimSpace(string(out))
}
