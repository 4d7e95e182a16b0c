package conform

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"sync"

	gproto "google.golang.org/protobuf/proto"

	"holdfast/plugins/proto"
)

// firstSend names the check that all others of messages build on.
const firstSend = "ordinary"

func sendChecks() []Check {
	return []Check{
		{Name: firstSend, base: true, Promise: "An ordinary message of its medium is accepted.", needs: sending,
			Cure: "see what it says; nothing else about sending can be shown before", run: ordinary},
		{Name: "detail", Promise: "The answer's detail and provider's id are a line each, at most 1,000 bytes.", needs: sending,
			Cure: "shorten them: the host cuts what is longer", run: shortAnswer},
		{Name: "unicode", Promise: "Text in any script is accepted; a letter may be refused for what its typeface lacks.", needs: sending,
			Cure: "take UTF-8 as it comes", run: unicodeText},
		{Name: "long-text", Promise: "A text of 100,000 characters is answered: accepted or refused.", needs: sending,
			Cure: "refuse what the provider will not take; retry would come back for ever", run: longText},
		{Name: "attachment", Promise: "An attachment of 5 MiB is answered: accepted or refused.", needs: sending,
			Cure: "take messages up to 64 MiB over gRPC (its default is 4 MiB), and refuse what the provider will not", run: largeAttachment},
		{Name: "two-keys", Promise: "Two keys are two messages.", needs: sending,
			Cure: "never take two keys for one, even where all else is the same", run: twoKeys},
		{Name: "at-once", Promise: "Eight messages at once are all accepted.", needs: sending,
			Cure: "let Send be called several times at once; wait inside where the provider wants one at a time", run: atOnce},
		{Name: "unknown-purpose", Promise: "A purpose that it does not know changes nothing.", needs: sending,
			Cure: "take unknown purposes for ordinary ones: a later host may have more", run: unknownPurpose},
		{Name: "unknown-field", Promise: "A field that a later host adds is ignored.", needs: sending,
			Cure: "do not refuse unknown fields of the message", run: unknownField},
		{Name: "other-parts", Promise: "Parts for other media are ignored.", needs: sending,
			Cure: "read only what is for your medium", run: otherParts},
		{Name: "bare", Promise: "A message without the parts for its medium is answered: accepted or refused.", needs: sending,
			Cure: "look whether letter, call and card are there before reading them", run: bareMessage},
		{Name: "no-name", Promise: "A recipient or sender without a name is accepted.", needs: sending,
			Cure: "names are for show; the address counts", run: noName},
		{Name: "odd-language", Promise: "A language that it does not know is no obstacle; a call may be refused, which must be spoken.", needs: sending,
			Cure: "fall back to what the channel has", run: oddLanguage},
	}
}

func ordinary(ctx context.Context, b *bench) verdict {
	r := b.message()
	o, err := b.live.send(ctx, r)
	if err != nil {
		return fail("%v; %s", err, b.live.lastWords())
	}
	if o.State != proto.State_STATE_ACCEPTED {
		return fail("%s: %s", stateName(o.State), o.Detail)
	}
	b.first, b.outcome = r, o
	if pid := b.live.proc.pid(); pid != 0 {
		b.peak, _ = peakMemory(pid) // 0 where it cannot be seen
	}
	return pass("accepted %s", o.ProviderId)
}

// stateName writes a state as the contract's readers know it.
func stateName(s proto.State) string {
	return strings.ToLower(strings.TrimPrefix(s.String(), "STATE_"))
}

func shortAnswer(_ context.Context, b *bench) verdict {
	for what, text := range map[string]string{"detail": b.outcome.Detail, "provider_id": b.outcome.ProviderId} {
		if len(text) > 1000 || strings.ContainsAny(text, "\r\n") {
			return fail("%s: %d bytes, %d lines", what, len(text), strings.Count(text, "\n")+1)
		}
	}
	return pass("id %q, detail %q", b.outcome.ProviderId, b.outcome.Detail)
}

// wanted sends a changed message that must be answered with one of some states.
func (b *bench) wanted(ctx context.Context, change func(*proto.Message), states ...proto.State) verdict {
	r := b.message()
	change(r.Message)
	o, err := b.live.send(ctx, r)
	if err != nil {
		return fail("%v", err)
	}
	for _, s := range states {
		if o.State == s {
			return pass("%s %s", stateName(o.State), o.Detail)
		}
	}
	return fail("%s: %s", stateName(o.State), o.Detail)
}

