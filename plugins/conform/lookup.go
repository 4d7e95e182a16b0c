package conform

import (
	"context"
	"time"

	"holdfast/plugins/proto"
)

// longAgo lies before any record began.
const longAgo = "2001-01-01T00:00:00Z"

func lookupChecks() []Check {
	return []Check{
		{Name: "sent", Promise: "A key that was accepted is found accepted, with the same id.", needs: sending | lookup,
			Cure: "answer from the record that Send keeps", run: lookupSent},
		{Name: "claim", Promise: "Without the capability every key is uncertain.", needs: settings,
			Cure: "claim the capability, or answer uncertain", run: lookupClaim},
		{Name: "unknown", Promise: "A key that was never given is never said to be accepted or refused.", needs: settings,
			Cure: "answer retry where the record reaches back far enough, else uncertain", run: lookupUnknown},
		{Name: "unknown-old", Promise: "A key handed over before the record began is uncertain, unless a copy could be told.", needs: settings,
			Cure: "note when the record began and compare it with handed_at", run: lookupOld},
		{Name: "no-time", Promise: "A question without a time of hand-over is answered as one of long ago.", needs: settings,
			Cure: "take an empty handed_at for the beginning of time", run: lookupNoTime},
		{Name: "odd-key", Promise: "A key of any form is answered.", needs: settings,
			Cure: "do not build paths or queries from a key", run: lookupOdd},
		{Name: "no-effect", Promise: "To ask for a key does not use it up.", needs: sending,
			Cure: "let Lookup write nothing", run: lookupNoEffect},
		{Name: "after-kill", Promise: "After kill -9 an accepted key is still found.", needs: sending | lookup,
			Cure: "keep the outcome on disk before answering", run: lookupAfterKill},
	}
}

func now() string { return time.Now().Format(time.RFC3339Nano) }

func lookupSent(ctx context.Context, b *bench) verdict {
	o, err := b.live.lookup(ctx, b.first.Key, now())
	switch {
	case err != nil:
		return fail("%v", err)
	case o.State != accepted:
		return fail("%s: %s", stateName(o.State), o.Detail)
	case o.ProviderId != b.outcome.ProviderId:
		return fail("sent as %q, found as %q", b.outcome.ProviderId, o.ProviderId)
	}
	return pass("accepted %s", o.ProviderId)
}

// asked looks a key up that must be answered with one of some states.
func (b *bench) asked(ctx context.Context, key, handed string, states ...proto.State) verdict {
	o, err := b.live.lookup(ctx, key, handed)
	if err != nil {
		return fail("%v", err)
	}
	for _, s := range states {
		if o.State == s {
			return pass("%s: %s", stateName(o.State), o.Detail)
		}
	}
	return fail("%s: %s", stateName(o.State), o.Detail)
}

const (
	retry     = proto.State_STATE_RETRY
	uncertain = proto.State_STATE_UNCERTAIN
)

func lookupClaim(ctx context.Context, b *bench) verdict {
	if b.about.Capabilities.GetLookup() {
		return skip("the channel claims to look up")
	}
	return b.asked(ctx, b.key(), now(), uncertain)
}

func lookupUnknown(ctx context.Context, b *bench) verdict {
	return b.asked(ctx, b.key(), now(), retry, uncertain)
}

func lookupOld(ctx context.Context, b *bench) verdict {
	if b.about.Capabilities.GetRepeatable() {
		return b.asked(ctx, b.key(), longAgo, retry, uncertain)
	}
	return b.asked(ctx, b.key(), longAgo, uncertain)
}

func lookupNoTime(ctx context.Context, b *bench) verdict {
	if b.about.Capabilities.GetRepeatable() {
		return b.asked(ctx, b.key(), "", retry, uncertain)
	}
	return b.asked(ctx, b.key(), "", uncertain)
}

func lookupOdd(ctx context.Context, b *bench) verdict {
	for _, key := range []string{"", "../../etc/passwd", "' OR 1=1 --", "*"} {
		if v := b.asked(ctx, key, now(), retry, uncertain); v.state != Passed {
			return fail("%q: %s", key, v.seen)
		}
	}
	return pass("never accepted")
}

func lookupNoEffect(ctx context.Context, b *bench) verdict {
	r := b.message()
	if v := b.asked(ctx, r.Key, now(), retry, uncertain); v.state != Passed {
		return v
	}
	o, err := b.live.send(ctx, r)
	if err != nil {
		return fail("sent afterwards: %v", err)
	}
	if o.State != accepted {
		return fail("sent afterwards it is %s: %s", stateName(o.State), o.Detail)
	}
	return pass("sent afterwards it is accepted")
}

func lookupAfterKill(ctx context.Context, b *bench) verdict {
	if err := b.again(ctx, true); err != nil {
		return fail("%v", err)
	}
	return lookupSent(ctx, b)
}
