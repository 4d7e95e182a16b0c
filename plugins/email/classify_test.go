package email

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"holdfast/plugins/sdk"
)

// TestReadmeNamesEveryClass: the table that people read says what the table of
// the program does.
func TestReadmeNamesEveryClass(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	classes := []class{tlsFailed, unreachable, noSlot, lost}
	for _, r := range rules {
		classes = append(classes, r.class)
	}
	answers := map[sdk.State]string{sdk.Accepted: "accepted", sdk.Refused: "refused", sdk.Retry: "retry", sdk.Uncertain: "uncertain"}
	for _, c := range classes {
		answer, after := answers[c.state], ""
		if c.whole {
			answer += ", whole channel"
		}
		if c.after > 0 {
			after = strings.TrimSuffix(strings.TrimSuffix(c.after.String(), "0s"), "0m")
		}
		row := strings.ReplaceAll(fmt.Sprintf("\n| %s | %s | %s |", c.words, answer, after), "  ", " ")
		if !strings.Contains(string(readme), row) {
			t.Errorf("README.md has no row %q", row)
		}
	}
}

// TestPatience: RFC 5321, section 4.5.3.2, and the settings, which shorten all
// but the last.
func TestPatience(t *testing.T) {
	least := map[phase]time.Duration{
		phaseGreeting: 5 * time.Minute, phaseMail: 5 * time.Minute, phaseRcpt: 5 * time.Minute,
		phaseData: 2 * time.Minute, phaseBody: 3 * time.Minute, phaseDot: 10 * time.Minute,
	}
	usual, short := &pool{settings: Settings{timeout: 5 * time.Minute}}, &pool{settings: Settings{timeout: time.Second}}
	for at, want := range least {
		if got := usual.patience(at); got < want {
			t.Errorf("%s: %s, RFC 5321 says %s", at, got, want)
		}
		if got := short.patience(at); got != time.Second && at != phaseDot {
			t.Errorf("%s: %s with a timeout of 1s", at, got)
		}
	}
	if got := short.patience(phaseDot); got != 12*time.Minute {
		t.Errorf("%s: %s", phaseDot, got)
	}
}
