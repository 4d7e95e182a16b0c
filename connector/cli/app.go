package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"

	"holdfast/connector/config"
	"holdfast/connector/observe"
	"holdfast/engine/fault"
	"holdfast/engine/store"
)

// Config finds and reads the config, once. The log then keeps its secrets out.
func (a *App) Config() (*config.Config, error) {
	if a.config != nil {
		return a.config, nil
	}
	path, err := config.Find(a.ConfigFlag)
	if err != nil {
		return nil, usage("%w", err)
	}
	c, err := config.Load(path)
	if err != nil {
		return nil, usage("%w", err)
	}
	a.redactor.Add(c.SecretValues()...)
	a.config = c
	for i := range c.ERP {
		if c.ERP[i].AllowPlaintext != "" {
			fmt.Fprintf(a.Err, "PLAINTEXT: the connection to ERP %s may leave this machine unencrypted, since allow_plaintext says so.\n", c.ERP[i].Name)
		}
	}
	return c, nil
}

// Log returns the log that the config asks for; before the config is read, and
// where its file cannot be opened, lines go to the error stream.
func (a *App) Log() *slog.Logger {
	return a.logger.get(a.config, a.Err, &a.redactor)
}

// lazyLog is a log that is opened when its first line is written.
type lazyLog struct {
	log  *slog.Logger
	done func() error
}

func (l *lazyLog) get(c *config.Config, out io.Writer, r *observe.Redactor) *slog.Logger {
	if l.log != nil {
		return l.log
	}
	settings := config.Log{Level: "warn", Format: "text"}
	if c != nil {
		settings = c.Log
	}
	log, done, err := observe.NewLogger(settings, out, r)
	if err != nil {
		settings.File = ""
		log, done, _ = observe.NewLogger(settings, out, r)
		log.Warn("the log goes to the error stream", "because", err)
	}
	if c != nil {
		l.log, l.done = log, done
	}
	return log
}

func (l *lazyLog) close() {
	if l.done != nil {
		l.done()
	}
}

// ReadStore opens the state for reading, beside a running service. The caller
// closes it.
func (a *App) ReadStore(ctx context.Context) (*store.Store, error) {
	c, err := a.Config()
	if err != nil {
		return nil, err
	}
	return store.OpenReadOnly(ctx, c.State)
}

// FactStore opens the state for facts: short transactions of their own, beside
// a running service. The caller closes it.
func (a *App) FactStore(ctx context.Context) (*store.Store, error) {
	c, err := a.Config()
	if err != nil {
		return nil, err
	}
	return store.Open(ctx, c.State)
}

// EffectStore takes the state for this process's effects: pulls, deliveries and
// holds. Where another instance has it the error is fault.Busy. release closes
// the state and gives it back.
func (a *App) EffectStore(ctx context.Context) (st *store.Store, release func(), err error) {
	c, err := a.Config()
	if err != nil {
		return nil, nil, err
	}
	unlock, err := store.Lock(c.State)
	if err != nil {
		return nil, nil, err
	}
	st, err = store.Open(ctx, c.State)
	if err != nil {
		return nil, nil, errors.Join(err, unlock())
	}
	return st, func() { errors.Join(st.Close(), unlock()) }, nil
}

// notFound is an error about a name that the config does not have.
func notFound(what, name string) *fault.Error {
	return usage("there is no %s %q in the config", what, name)
}
