package conform

import (
	"context"
	"strings"
	"time"

	"holdfast/plugins/proto"
)

func eventChecks() []Check {
	return []Check{
		{Name: "claim", Promise: "Without the capability no event comes.", needs: settings,
			Cure: "claim the capability: the host does not ask without it", run: eventClaim},
		{Name: "ends", Promise: "Events ends, or falls silent, when there is no more for now.", needs: settings | events,
			Cure: "return when all is passed; the host asks again", run: eventsEnd},
		{Name: "unknown-cursor", Promise: "A cursor that it never gave does not fail.", needs: settings | events,
			Cure: "begin at the beginning: an event may come twice, none may be lost", run: unknownCursor},
		{Name: "cursors", Promise: "Each event has a cursor of its own, of at most 1,024 bytes.", needs: settings | events,
			Cure: "number the events", run: cursors},
		{Name: "resume", Promise: "Behind a cursor come the events after it, in the same order.", needs: settings | events,
			Cure: "keep events under their cursors", run: resumed},
		{Name: "kinds", Promise: "Each event is of a kind that the contract knows.", needs: settings | events,
			Cure: "leave out what has no kind", run: knownKinds},
		{Name: "times", Promise: "Each event has its time as RFC 3339, not in the future.", needs: settings | events,
			Cure: "say when it happened, with the offset", run: eventTimes},
		{Name: "whose", Promise: "Each event names a delivery by its key, or an address.", needs: settings | events,
			Cure: "keep the provider's id beside the key, to find the key by it", run: whose},
		{Name: "after-kill", Promise: "After kill -9 the same events come again from the beginning.", needs: settings | events,
			Cure: "keep events in the work folder before passing them", run: eventsAfterKill},
	}
}

func eventClaim(ctx context.Context, b *bench) verdict {
	if b.about.Capabilities.GetEvents() {
		return skip("the channel claims to pass events")
	}
	list, _, err := b.live.events(ctx, "")
	switch {
	case err != nil:
		return fail("%v", err)
	case len(list) > 0:
		return fail("%d came", len(list))
	}
	return pass("none came")
}

func eventsEnd(ctx context.Context, b *bench) verdict {
	list, ended, err := b.live.events(ctx, "")
	switch {
	case err != nil:
		return fail("%v", err)
	case len(list) >= manyEvents:
		return fail("%d came, and more", len(list))
	case !ended:
		return pass("silent after %d", len(list))
	}
	return pass("ended after %d", len(list))
}

func unknownCursor(ctx context.Context, b *bench) verdict {
	for _, cursor := range []string{"no-such-cursor", "-1", "99999999999999999999"} {
		if _, _, err := b.live.events(ctx, cursor); err != nil {
			return fail("%q: %v", cursor, err)
		}
	}
	return pass("taken for one")
}

// all reads every event and says where there is none to look at.
func (b *bench) all(ctx context.Context) ([]*proto.Event, verdict) {
	list, _, err := b.live.events(ctx, "")
	if err != nil {
		return nil, fail("%v", err)
	}
	if len(list) == 0 {
		return nil, skip("no event has come; run it again with the same provider when one has")
	}
	return list, pass("%d events", len(list))
}

// each looks at every event; wrong says what is wrong with one.
func (b *bench) each(ctx context.Context, wrong func(*proto.Event) string) verdict {
	list, v := b.all(ctx)
	for i, e := range list {
		if text := wrong(e); text != "" {
			return fail("event %d, %s: %s", i+1, e.Kind, text)
		}
	}
	return v
}

// Bounds of the host.
const (
	longestCursor = 1024
	firstYear     = 2000
)

func cursors(ctx context.Context, b *bench) verdict {
	seen := map[string]bool{}
	return b.each(ctx, func(e *proto.Event) string {
		if e.Cursor == "" {
			return "it has none"
		}
		if len(e.Cursor) > longestCursor {
			return "its cursor has more than 1,024 bytes"
		}
		if seen[e.Cursor] {
			return "the cursor " + e.Cursor + " was another's"
		}
		seen[e.Cursor] = true
		return ""
	})
}

func resumed(ctx context.Context, b *bench) verdict {
	list, v := b.all(ctx)
	if len(list) == 0 {
		return v
	}
	rest, _, err := b.live.events(ctx, list[0].Cursor)
	if err != nil {
		return fail("behind %q: %v", list[0].Cursor, err)
	}
	if len(rest) < len(list)-1 { // more may have come meanwhile
		return fail("%d in all, %d behind the first", len(list), len(rest))
	}
	if len(rest) > 0 && rest[0].Cursor == list[0].Cursor {
		return fail("behind the first it comes again")
	}
	for i, want := range list[1:] {
		if rest[i].Cursor != want.Cursor || rest[i].Kind != want.Kind {
			return fail("behind the first, event %d is %q, was %q", i+1, rest[i].Cursor, want.Cursor)
		}
	}
	return pass("%d in all, %d behind the first", len(list), len(rest))
}

func knownKinds(ctx context.Context, b *bench) verdict {
	return b.each(ctx, func(e *proto.Event) string {
		if _, ok := proto.EventKind_name[int32(e.Kind)]; !ok || e.Kind == proto.EventKind_EVENT_KIND_UNSPECIFIED {
			return "the kind is unknown"
		}
		return ""
	})
}

func eventTimes(ctx context.Context, b *bench) verdict {
	return b.each(ctx, func(e *proto.Event) string {
		at, err := time.Parse(time.RFC3339Nano, e.At)
		switch {
		case err != nil:
			return err.Error()
		case at.Year() < firstYear:
			return e.At + " is too long ago"
		case at.After(time.Now().Add(time.Hour)):
			return e.At + " is in the future"
		}
		return ""
	})
}

func whose(ctx context.Context, b *bench) verdict {
	return b.each(ctx, func(e *proto.Event) string {
		if e.Key == "" && strings.TrimSpace(e.Address) == "" {
			return "neither key nor address"
		}
		return ""
	})
}

func eventsAfterKill(ctx context.Context, b *bench) verdict {
	before, v := b.all(ctx)
	if len(before) == 0 {
		return v
	}
	if err := b.again(ctx, true); err != nil {
		return fail("%v", err)
	}
	after, _, err := b.live.events(ctx, "")
	switch {
	case err != nil:
		return fail("%v", err)
	case len(after) < len(before):
		return fail("%d before, %d after", len(before), len(after))
	case after[0].Cursor != before[0].Cursor:
		return fail("the first was %q, is %q", before[0].Cursor, after[0].Cursor)
	}
	return pass("%d before, %d after", len(before), len(after))
}
