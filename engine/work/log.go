package work

import (
	"context"
	"log/slog"
)

// warnings passes warnings and errors only: River's news of itself is of no use
// to those who read our log.
type warnings struct{ slog.Handler }

// Enabled reports whether a level is a warning or worse.
func (h warnings) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn && h.Handler.Enabled(ctx, level)
}

// WithAttrs keeps the bound.
func (h warnings) WithAttrs(attrs []slog.Attr) slog.Handler {
	return warnings{h.Handler.WithAttrs(attrs)}
}

// WithGroup keeps the bound.
func (h warnings) WithGroup(name string) slog.Handler { return warnings{h.Handler.WithGroup(name)} }
