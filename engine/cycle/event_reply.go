package cycle

import (
	"context"
	"fmt"
	"strings"

	"holdfast/engine"
	"holdfast/engine/answer"
	"holdfast/engine/policy"
	"holdfast/engine/sequence"
)

// replied says what follows from what a person wrote: an opt-out at once, an
// answer by code as its facts, all else as a reply that waits for a person.
func (h *hearing) replied(ctx context.Context) error {
	switch word := h.word(); {
	case word == policy.Stop && h.e.Medium == sequence.MediumSMS:
		return h.stop(ctx, wordStop)
	case word == policy.Stop:
		if err := h.stop(ctx, wordOptOut); err != nil || h.co == nil {
			return err
		}
		return h.reply("")
	case word == policy.Start:
		h.e.Restart, h.e.Today = true, h.todayOf(h.e.Account)
		return nil
	case word == policy.Help:
		h.e.Why = "asked what this is: the channel answers"
		return nil
	case h.co == nil:
		h.unmatched(h.e, "no account, or more than one, has this address")
		return nil
	}
	h.e.Habit = engine.ContactReplied
	return h.answered(ctx)
}

// wordsOfMail is the most words of a mail that is nothing but a stop word.
const wordsOfMail = 2

// word reads what a reply asks. A mail asks for no more mail only where it says
// nothing else, since no carrier has taught its writer the words.
func (h *hearing) word() policy.Word {
	switch h.e.Medium {
	case sequence.MediumSMS:
		return policy.Keyword(h.e.Text)
	case sequence.MediumEmail:
		if len(strings.Fields(h.e.Text)) <= wordsOfMail && policy.Keyword(h.e.Text) == policy.Stop {
			return policy.Stop
		}
	}
	return policy.None
}

// answered keeps an answer by code as facts of what the message was about. What
// is no such answer, or is refused, is a reply.
func (h *hearing) answered(ctx context.Context) error {
	a, is := answer.Parse(h.e.Text, dayOf(h.co, h.e.At))
	switch {
	case !is || h.delivery.ID == 0:
		return h.reply("")
	case a.Action == answer.WrongContact && h.delivery.Medium == sequence.MediumLetter:
		h.wrongContact(a.Text) // of a letter: the account goes on getting letters
		return h.reply("")
	}
	err := h.take(ctx, a)
	if refused(err) {
		h.e.Why = fmt.Sprintf("not kept as %s: %s", a.Action, err)
		return h.reply(h.e.Why)
	}
	return err
}

// take keeps an answer to the message, with a task where somebody must be found.
func (h *hearing) take(ctx context.Context, a answer.Answer) error {
	of, err := h.Answered(ctx, h.delivery)
	if err != nil {
		return err
	}
	facts, err := h.Tell(of, h.teller("answer"), a)
	if err != nil {
		return err
	}
	h.e.Facts = append(h.e.Facts, facts...)
	switch a.Action {
	case answer.WrongContact:
		h.wrongContact(a.Text)
	case answer.Promise:
		if a.Text != "" {
			return h.note(a.Text)
		}
	}
	return nil
}

// wrongContact asks a person to find who is to be written to.
func (h *hearing) wrongContact(said string) {
	to := h.writtenTo()
	h.ask(fmt.Sprintf("wrong_contact|%s|%s", to, h.e.Account.Customer), sequence.ReasonWrongContact,
		fmt.Sprintf("%s is not the right one%s: find who looks after this and enter the address in the ERP", to, because(said)))
}

// note keeps what was written beside a promise: there is nothing to answer.
func (h *hearing) note(text string) error {
	f, err := bareAccount(h.e.Account).Note(h.teller("note"), text, nil)
	h.e.Facts = append(h.e.Facts, f)
	return err
}

// reply keeps what was written for a person; why says what was made of it in
// vain.
func (h *hearing) reply(why string) error {
	text := h.e.Text
	if text == "" {
		text = strings.TrimSpace("(a reply without a text) " + h.e.Subject)
	}
	if why != "" {
		text += "\n(" + why + ")"
	}
	f, err := bareAccount(h.e.Account).Reply(h.teller("reply"), text, nil)
	if err != nil {
		return err
	}
	h.e.Facts = append(h.e.Facts, f)
	return nil
}
