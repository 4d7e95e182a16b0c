package dossier

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"holdfast/engine/fault"
)

var dana = Maker{By: "dana", At: time.Date(2026, 10, 30, 9, 0, 0, 0, time.UTC), Program: "holdfast 1.0"}

const folder = "dossier-C-7-12"

// saved writes the sample below dir.
func saved(t *testing.T, dir string, again bool) Manifest {
	t.Helper()
	m, err := sample().Save(dir, dana, again)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func read(t *testing.T, path ...string) []byte {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(path...))
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// names lists what lies in a folder.
func names(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, e := range entries {
		all = append(all, e.Name())
	}
	return strings.Join(all, " ")
}

func TestTheManifestListsTheVeryFiles(t *testing.T) {
	dir := t.TempDir()
	m := saved(t, dir, false)
	text := string(read(t, dir, folder, manifestFile))
	var listed []string
	for _, f := range m.Files {
		listed = append(listed, f.Name)
		data := File{Data: read(t, dir, folder, filepath.FromSlash(f.Name))}
		if data.SHA() != f.SHA || len(data.Data) != f.Bytes || !strings.Contains(text, "\n"+f.SHA+"  "+f.Name+"\n") {
			t.Errorf("%s is not as listed", f.Name)
		}
	}
	want := "dossier.xlsx invoices/INV-1.pdf messages/001-2026-10-05-first.eml messages/003-2026-10-20-final.txt " +
		"messages/sealed/001-2026-10-05-first.json messages/sealed/003-2026-10-20-final.json statement.xlsx"
	if got := strings.Join(listed, " "); got != want {
		t.Errorf("files\n%s\nwant\n%s", got, want)
	}
	if !strings.Contains(text, "# Made by   dana\n# Made at   2026-10-30T09:00:00Z\n") {
		t.Errorf("the manifest does not say who made it and when:\n%s", text)
	}
	if !bytes.Equal(read(t, dir, folder, "messages", "sealed", "001-2026-10-05-first.json"), sample().Sent[0].Delivery.Content) {
		t.Error("what was sealed is not what the outbox holds")
	}
}

func TestEqualDossiersAreEqualBytes(t *testing.T) {
	one, two := t.TempDir(), t.TempDir()
	m := saved(t, one, false)
	saved(t, two, false)
	for _, f := range append(m.Files, Listed{Name: manifestFile}) {
		if !bytes.Equal(read(t, one, folder, f.Name), read(t, two, folder, f.Name)) {
			t.Errorf("%s differs", f.Name)
		}
	}
}

func TestOnlyADossierIsReplacedAndOnlyWhereAsked(t *testing.T) {
	dir := t.TempDir()
	saved(t, dir, false)
	if _, err := sample().Save(dir, dana, false); fault.KindOf(err) != fault.Conflict {
		t.Errorf("a second one: %v, want a conflict", err)
	}
	if err := os.WriteFile(filepath.Join(dir, folder, "stale.txt"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	saved(t, dir, true)
	if got := names(t, filepath.Join(dir, folder)); strings.Contains(got, "stale") || names(t, dir) != folder {
		t.Errorf("after it was replaced: %s in %s", got, names(t, dir))
	}
	if err := os.Remove(filepath.Join(dir, folder, manifestFile)); err != nil {
		t.Fatal(err)
	}
	if _, err := sample().Save(dir, dana, true); fault.KindOf(err) != fault.Conflict {
		t.Errorf("a folder that is no dossier: %v, want a conflict", err)
	}
}

// A process that is killed leaves a part, or an older dossier out of its place.
func TestWhatWasLeftBehindIsPutRight(t *testing.T) {
	dir := t.TempDir()
	if err := write(filepath.Join(dir, "."+folder+".part", "dossier.xlsx"), []byte("half")); err != nil {
		t.Fatal(err)
	}
	saved(t, dir, false)
	if err := os.Rename(filepath.Join(dir, folder), filepath.Join(dir, "."+folder+".old")); err != nil {
		t.Fatal(err)
	}
	if _, err := sample().Save(dir, dana, false); fault.KindOf(err) != fault.Conflict {
		t.Errorf("over one that is put back: %v, want a conflict", err)
	}
	if got := names(t, dir); got != folder {
		t.Errorf("left behind: %s", got)
	}
}

func TestAMessageThatWasChangedIsNoEvidence(t *testing.T) {
	d := sample()
	d.Sent[0].Delivery.Content = append(bytes.Clone(d.Sent[0].Delivery.Content), ' ')
	dir := t.TempDir()
	_, err := d.Save(dir, dana, false)
	var f *fault.Error
	if !errors.As(err, &f) || f.Kind != fault.Corrupt || names(t, dir) != "" {
		t.Errorf("%v with %q written, want it corrupt and nothing written", err, names(t, dir))
	}
}

func TestCopiesNeverShareAName(t *testing.T) {
	d := &Dossier{Copies: []Copy{
		{Number: "A/1", Ext: ".pdf", Data: []byte("x")}, {Number: "a-1", Ext: ".pdf", Data: []byte("y")}, {Number: "A/1", Ext: ".pdf", Data: []byte("x")},
	}}
	if got := strings.Join(d.copyNames(), " "); got != "invoices/A-1.pdf invoices/a-1-2.pdf invoices/A-1.pdf" || len(d.copies()) != 2 {
		t.Errorf("%s, %d files", got, len(d.copies()))
	}
}
