package conform

import (
	"bytes"
	"context"
	"slices"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"holdfast/plugins/proto"
)

// refuseChecks are of messages that must not leave.
func refuseChecks() []Check {
	return append(injectionChecks(), []Check{
		{Name: "no-recipient", Promise: "A message to nobody is refused.", needs: sending,
			Cure: "refuse it: retry would come back for ever", run: noRecipient},
		{Name: "no-key", Promise: "A message without a key is not accepted.", needs: sending,
			Cure: "refuse it: nobody could ask what became of it", run: noKey},
		{Name: "path-key", Promise: "A key that is a path leads nowhere.", needs: sending,
			Cure: "take a key only if it is letters, digits, dots, dashes and underscores", run: pathKey},
		{Name: "no-date", Promise: "A message without a date is answered, or its call fails as invalid.", needs: sending,
			Cure: "answer refused", run: noDate},
		{Name: "no-message", Promise: "A call without a message is not accepted, and the process lives.", needs: sending,
			Cure: "look whether there is a message before reading it", run: noMessage},
		{Name: "huge", Promise: "A message of nearly 64 MiB is answered, and the process lives.", needs: sending | full,
			Cure: "refuse what is too large for the provider", run: huge},
	}...)
}

// injectionChecks try each way of bringing a header of one's own into a mail.
func injectionChecks() []Check {
	places := make([]string, 0, len(Spoils()))
	for place := range Spoils() {
		places = append(places, place)
	}
	slices.Sort(places)
	var list []Check
	for _, place := range places {
		list = append(list, Check{
			Name: "line-break-in-" + place, Promise: "A line break where it would begin a header of its own (" + place + ") is refused.", needs: sending,
			Cure: "refuse control characters in whatever becomes a header, an address or a command",
			run:  func(ctx context.Context, b *bench) verdict { return b.injected(ctx, place) },
		})
	}
	return list
}

// injected sends a message spoilt at a place.
func (b *bench) injected(ctx context.Context, place string) verdict {
	mail := b.media("email", "file")
	if !mail && (place != "address" || len(b.message().Message.To) == 0) {
		return skip("a message of medium %s has no such header", b.about.Medium)
	}
	return b.wanted(ctx, Spoils()[place], refused)
}

func noRecipient(ctx context.Context, b *bench) verdict {
	if b.media("chat") {
		return skip("a chat's settings say where to")
	}
	return b.wanted(ctx, func(m *proto.Message) { m.To, m.Cc, m.Postal = nil, nil, nil }, refused)
}

// unacceptable hands over what must not be accepted. An error that calls it
// invalid is an answer too.
func (b *bench) unacceptable(ctx context.Context, r *proto.SendRequest) verdict {
	o, err := b.live.send(ctx, r)
	switch {
	case status.Code(err) == codes.InvalidArgument:
		return pass("%v", err)
	case err != nil:
		return fail("%v", err)
	case o.State == accepted:
		return fail("accepted %s", o.ProviderId)
	}
	return pass("%s: %s", stateName(o.State), o.Detail)
}

func noKey(ctx context.Context, b *bench) verdict {
	r := b.message()
	r.Key = ""
	return b.unacceptable(ctx, r)
}

func pathKey(ctx context.Context, b *bench) verdict {
	r := b.message()
	r.Key = "../" + r.Key
	o, err := b.live.send(ctx, r)
	if err != nil && status.Code(err) != codes.InvalidArgument {
		return fail("%v", err)
	}
	if found := b.strays(); found != "" {
		return fail("it wrote %s", found)
	}
	return pass("%s: %s", stateName(o.GetState()), o.GetDetail())
}

func noDate(ctx context.Context, b *bench) verdict {
	r := b.message()
	r.Message.Date = ""
	if _, err := b.live.send(ctx, r); err != nil && status.Code(err) != codes.InvalidArgument {
		return fail("%v", err)
	}
	return b.stillAnswers(ctx, "answered")
}

func noMessage(ctx context.Context, b *bench) verdict {
	if v := b.unacceptable(ctx, &proto.SendRequest{Key: b.key()}); v.state != Passed {
		return v
	}
	return b.stillAnswers(ctx, "not accepted")
}

// stillAnswers passes if the process does what it did before.
func (b *bench) stillAnswers(ctx context.Context, seen string) verdict {
	if _, err := b.live.describe(ctx); err != nil {
		return fail("%s, but then: %v", seen, err)
	}
	return pass("%s", seen)
}

func huge(ctx context.Context, b *bench) verdict {
	r := b.message()
	const room = 64 << 10
	r.Message.Attachments = []*proto.Attachment{{Name: "a.bin", Type: "application/octet-stream", Data: bytes.Repeat([]byte{'x'}, proto.MaxSend-room)}}
	o, err := b.live.send(ctx, r)
	if err != nil {
		return fail("%v", err)
	}
	return b.stillAnswers(ctx, stateName(o.State)+" "+o.Detail)
}
