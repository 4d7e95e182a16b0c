//go:build unix

package host

import (
	"encoding/hex"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"holdfast/engine/fault"
	"holdfast/engine/outbox"
)

// shop copies the test binary into a folder as a third party's channel.
func shop(t *testing.T) (folder, file, sum string) {
	t.Helper()
	p, err := self()
	if err != nil {
		t.Fatal(err)
	}
	folder = t.TempDir()
	if err := os.Chmod(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	file = filepath.Join(folder, Prefix+"good")
	in, err := os.Open(p.Path)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	out, err := os.OpenFile(file, os.O_CREATE|os.O_WRONLY, 0o755)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(out, in); err != nil {
		t.Fatal(err)
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	return folder, file, hex.EncodeToString(p.Checksum)
}

func TestThirdParty(t *testing.T) {
	folder, file, sum := shop(t)
	cfg, err := ThirdParty(folder, "good", sum)
	if err != nil {
		t.Fatal(err)
	}
	cfg.Deadlines = Deadlines{Kill: time.Second}
	c := launch(t, cfg)
	send(t, c, "hello", outbox.Accepted)
	appendTo(t, file+".new", file)
	if err := os.Rename(file+".new", file); err != nil {
		t.Fatal(err)
	}
	uncertain(t, c, "die")
	if sent := send(t, c, "hello", outbox.Retry); !strings.Contains(sent.Detail, "SHA-256") {
		t.Errorf("a replaced executable was started again: %q", sent.Detail)
	}
}

// appendTo writes a changed copy of an executable.
func appendTo(t *testing.T, to, from string) {
	t.Helper()
	b, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, append(b, 0), 0o755); err != nil {
		t.Fatal(err)
	}
}

func TestThirdPartyRefused(t *testing.T) {
	cases := map[string]struct {
		spoil func(t *testing.T, folder, file string) string // returns the SHA-256 to pin
		says  string
	}{
		"wrong checksum": {func(*testing.T, string, string) string { return strings.Repeat("00", 32) }, "SHA-256"},
		"link": {func(t *testing.T, _, file string) string {
			must(t, os.Rename(file, file+"-real"))
			must(t, os.Symlink(file+"-real", file))
			return ""
		}, "is a link"},
		"file others may write":   {func(t *testing.T, _, file string) string { must(t, os.Chmod(file, 0o757)); return "" }, "written by others"},
		"file a group may write":  {func(t *testing.T, _, file string) string { must(t, os.Chmod(file, 0o775)); return "" }, "written by others"},
		"folder others may write": {func(t *testing.T, folder, _ string) string { must(t, os.Chmod(folder, 0o777)); return "" }, "written by others"},
		"no such file":            {func(t *testing.T, _, file string) string { must(t, os.Remove(file)); return "" }, "no such file"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			folder, file, sum := shop(t)
			if other := c.spoil(t, folder, file); other != "" {
				sum = other
			}
			cfg, err := ThirdParty(folder, "good", sum)
			if err != nil {
				t.Fatal(err)
			}
			channel, err := Launch(t.Context(), cfg)
			if err == nil {
				_ = channel.Close()
				t.Fatal("launched")
			}
			if !strings.Contains(err.Error(), c.says) {
				t.Errorf("%v", err)
			}
		})
	}
}

func TestThirdPartyOutsideItsFolder(t *testing.T) {
	folder, file, sum := shop(t)
	cfg, err := ThirdParty(folder, "good", sum)
	if err != nil {
		t.Fatal(err)
	}
	cfg.Folder, cfg.Command = t.TempDir(), []string{file}
	if c, err := Launch(t.Context(), cfg); !fault.Is(err, fault.Denied) {
		_ = c.Close()
		t.Errorf("%v", err)
	}
	for _, name := range []string{"", "../good", "a/b", `a\b`, ".good"} {
		if _, err := ThirdParty(folder, name, sum); !fault.Is(err, fault.Invalid) {
			t.Errorf("name %q: %v", name, err)
		}
	}
	if _, err := ThirdParty(folder, "good", "abc"); !fault.Is(err, fault.Invalid) {
		t.Errorf("short checksum: %v", err)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
