package conform

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"holdfast/plugins/proto"
)

// Bounds of a channel, beside those of the host.
const (
	mostMemory = 256 << 20
	longLine   = 4096
	lineBurst  = 100
	lineRate   = 20 // a second, after that
)

func limitChecks() []Check {
	return []Check{
		{Name: "cancelled", Promise: "A call that the host gives up does no harm.", needs: settings,
			Cure: "let go of the call; keep the process", run: cancelled},
		{Name: "cancelled-events", Promise: "Events ends when the host hangs up.", needs: settings,
			Cure: "watch the call's context while waiting for events", run: cancelledEvents},
		{Name: "side-by-side", Promise: "Health, Lookup and Describe answer beside each other.", needs: settings,
			Cure: "serve several calls at once: a slow Send must not stop Health", run: sideBySide},
		{Name: "memory", Promise: "It never needs more than 256 MiB.", needs: settings | linux,
			Cure: "stream what is large", run: memory},
		{Name: "stdout", Promise: "Nothing follows the handshake on standard output.",
			Cure: "write logs to standard error", run: silentStdout},
		{Name: "log-lines", Promise: "Lines on standard error are UTF-8 of at most 4 KiB.",
			Cure: "one thing a line; the host cuts the rest", run: logLines},
		{Name: "log-rate", Promise: "It writes at most 100 lines, then 20 a second.",
			Cure: "log what a person needs; the host drops the rest", run: logRate},
		{Name: "secrets-logged", Promise: "No secret setting is written to standard error.", needs: settings,
			Cure: "never log settings or requests with their headers", run: secretsLogged},
		{Name: "secrets-said", Promise: "No secret setting is in an answer.", needs: settings,
			Cure: "take secrets out of errors before they become a detail", run: secretsSaid},
		{Name: "folder", Promise: "It writes nothing beside its work folder, as far as can be seen.",
			Cure: "keep all files in the work folder or where the settings say", run: ownFolder},
	}
}

func cancelled(ctx context.Context, b *bench) verdict {
	soon, cancel := context.WithCancel(ctx)
	cancel()
	_, _ = b.live.client.Health(soon, new(proto.HealthRequest)) // nobody waits for the answers
	_, _ = b.live.client.Lookup(soon, &proto.LookupRequest{Key: b.key(), HandedAt: now()})
	short, stop := context.WithTimeout(ctx, time.Millisecond)
	defer stop()
	_, _ = b.live.client.Health(short, new(proto.HealthRequest))
	return b.stillAnswers(ctx, "it goes on")
}

func cancelledEvents(ctx context.Context, b *bench) verdict {
	soon, cancel := context.WithCancel(ctx)
	stream, err := b.live.client.Events(soon, new(proto.EventsRequest))
	cancel()
	if err == nil {
		_, _ = stream.Recv() // whatever came before
	}
	return b.stillAnswers(ctx, "it goes on")
}

func sideBySide(ctx context.Context, b *bench) verdict {
	errs := make(chan error, 9)
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() { _, err := b.live.health(ctx); errs <- err })
		wg.Go(func() { _, err := b.live.lookup(ctx, b.key(), now()); errs <- err })
		wg.Go(func() { _, err := b.live.describe(ctx); errs <- err })
	}
	wg.Wait()
	close(errs)
	for err := range errs {
		if err != nil {
			return fail("%v", err)
		}
	}
	return pass("nine answers")
}

func memory(_ context.Context, b *bench) verdict {
	peak := b.peak
	if peak == 0 {
		var err error
		if peak, err = peakMemory(b.live.proc.pid()); err != nil {
			return skip("cannot be seen: %v", err)
		}
	}
	if peak > mostMemory {
		return fail("%d MiB", peak>>20)
	}
	return pass("%d MiB", peak>>20)
}

func silentStdout(_ context.Context, b *bench) verdict {
	for _, o := range b.outputs {
		if rest := o.afterFirst(); rest != "" {
			return fail("%q", rest)
		}
	}
	if text := b.late.String(); text != "" {
		return fail("%q", text)
	}
	return pass("nothing")
}

func logLines(_ context.Context, b *bench) verdict {
	longest := 0
	for _, o := range b.logs {
		_, n, _ := o.figures()
		longest = max(longest, n)
	}
	switch {
	case longest > longLine:
		return fail("a line of %d bytes", longest)
	case !utf8.ValidString(b.logged()):
		return fail("it is no UTF-8")
	}
	return pass("the longest has %d bytes", longest)
}

func logRate(_ context.Context, b *bench) verdict {
	most := 0
	for _, o := range b.logs {
		lines, _, span := o.figures()
		if bound := lineBurst + int(span.Seconds()*lineRate); lines > bound {
			return fail("%d lines in %s", lines, span.Round(time.Millisecond))
		}
		most = max(most, lines)
	}
	return pass("at most %d lines a life", most)
}

// secrets are the values that must never be seen.
func (b *bench) secrets() []string { return b.schema.secrets(b.settingsJSON()) }

func secretsLogged(_ context.Context, b *bench) verdict { return b.unseen(b.logged()) }

func secretsSaid(_ context.Context, b *bench) verdict {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.unseen(strings.Join(b.heard, "\n"))
}

// hidden takes the secrets out of a text.
func (b *bench) hidden(text string) string {
	for _, secret := range b.secrets() {
		text = strings.ReplaceAll(text, secret, "[secret]")
	}
	return text
}

// unseen passes if no secret is in a text.
func (b *bench) unseen(text string) verdict {
	list := b.secrets()
	if len(list) == 0 {
		return skip("no setting that is marked as a secret was given")
	}
	for i, secret := range list {
		if at := strings.Index(text, secret); at >= 0 {
			before := text[max(0, at-60):at]
			return fail("secret %d of %d, behind %q", i+1, len(list), before)
		}
	}
	return pass("%d looked for", len(list))
}

func ownFolder(_ context.Context, b *bench) verdict {
	if found := b.strays(); found != "" {
		return fail("it wrote %s", found)
	}
	return pass("nothing beside it")
}

// strays names what lies beside the work folders; empty: nothing does.
func (b *bench) strays() string {
	work := filepath.Join(b.root, "work")
	entries, err := os.ReadDir(work)
	if err != nil {
		return ""
	}
	for _, e := range entries {
		if n, err := strconv.Atoi(e.Name()); err != nil || n < 1 || n > b.folders {
			return filepath.Join("..", e.Name())
		}
	}
	return ""
}
