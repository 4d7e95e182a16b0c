package conform_test

import (
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"holdfast/plugins/conform"
)

// mode is a channel with flaws, and the checks that must see them.
type mode struct {
	flaws []string
	short bool // it hangs: wait less, and send nothing
	full  bool
	fails []string
}

var modes = map[string]mode{
	"good":       {},
	"mute":       {flaws: []string{"mute", "silent-by-hand"}, fails: []string{"start/ready", "start/by-hand"}},
	"chatty":     {flaws: []string{"chatty"}, fails: []string{"start/ready", "start/handshake-line"}},
	"foreign":    {flaws: []string{"foreign"}, short: true, fails: []string{"start/ready", "start/address"}},
	"lonely":     {flaws: []string{"lonely"}, fails: []string{"start/two-at-once"}},
	"open":       {flaws: []string{"open"}, short: true, fails: []string{"start/certificate", "start/stranger", "start/plaintext", "start/alive", "start/listens"}},
	"speechless": {flaws: []string{"speechless"}, fails: []string{"describe/answers"}},
	"liar": {flaws: []string{"misdescribed", "open-schema", "takes-anything"}, fails: []string{
		"describe/same", "describe/touches-nothing", "describe/name", "describe/name-form", "describe/version", "describe/medium",
		"describe/schema-draft", "describe/schema-closed", "describe/schema-types", "describe/schema-words", "describe/schema-required",
		"describe/schema-secrets", "settings/unknown", "settings/wrong-type", "settings/missing", "settings/no-object", "settings/fit",
	}},
	"curt": {flaws: []string{"no-schema", "curt", "changes", "empty-is-an-error", "connects"}, fails: []string{
		"describe/contract", "describe/schema", "describe/schema-valid", "settings/empty", "settings/problems", "settings/describe-after", "settings/offline",
	}},
	"stubborn": {flaws: []string{"stubborn"}, fails: []string{"settings/right"}},
	"once": {flaws: []string{"once"}, fails: []string{
		"settings/again", "repeat/after-restart", "repeat/after-kill", "lookup/after-kill", "end/killed",
	}},
	"refuser": {flaws: []string{"refuser"}, fails: []string{"send/ordinary"}},
	"picky": {flaws: []string{"picky"}, full: true, fails: []string{
		"send/unicode", "send/long-text", "send/attachment", "send/two-keys", "send/at-once", "send/unknown-purpose", "send/unknown-field",
		"send/other-parts", "send/bare", "send/no-name", "send/odd-language", "refuse/huge",
	}},
	"gullible": {flaws: []string{"gullible"}, fails: []string{
		"refuse/line-break-in-address", "refuse/line-break-in-attachment", "refuse/line-break-in-name", "refuse/line-break-in-sender",
		"refuse/line-break-in-subject", "refuse/line-break-in-type", "refuse/no-recipient", "refuse/no-key", "refuse/path-key", "refuse/no-message",
		"repeat/same-key", "repeat/refused-again", "repeat/same-key-at-once", "repeat/after-restart", "repeat/after-kill", "repeat/given-up",
		"lookup/sent", "lookup/unknown", "lookup/unknown-old", "lookup/no-time", "lookup/odd-key", "lookup/no-effect", "limits/folder",
	}},
	"crashes": {flaws: []string{"crashes"}, fails: []string{"refuse/no-date"}},
	"forgetful": {flaws: []string{"forgetful"}, fails: []string{
		"repeat/after-kill", "lookup/sent", "lookup/unknown-old", "lookup/no-time", "lookup/after-kill",
	}},
	"modest": {flaws: []string{"modest"}, fails: []string{"lookup/claim", "events/claim"}},
	"confused": {flaws: []string{"odd-events", "strict-cursors"}, fails: []string{
		"events/unknown-cursor", "events/cursors", "events/kinds", "events/times", "events/whose",
	}},
	"endless": {flaws: []string{"endless", "ignores-cursors"}, fails: []string{"events/ends"}},
	"again":   {flaws: []string{"ignores-cursors", "renumbers"}, fails: []string{"events/resume", "events/after-kill"}},
	"sickly":  {flaws: []string{"sickly"}, fails: []string{"health/answers", "health/well", "health/often"}},
	"leaky":   {flaws: []string{"leaky"}, fails: []string{"health/descriptors"}},
	"noisy": {flaws: []string{"noisy"}, fails: []string{
		"send/detail", "limits/memory", "limits/stdout", "limits/log-lines", "limits/log-rate", "limits/secrets-logged", "limits/secrets-said",
		"limits/folder", "end/children",
	}},
	"stuck": {flaws: []string{"stuck", "stays"}, short: true, fails: []string{
		"health/answers", "limits/cancelled", "limits/cancelled-events", "limits/side-by-side", "end/asked", "end/asked-configured", "end/signal",
		"end/sockets",
	}},
}

