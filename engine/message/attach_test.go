package message

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
)

// withCopies is the sample with a folder of invoice copies.
func withCopies(t *testing.T, files map[string][]byte) Input {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	in := sample("past-due-1", sequence.Dunning)
	in.Intent.Attach = []string{"invoice"}
	in.InvoiceFile = filepath.Join(dir, "copies", "{number}.pdf")
	return in
}

func names(files []outbox.Attachment) []string {
	var out []string
	for _, f := range files {
		out = append(out, f.Name)
	}
	return out
}

func TestInvoiceCopies(t *testing.T) {
	in := withCopies(t, map[string][]byte{"copies/INV-1001.pdf": []byte("%PDF one"), "copies/E_2001.pdf": []byte("%PDF two")})
	files, notes, err := in.attachments()
	if err != nil {
		t.Fatal(err)
	}
	if got := names(files); !slices.Equal(got, []string{"INV-1001.pdf", "E_2001.pdf"}) || files[0].Type != "application/pdf" {
		t.Errorf("attached %v", got)
	}
	if len(notes) != 1 || !strings.Contains(notes[0], "INV-1007") {
		t.Errorf("the missing copy is named: %v", notes)
	}
}

func TestInvoiceCopyStaysInItsFolder(t *testing.T) {
	in := withCopies(t, map[string][]byte{"copies/keep": nil, "secret.pdf": []byte("secret"), "secret": []byte("secret")})
	if err := os.Symlink("../secret.pdf", filepath.Join(filepath.Dir(in.InvoiceFile), "link.pdf")); err != nil {
		t.Logf("no symbolic links here: %v", err)
	}
	for _, number := range []string{"../secret", "..", "link", `..\secret`, "/etc/passwd", "a/../../secret"} {
		for _, pattern := range []string{in.InvoiceFile, filepath.Dir(in.InvoiceFile) + "/{number}/../../secret.pdf", filepath.Join(filepath.Dir(in.InvoiceFile), "{number}", "secret.pdf")} {
			in := in
			in.InvoiceFile = pattern
			in.Intent.Lines = in.Intent.Lines[:1]
			in.Intent.Lines[0].Document.Number = number
			files, notes, err := in.attachments()
			if err != nil || len(files) != 0 || len(notes) != 1 {
				t.Errorf("number %q, pattern %s: %v, %v, %v", number, pattern, names(files), notes, err)
			}
		}
	}
}

func TestAttachmentsStayBelowTenMebibytes(t *testing.T) {
	in := withCopies(t, map[string][]byte{
		"copies/INV-1001.pdf": bytes.Repeat([]byte("x"), 6<<20), "copies/INV-1007.pdf": bytes.Repeat([]byte("y"), 5<<20), "copies/E_2001.pdf": []byte("small"),
	})
	files, notes, err := in.attachments()
	if err != nil || !slices.Equal(names(files), []string{"INV-1001.pdf", "E_2001.pdf"}) || len(notes) != 1 {
		t.Errorf("attached %v, notes %v, %v", names(files), notes, err)
	}
}

func TestStatementPerAccount(t *testing.T) {
	in := sample("past-due-1", sequence.Dunning)
	in.Intent.Attach = []string{"statement"}
	if _, notes, _ := in.attachments(); len(notes) != 1 {
		t.Errorf("no statement can be made, and nobody says so: %v", notes)
	}
	in.Statement = func(a sequence.Account) ([]byte, error) { return []byte(a.Customer.Number), nil }
	files, notes, err := in.attachments()
	if err != nil || len(notes) != 0 || !slices.Equal(names(files), []string{"statement-C-0077-2026-11-20.xlsx", "statement-C-0078-2026-11-20.xlsx"}) {
		t.Errorf("attached %v, notes %v, %v", names(files), notes, err)
	}
}

// A message speaks of copies only where some were found.
func TestCopiesAreNotPromised(t *testing.T) {
	in := withCopies(t, map[string][]byte{"copies/INV-1001.pdf": []byte("%PDF one")})
	in.Intent.Template, in.Intent.Purpose = "copy", sequence.Response
	m, _, err := shipped(t).Render(in)
	if err != nil || !strings.Contains(m.Text, "here are the copies of INV-1001.") {
		t.Errorf("%v\n%s", err, m.Text)
	}
	in.InvoiceFile = filepath.Join(filepath.Dir(in.InvoiceFile), "no-{number}.pdf")
	if m, _, err = shipped(t).Render(in); err != nil || strings.Contains(m.Text, "copies") {
		t.Errorf("%v\n%s", err, m.Text)
	}
}
