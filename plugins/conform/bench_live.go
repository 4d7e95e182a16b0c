package conform

import (
	"context"
	"fmt"
	"strings"
)

// noSettings is why most checks are skipped where none were given.
const noSettings = "needs settings: give them with --settings"

// unsettled starts a configured process unless there is one, and says why there
// is none; empty: there is.
func (b *bench) unsettled(ctx context.Context) string {
	if b.live != nil || b.refused != "" {
		return b.refused
	}
	dir, err := b.folder()
	if err != nil {
		return err.Error()
	}
	s, why := b.configured(ctx, dir)
	if why != "" {
		return why
	}
	b.live = s
	return ""
}

// configured starts a process in a work folder and hands it the settings. why
// is not empty where there is none.
func (b *bench) configured(ctx context.Context, dir string) (s *session, why string) {
	s, err := b.start(ctx, dir)
	if err != nil {
		if b.starts++; b.starts >= 3 {
			b.broken = "it does not start any more: " + oneLine(err.Error())
		}
		return nil, "it does not start: " + oneLine(err.Error())
	}
	b.starts = 0
	problems, err := s.configure(ctx, b.settingsJSON())
	switch {
	case err != nil:
		why = "the settings were not answered: " + err.Error()
	case len(problems) > 0 && b.opts.Settings == nil:
		b.refused = noSettings
	case len(problems) > 0:
		b.refused = fmt.Sprintf("the settings are refused: %s %s", problems[0].Key, problems[0].Text)
	default:
		return s, ""
	}
	s.drop()
	return nil, why + b.refused
}

// again ends the configured process, at once or as the host does, and starts it
// anew with the same work folder.
func (b *bench) again(ctx context.Context, atOnce bool) error {
	s := b.live
	b.live = nil
	if atOnce {
		s.drop()
	} else {
		s.end()
	}
	next, why := b.configured(ctx, s.folder)
	if why != "" {
		return fmt.Errorf("after its end: %s", why)
	}
	b.live = next
	return nil
}

// settle takes away what died or hung during a check, and says so of what died.
func (b *bench) settle() (died string) {
	for _, place := range []**session{&b.idle, &b.live} {
		s := *place
		switch {
		case s == nil:
			continue
		case s.gone() && !s.ended:
			died = "the process ended by itself; " + s.lastWords()
		case !s.hung.Load() && !s.ended:
			continue
		}
		s.drop()
		*place = nil
	}
	return died
}

// logged returns all that was written to standard error.
func (b *bench) logged() string {
	var all strings.Builder
	for _, o := range b.logs {
		all.WriteString(o.String())
	}
	return all.String()
}
