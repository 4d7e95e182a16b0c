package conform

import (
	"context"
	"fmt"
	"strings"
	"sync"

	gproto "google.golang.org/protobuf/proto"

	"holdfast/plugins/proto"
)

// repeatChecks are of a second Send with the same key: it delivers nothing new.
func repeatChecks() []Check {
	keep := "keep the outcome under the key before answering, in the work folder, and answer it again"
	return []Check{
		{Name: "same-key", Promise: "The same message again is accepted as the same, not sent as a new one.", needs: sending,
			Cure: keep, run: sameKey},
		{Name: "refused-again", Promise: "What was refused is not accepted when it comes again.", needs: sending,
			Cure: keep, run: refusedAgain},
		{Name: "same-key-at-once", Promise: "The same message four times at once is at most one message.", needs: sending,
			Cure: "note the key before sending; answer uncertain, or wait, while it is on its way", run: sameKeyAtOnce},
		{Name: "after-restart", Promise: "After a restart the same key is still the same message.", needs: sending,
			Cure: keep, run: func(ctx context.Context, b *bench) verdict { return b.afterEnd(ctx, false) }},
		{Name: "after-kill", Promise: "After kill -9 the same key is still the same message.", needs: sending,
			Cure: keep + "; fsync it where copies cannot be told apart", run: func(ctx context.Context, b *bench) verdict { return b.afterEnd(ctx, true) }},
		{Name: "given-up", Promise: "A message that the host gave up waiting for is the same message when it comes again.", needs: sending,
			Cure: "finish what was begun and keep its outcome, or answer uncertain", run: givenUp},
	}
}

// repeated sends the ordinary message once more.
func (b *bench) repeated(ctx context.Context) verdict {
	o, err := b.live.send(ctx, gproto.Clone(b.first).(*proto.SendRequest))
	switch {
	case err != nil:
		return fail("%v", err)
	case o.State != accepted:
		return fail("now %s: %s", stateName(o.State), o.Detail)
	case o.ProviderId != b.outcome.ProviderId:
		return fail("first %q, now %q", b.outcome.ProviderId, o.ProviderId)
	case o.ProviderId == "":
		return pass("accepted; without a provider's id it cannot be seen that nothing was sent")
	}
	return pass("accepted as %s", o.ProviderId)
}

func sameKey(ctx context.Context, b *bench) verdict { return b.repeated(ctx) }

func refusedAgain(ctx context.Context, b *bench) verdict {
	if b.media("chat") {
		return skip("a chat's settings say where to: there is nothing to refuse")
	}
	r := b.message()
	r.Message.To, r.Message.Cc, r.Message.Postal = nil, nil, nil
	for n := range 2 {
		o, err := b.live.send(ctx, r)
		if err != nil {
			return fail("%v", err)
		}
		if o.State != refused {
			return fail("time %d: %s: %s", n+1, stateName(o.State), o.Detail)
		}
	}
	return pass("refused twice")
}

func sameKeyAtOnce(ctx context.Context, b *bench) verdict {
	r := b.message()
	var mu sync.Mutex
	ids := map[string]bool{}
	var failed error
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			o, err := b.live.send(ctx, gproto.Clone(r).(*proto.SendRequest))
			mu.Lock()
			defer mu.Unlock()
			switch {
			case err != nil:
				failed = err
			case o.State == accepted:
				ids[o.ProviderId] = true
			case o.State == refused:
				failed = fmt.Errorf("refused: %s", o.Detail)
			}
		})
	}
	wg.Wait()
	o, err := b.live.send(ctx, r)
	switch {
	case failed != nil:
		return fail("%v", failed)
	case err != nil:
		return fail("afterwards: %v", err)
	case o.State != accepted:
		return fail("afterwards %s: %s", stateName(o.State), o.Detail)
	}
	if ids[o.ProviderId] = true; len(ids) > 1 {
		return fail("%d messages: %s", len(ids), strings.Join(keysOf(ids), ", "))
	}
	return pass("one message")
}

func keysOf(set map[string]bool) []string {
	var list []string
	for key := range set {
		list = append(list, key)
	}
	return list
}

func (b *bench) afterEnd(ctx context.Context, atOnce bool) verdict {
	if err := b.again(ctx, atOnce); err != nil {
		return fail("%v", err)
	}
	return b.repeated(ctx)
}

// givenUp gives up at once, sends again, and looks whether a third time is as
// the second.
func givenUp(ctx context.Context, b *bench) verdict {
	r := b.message()
	b.count(r.Key)
	soon, cancel := context.WithCancel(ctx)
	cancel()
	_, _ = b.live.client.Send(soon, r) // nobody waits for it
	second, err := b.live.send(ctx, r)
	if err != nil {
		return fail("%v", err)
	}
	third, err := b.live.send(ctx, r)
	switch {
	case err != nil:
		return fail("the third time: %v", err)
	case second.State == accepted && (third.State != accepted || third.ProviderId != second.ProviderId):
		return fail("accepted %q, then %s %q", second.ProviderId, stateName(third.State), third.ProviderId)
	case third.State == refused:
		return fail("refused: %s", third.Detail)
	}
	return pass("%s, then %s", stateName(second.State), stateName(third.State))
}
