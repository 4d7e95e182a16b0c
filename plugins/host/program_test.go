//go:build unix

package host

import (
	"encoding/hex"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
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
		"pipe": {func(t *testing.T, _, file string) string {
			must(t, os.Remove(file))
			must(t, syscall.Mkfifo(file, 0o755))
			return ""
		}, "is a link or no regular file"},
		"file nobody may run": {func(t *testing.T, _, file string) string { must(t, os.Chmod(file, 0o644)); return "" }, "may not be run"},
		"file of somebody else": {func(t *testing.T, _, file string) string {
			rootOnly(t)
			must(t, os.Chown(file, 4711, 4711))
			return ""
		}, "belongs to user 4711"},
		"folder of somebody else": {func(t *testing.T, folder, _ string) string {
			rootOnly(t)
			must(t, os.Chown(folder, 4711, 4711))
			return ""
		}, "belongs to user 4711"},
		"folder is a link": {func(t *testing.T, folder, _ string) string {
			must(t, os.Rename(folder, folder+"-real"))
			t.Cleanup(func() { _ = os.RemoveAll(folder + "-real") })
			must(t, os.Chmod(folder+"-real", 0o777))
			must(t, os.Symlink(folder+"-real", folder))
			return ""
		}, "written by others"},
		"no such file": {func(t *testing.T, _, file string) string { must(t, os.Remove(file)); return "" }, "no such file"},
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

func rootOnly(t *testing.T) {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Skip("only root gives files to others")
	}
}

// What was checked is what runs, even if another file stands in its place by
// then.
func TestExchangedBetweenCheckAndStart(t *testing.T) {
	linuxOnly(t)
	folder := t.TempDir()
	must(t, os.Chmod(folder, 0o755))
	path := filepath.Join(folder, Prefix+"good")
	must(t, exec.Command("cp", "/bin/echo", path).Run())
	im, err := openImage(folder, path)
	must(t, err)
	defer im.close()
	must(t, exec.Command("cp", "/bin/false", path+".new").Run())
	must(t, os.Rename(path+".new", path))
	cmd := exec.Command(path, "the", "checked", "one")
	release, err := im.pin(cmd, t.TempDir())
	must(t, err)
	defer release()
	if out, err := cmd.Output(); err != nil || string(out) != "the checked one\n" {
		t.Errorf("%q, %v", out, err)
	}
}

// A script is run by its interpreter, which opens it by its path.
func TestScriptAsChannel(t *testing.T) {
	folder, file, _ := shop(t)
	must(t, os.Rename(file, filepath.Join(folder, "engine")))
	must(t, os.WriteFile(file, []byte("#!/bin/sh\nexec \"${0%/*}/engine\" channel serve good\n"), 0o755))
	sum, err := Sum(file)
	must(t, err)
	cfg, err := ThirdParty(folder, "good", hex.EncodeToString(sum))
	must(t, err)
	send(t, launch(t, cfg), "hello", outbox.Accepted)
}

func TestFind(t *testing.T) {
	if list, err := Find(filepath.Join(t.TempDir(), "none")); len(list) != 0 || err != nil {
		t.Errorf("a folder that is not there: %v, %v", list, err)
	}
	folder, file, sum := shop(t)
	must(t, os.Symlink(file, filepath.Join(folder, Prefix+"link")))
	must(t, os.WriteFile(filepath.Join(folder, Prefix+"a b"), nil, 0o755))
	must(t, os.WriteFile(filepath.Join(folder, "README"), nil, 0o644))
	list, err := Find(folder)
	if err != nil || len(list) != 3 {
		t.Fatalf("%v, %v", list, err)
	}
	if f := list[0]; f.Name != "a b" || !fault.Is(f.Err, fault.Invalid) {
		t.Errorf("%+v", f)
	}
	if f := list[1]; f.Name != "good" || f.Path != file || hex.EncodeToString(f.Sum) != sum || f.Err != nil {
		t.Errorf("%+v", f)
	}
	if f := list[2]; f.Name != "link" || !fault.Is(f.Err, fault.Denied) || f.Sum != nil {
		t.Errorf("%+v", f)
	}
	p, err := self()
	must(t, err)
	if about, err := Inspect(t.Context(), p.Own("strict")); err != nil || about.Medium != "file" || about.Version != "1" {
		t.Errorf("%+v, %v", about, err)
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
