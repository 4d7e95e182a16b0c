package cycle

import (
	"context"
	"fmt"

	"holdfast/engine"
	"holdfast/engine/answer"
	"holdfast/engine/intake"
	"holdfast/engine/policy"
	"holdfast/engine/sequence"
)

// called keeps how an automatic call ended: a promise as one, a wish to speak to
// somebody as a task, all of it as an outcome. The call itself has counted for
// the caps since it was made, whoever answered.
func (h *hearing) called(ctx context.Context) error {
	if h.co == nil {
		h.unmatched(h.e, "no account, or more than one, has this number")
		return nil
	}
	f, err := bareAccount(h.e.Account).Called(h.teller("outcome"), h.e.Code, h.e.Address, h.e.Detail)
	if err != nil {
		return err
	}
	f.Channel = string(policy.VoiceArtificial)
	h.e.Facts = append(h.e.Facts, f)
	h.e.Code = f.Code
	switch f.Code {
	case intake.NoAnswer, intake.Voicemail:
		return nil
	case intake.WrongContact:
		h.wrongContact(h.e.Detail)
		return h.stop(ctx, wordOptOut)
	}
	h.e.Habit = engine.ContactReached
	return h.spoken(ctx)
}

// spoken keeps what somebody said to an automatic call.
func (h *hearing) spoken(ctx context.Context) error {
	switch h.e.Code {
	case intake.Promised:
		err := h.promised(ctx)
		if refused(err) {
			h.e.Why = "not kept as a promise: " + err.Error()
			return h.reply(h.e.Why)
		}
		return err
	case intake.CallBack, intake.Disputed, intake.SaysPaid, intake.Refused:
		h.ask("called|"+h.e.Hash, sequence.ReasonPerson,
			fmt.Sprintf("answered an automatic call at %s on %s: %s%s", h.e.Address, dayOf(h.co, h.e.At), said[h.e.Code], because(h.e.Detail)))
	}
	return nil
}

// said words what somebody said to an automatic call.
var said = map[string]string{
	intake.CallBack: "wants to be called back", intake.Disputed: "disputes it", intake.SaysPaid: "says that it is paid",
	intake.Refused: "will not pay",
}

// promised keeps the day that was promised for what the call was about.
func (h *hearing) promised(ctx context.Context) error {
	if h.delivery.ID == 0 {
		account, err := h.Store.IntakeAccount(ctx, h.e.Account)
		if err != nil {
			return err
		}
		f, err := account.Promise(h.teller("promise"), nil, h.e.Day, nil)
		if err == nil {
			h.e.Facts = append(h.e.Facts, f)
		}
		return err
	}
	return h.take(ctx, answer.Answer{Action: answer.Promise, Day: h.e.Day})
}
