package endtoend_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// prng stands in for a library that Go's programs want and that older Wines do
// not bring: it passes on to the system's own random numbers.
const prng = `#include <windows.h>
BOOLEAN NTAPI SystemFunction036(PVOID, ULONG);
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE p, SIZE_T n) { return SystemFunction036(p, (ULONG)n); }
`

// TestTheWindowsProgramPlansTheSame runs the program for Windows in Wine: it
// lives a demo with its channel as a subprocess, and foresees to the byte what
// this system's program foresees.
func TestTheWindowsProgramPlansTheSame(t *testing.T) {
	if os.Getenv("HOLDFAST_TEST_WINE") == "" {
		t.Skip("SKIPPED: the program for Windows was not run; make wine does it, with Wine and MinGW installed")
	}
	dir := t.TempDir()
	tool(t, dir, "go", "build", "-o", filepath.Join(dir, "holdfast.exe"), "holdfast/connector")
	must(t, os.WriteFile(filepath.Join(dir, "prng.c"), []byte(prng), 0o600))
	tool(t, dir, "wine", "wineboot", "--init")
	library := filepath.Join("wine", "drive_c", "windows", "system32", "bcryptprimitives.dll")
	if _, err := os.Stat(filepath.Join(dir, library)); err != nil {
		tool(t, dir, "x86_64-w64-mingw32-gcc", "-shared", "-o", library, "prng.c", "-ladvapi32")
	}
	out := tool(t, dir, "wine", "holdfast.exe", "demo", "--dir", "demo", "--days", "3")
	if !strings.Contains(out, "It ties to the ledger") {
		t.Errorf("the demo in Wine says:\n%s", out)
	}
	plan := []string{"plan", "--as-of", "2026-10-02", "--days", "3", "--json"}
	theirs := tool(t, dir, "wine", append([]string{"holdfast.exe", "--config", filepath.Join("demo", "config.toml")}, plan...)...)
	s, _ := demo(t, "3")
	if ours := s.ok(plan...); strings.ReplaceAll(theirs, "\r\n", "\n") != ours || len(ours) < 1000 {
		t.Errorf("the plans differ: %d bytes in Wine, %d here", len(theirs), len(ours))
	}
}

// tool runs a program in a folder, for Windows as far as it builds or is Wine.
func tool(t *testing.T, dir, name string, args ...string) string {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Env = append(os.Environ(), "GOOS=windows", "CGO_ENABLED=0", "WINEDEBUG=-all", "WINEPREFIX="+filepath.Join(dir, "wine"))
	if name != "go" {
		cmd.Dir = dir
	}
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return string(out)
}
