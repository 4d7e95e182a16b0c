package conform

import (
	"context"
	"strings"
)

func healthChecks() []Check {
	return []Check{
		{Name: "answers", Promise: "Health answers within 10 s, and says why where it is not well.", needs: settings,
			Cure: "answer ok = false with a detail; a gRPC error means that the channel is broken", run: healthAnswers},
		{Name: "well", Promise: "With right settings it is well.", needs: settings,
			Cure: "see what it says; check and the console show it", run: healthWell},
		{Name: "often", Promise: "Health can be asked a hundred times in a row.", needs: settings,
			Cure: "keep a connection, or the last answer for some seconds", run: healthOften},
		{Name: "descriptors", Promise: "A hundred questions leave no open files behind.", needs: settings | linux,
			Cure: "close what Health opens", run: healthDescriptors},
	}
}

func healthAnswers(ctx context.Context, b *bench) verdict {
	h, err := b.live.health(ctx)
	switch {
	case err != nil:
		return fail("%v", err)
	case !h.Ok && strings.TrimSpace(h.Detail) == "":
		return fail("not well, and does not say why")
	case strings.ContainsAny(h.Detail, "\r\n"):
		return fail("the detail is more than a line")
	}
	return pass("ok %v %s", h.Ok, h.Detail)
}

func healthWell(ctx context.Context, b *bench) verdict {
	h, err := b.live.health(ctx)
	if err != nil {
		return fail("%v", err)
	}
	if !h.Ok {
		return fail("%s", h.Detail)
	}
	return pass("ok")
}

const often = 100

func healthOften(ctx context.Context, b *bench) verdict {
	for n := range often {
		if _, err := b.live.health(ctx); err != nil {
			return fail("time %d: %v", n+1, err)
		}
	}
	return pass("%d answers", often)
}

func healthDescriptors(ctx context.Context, b *bench) verdict {
	const slack = 16
	before, err := descriptors(b.live.proc.pid())
	if err != nil {
		return skip("cannot be seen: %v", err)
	}
	if v := healthOften(ctx, b); v.state != Passed {
		return v
	}
	after, err := descriptors(b.live.proc.pid())
	if err != nil {
		return skip("cannot be seen: %v", err)
	}
	if after > before+slack {
		return fail("%d before, %d after", before, after)
	}
	return pass("%d before, %d after", before, after)
}
