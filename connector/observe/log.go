// Package observe is how Holdfast shows its own doings: a log that keeps
// secrets out, figures for a monitoring system, and a health page.
package observe

import (
	"fmt"
	"io"
	"log/slog"
	"os"
	"slices"
	"time"

	"holdfast/connector/config"
	"holdfast/engine/fault"
)

// NewLogger returns the log that l asks for; out is used where l names no
// file. Every line passes through r. The caller calls the returned func when
// the last line is written.
func NewLogger(l config.Log, out io.Writer, r *Redactor) (*slog.Logger, func() error, error) {
	var level slog.Level
	if err := level.UnmarshalText([]byte(l.Level)); err != nil && l.Level != "" {
		return nil, nil, fault.New(fault.Invalid, "log.level: %w", err).WithCure("write debug, info, warn or error")
	}
	closeLog := func() error { return nil }
	if l.File != "" {
		f, err := os.OpenFile(l.File, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o640)
		if err != nil {
			return nil, nil, fault.New(fault.Denied, "the log's file: %w", err).WithCure("let this user write there, or name another log.file")
		}
		out, closeLog = f, f.Close
	}
	options := &slog.HandlerOptions{Level: level, ReplaceAttr: r.attr}
	w := &writer{out: out, redact: r}
	if l.Format == "json" {
		return slog.New(slog.NewJSONHandler(w, options)), closeLog, nil
	}
	return slog.New(slog.NewTextHandler(w, options)), closeLog, nil
}

// writer looks through each finished line once more: a registered value may
// stand in a key, or in a text that a value wrote itself.
type writer struct {
	out    io.Writer
	redact *Redactor
}

// Write passes one line on and reports it as wholly written, however long it
// is after redaction.
func (w *writer) Write(line []byte) (int, error) {
	if _, err := io.WriteString(w.out, w.redact.Known(string(line))); err != nil {
		return 0, err
	}
	return len(line), nil
}

// attr hides one attribute's secrets before it is formatted.
func (r *Redactor) attr(groups []string, a slog.Attr) slog.Attr {
	if isTelling(a.Key) || slices.ContainsFunc(groups, isTelling) {
		return slog.String(a.Key, Hidden)
	}
	switch v := a.Value.Resolve(); v.Kind() {
	case slog.KindString:
		return slog.String(a.Key, r.Text(v.String()))
	case slog.KindTime:
		return slog.String(a.Key, v.Time().Format(time.RFC3339))
	case slog.KindDuration:
		return slog.String(a.Key, v.Duration().String())
	case slog.KindAny:
		return slog.Any(a.Key, r.any(v.Any()))
	}
	return a
}

// any hides the secrets of a value of any type. What is not a level becomes the
// text that it prints, since only a text can be looked through.
func (r *Redactor) any(v any) any {
	switch v := v.(type) {
	case slog.Level:
		return v
	case nil:
		return nil
	case error:
		return r.Text(v.Error())
	}
	return r.Text(fmt.Sprintf("%+v", v))
}
