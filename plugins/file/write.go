package file

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"holdfast/plugins/sdk"
	"holdfast/plugins/sdk/disk"
)

// part is one file of a message.
type part struct {
	ext  string
	data []byte
}

// writeAll writes the parts of a message to disk and only then gives them
// their names, in the order given: the last name says that all are there.
func writeAll(base string, parts []part) error {
	if err := disk.MakeFolder(filepath.Dir(base)); err != nil {
		return fmt.Errorf("make the day's folder: %w", err)
	}
	if err := writeTemps(base, parts); err != nil {
		return err
	}
	for _, p := range parts {
		if err := os.Rename(temp(base, p), base+p.ext); err != nil {
			return fmt.Errorf("name the file: %w", err)
		}
	}
	return disk.SyncFolder(filepath.Dir(base))
}

// writeTemps writes all parts at once, so that the disk flushes them together.
func writeTemps(base string, parts []part) error {
	errs := make([]error, len(parts))
	done := make(chan struct{})
	for i, p := range parts {
		go func() {
			errs[i] = disk.Write(temp(base, p), p.data)
			done <- struct{}{}
		}()
	}
	for range parts {
		<-done
	}
	err := errors.Join(errs...)
	if err == nil {
		return nil
	}
	for _, p := range parts {
		_ = os.Remove(temp(base, p))
	}
	return err
}

// temp is the name of a part that is not finished. The key in it makes it the
// same after a crash, so that nothing is left behind.
func temp(base string, p part) string {
	return filepath.Join(filepath.Dir(base), "."+filepath.Base(base)+p.ext+".tmp")
}

// plain is the message for reading: its headers, then its text.
func plain(m sdk.Message) []byte {
	var b strings.Builder
	line := func(name, value string) {
		if value != "" {
			b.WriteString(headLine(name, value))
		}
	}
	line("From", box(m.From))
	line("Reply-To", m.ReplyTo)
	line("To", boxes(m.To))
	line("By post to", strings.Join(m.Postal, ", "))
	line("Cc", boxes(m.Cc))
	line("Date", m.Date.Format(time.RFC1123Z))
	line("Subject", m.Subject)
	line("Reference", m.Reference)
	line("Key", m.Key)
	for _, a := range m.Attachments {
		line("Attached", fmt.Sprintf("%s (%d bytes)", a.Name, len(a.Data)))
	}
	b.WriteString("\n" + strings.TrimRight(strings.ReplaceAll(m.Text, "\r\n", "\n"), "\n") + "\n")
	return []byte(b.String())
}

// headLine is one line above a text.
func headLine(name, value string) string { return fmt.Sprintf("%-12s%s\n", name+":", value) }

func box(m sdk.Mailbox) string {
	if m.Name == "" {
		return m.Address
	}
	return m.Name + " <" + m.Address + ">"
}

func boxes(list []sdk.Mailbox) string {
	parts := make([]string, len(list))
	for i, m := range list {
		parts[i] = box(m)
	}
	return strings.Join(parts, ", ")
}