const (
	accepted = proto.State_STATE_ACCEPTED
	refused  = proto.State_STATE_REFUSED
)

func unicodeText(ctx context.Context, b *bench) verdict {
	states := []proto.State{accepted}
	if b.media("letter") {
		states = append(states, refused)
	}
	return b.wanted(ctx, func(m *proto.Message) {
		m.Subject = "Überfällig · Просрочено · 請求書 · €"
		m.Text = "Ægir, Łódź, Ελλάδα, Київ, 請求書 €\n"
		m.From.Name = "Jürgen Ødegård"
	}, states...)
}

func longText(ctx context.Context, b *bench) verdict {
	return b.wanted(ctx, func(m *proto.Message) {
		m.Text = strings.Repeat("A line of fifty characters, as people write them.\n", 2000)
	}, accepted, refused)
}

func largeAttachment(ctx context.Context, b *bench) verdict {
	return b.wanted(ctx, func(m *proto.Message) {
		data := bytes.Repeat([]byte("0123456789abcdef"), 5<<20/16)
		m.Attachments = []*proto.Attachment{{Name: "statement.xlsx", Type: "application/octet-stream", Data: data}}
	}, accepted, refused)
}

func twoKeys(ctx context.Context, b *bench) verdict {
	twin := gproto.Clone(b.first).(*proto.SendRequest)
	twin.Key = b.key()
	o, err := b.live.send(ctx, twin)
	switch {
	case err != nil:
		return fail("%v", err)
	case o.State != accepted:
		return fail("the second is %s: %s", stateName(o.State), o.Detail)
	case o.ProviderId != "" && o.ProviderId == b.outcome.ProviderId:
		return fail("both have the id %s", o.ProviderId)
	}
	return pass("%q and %q", b.outcome.ProviderId, o.ProviderId)
}

func atOnce(ctx context.Context, b *bench) verdict {
	const together = 8
	errs := make([]error, together)
	var wg sync.WaitGroup
	for i := range together {
		r := b.message()
		wg.Go(func() {
			o, err := b.live.send(ctx, r)
			if err == nil && o.State != accepted {
				err = fmt.Errorf("%s: %s", stateName(o.State), o.Detail)
			}
			errs[i] = err
		})
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return fail("%v", err)
		}
	}
	return pass("%d accepted", together)
}

func unknownPurpose(ctx context.Context, b *bench) verdict {
	return b.wanted(ctx, func(m *proto.Message) { m.Purpose = "of-a-later-host" }, accepted)
}

func unknownField(ctx context.Context, b *bench) verdict {
	return b.wanted(ctx, func(m *proto.Message) {
		m.ProtoReflect().SetUnknown([]byte{0xc2, 0x3e, 3, 'n', 'e', 'w'}) // field 1000, text
	}, accepted)
}

func otherParts(ctx context.Context, b *bench) verdict {
	return b.wanted(ctx, func(m *proto.Message) {
		if m.Letter == nil {
			m.Letter = ordinaryLetter()
		}
		if m.Call == nil {
			m.Call = ordinaryCall()
		}
		if m.Card == nil {
			m.Card = ordinaryCard()
		}
	}, accepted)
}

func bareMessage(ctx context.Context, b *bench) verdict {
	return b.wanted(ctx, func(m *proto.Message) {
		m.Html, m.Letter, m.Call, m.Card = "", nil, nil, nil
		m.Tag, m.Thread, m.Unsubscribe, m.Reference, m.ReplyTo = "", "", "", "", ""
	}, accepted, refused)
}

func noName(ctx context.Context, b *bench) verdict {
	return b.wanted(ctx, func(m *proto.Message) {
		m.From.Name = ""
		for _, to := range m.To {
			to.Name = ""
		}
	}, accepted)
}

func oddLanguage(ctx context.Context, b *bench) verdict {
	states := []proto.State{accepted}
	if b.media("voice") {
		states = append(states, refused)
	}
	return b.wanted(ctx, func(m *proto.Message) { m.Language = "tlh" }, states...)
}