// executable puts this binary under the name of a channel.
func executable(t *testing.T, name string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), conform.Prefix+name)
	if err := os.Symlink(self(t), path); err != nil {
		t.Fatal(err)
	}
	return path
}

func (m mode) options(t *testing.T, name string) conform.Options {
	var groups []string
	for _, check := range m.fails {
		group, _, _ := strings.Cut(check, "/")
		groups = append(groups, group)
	}
	o := conform.Options{Only: groups, Command: []string{executable(t, name)}, Settings: []byte(`{"token": "tok-8c1f77"}`), Send: !m.short, Full: m.full}
	if m.short {
		o.Patience = 1800 * time.Millisecond
	}
	return o
}

// TestBadChannels: each flaw is seen by the checks that are for it.
func TestBadChannels(t *testing.T) {
	for name, m := range modes {
		if len(m.fails) == 0 {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			failed := failures(run(t, m.options(t, name)))
			for _, want := range m.fails {
				if want == "settings/offline" && !seenAbroad(t) {
					t.Logf("%s cannot be shown: this machine has no address but loopback", want)
					continue
				}
				if !slices.Contains(failed, want) {
					t.Errorf("%s did not fail; failed: %v", want, failed)
				}
			}
		})
	}
}

func failures(r conform.Report) []string {
	var list []string
	for _, result := range r.Results {
		if result.State == conform.Failed {
			list = append(list, result.Group+"/"+result.Name)
		}
	}
	return list
}

// seenAbroad reports whether this machine has an address that others see.
func seenAbroad(t *testing.T) bool {
	t.Helper()
	addresses, err := net.InterfaceAddrs()
	if err != nil {
		t.Fatal(err)
	}
	return slices.ContainsFunc(addresses, func(a net.Addr) bool {
		n, ok := a.(*net.IPNet)
		return ok && !n.IP.IsLoopback() && n.IP.To4() != nil
	})
}

// TestEveryCheckFailsOnce: no check is there that no bad channel fails.
func TestEveryCheckFailsOnce(t *testing.T) {
	seen := map[string]bool{}
	for _, m := range modes {
		for _, name := range m.fails {
			seen[name] = true
		}
	}
	names := map[string]bool{}
	for _, c := range conform.All() {
		name := c.Group + "/" + c.Name
		if names[name] {
			t.Errorf("two checks are called %s", name)
		}
		names[name] = true
		if !seen[name] {
			t.Errorf("no bad channel fails %s", name)
		}
		if c.Promise == "" || c.Cure == "" {
			t.Errorf("%s: no promise, or no cure", name)
		}
	}
	for name := range seen {
		if !names[name] {
			t.Errorf("there is no check %s", name)
		}
	}
	if len(names) < 45 {
		t.Errorf("%d checks", len(names))
	}
}

func TestGoodChannelPasses(t *testing.T) {
	passes(t, run(t, modes["good"].options(t, "good")), 95)
}
