package conform

import (
	"context"
	"os"
	"strings"
	"time"
)

func endChecks() []Check {
	return []Check{
		{Name: "asked", Promise: "It ends within 2 s when the host asks it to (plugin.GRPCController/Shutdown).",
			Cure: "serve plugin.GRPCController and end in Shutdown; else the host waits and kills", run: endsAsked},
		{Name: "asked-configured", Promise: "It ends within 2 s when asked, with settings too.", needs: settings,
			Cure: "stop what runs in the background before the end", run: endsConfigured},
		{Name: "signal", Promise: "It ends within 2 s on SIGTERM.",
			Cure: "leave SIGTERM its ordinary meaning", run: endsBySignal},
		{Name: "children", Promise: "No process that it started outlives it.", needs: settings | linux,
			Cure: "end what was started before ending; the host kills it", run: noChildren},
		{Name: "killed", Promise: "After kill -9 it starts again with the same work folder.", needs: settings,
			Cure: "let no lock, socket or half-written file of a dead process stand in the way", run: startsAfterKill},
		{Name: "sockets", Promise: "It leaves no socket behind when it ends by itself.", needs: settings,
			Cure: "remove the socket at the end", run: noSockets},
	}
}

func endsAsked(ctx context.Context, b *bench) verdict {
	s, err := b.fresh(ctx)
	defer s.drop()
	if err != nil {
		return fail("%v", err)
	}
	return leaves(ctx, s)
}

// leaves asks a process to end.
func leaves(ctx context.Context, s *session) verdict {
	began := time.Now()
	if !s.shutdown(ctx) {
		return fail("it runs after %s", s.bench.endWithin())
	}
	return pass("after %s", time.Since(began).Round(time.Millisecond))
}

func endsConfigured(ctx context.Context, b *bench) verdict {
	s := b.live
	b.live = nil
	defer s.drop()
	return leaves(ctx, s)
}

func endsBySignal(ctx context.Context, b *bench) verdict {
	s, err := b.fresh(ctx)
	defer s.drop()
	if err != nil {
		return fail("%v", err)
	}
	s.ended = true
	if err := askToEnd(s.proc.cmd.Process); err != nil {
		return skip("cannot be sent: %v", err)
	}
	ctx, cancel := context.WithTimeout(ctx, b.endWithin())
	defer cancel()
	if !s.wait(ctx) {
		return fail("it runs after %s", b.endWithin())
	}
	return pass("it ended")
}

func noChildren(ctx context.Context, b *bench) verdict {
	s := b.live
	b.live = nil
	defer s.drop()
	if !s.shutdown(ctx) {
		return fail("it runs after %s", b.endWithin())
	}
	s.proc.mu.Lock()
	defer s.proc.mu.Unlock()
	if len(s.proc.left) > 0 {
		return fail("still there: %s", strings.Join(s.proc.left, ", "))
	}
	return pass("none")
}

func startsAfterKill(ctx context.Context, b *bench) verdict {
	if err := b.again(ctx, true); err != nil {
		return fail("%v", err)
	}
	return b.stillAnswers(ctx, "it answers")
}

func noSockets(ctx context.Context, b *bench) verdict {
	s := b.live
	b.live = nil
	defer s.drop()
	if !s.shutdown(ctx) {
		return fail("it runs after %s", b.endWithin())
	}
	entries, err := os.ReadDir(s.proc.dir)
	if err != nil {
		return skip("cannot be seen: %v", err)
	}
	if len(entries) > 0 {
		return fail("it left %s", entries[0].Name())
	}
	return pass("none")
}
