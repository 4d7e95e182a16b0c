package intake

import (
	"fmt"
	"slices"
	"strings"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

// Pause is told to keep everything automated back until a day is over, for the
// documents named or, where none is, for the account. The reason is required.
func (a *Account) Pause(t Teller, documents []string, until ar.Day, reason string) (Fact, error) {
	f, done, err := a.about(t, Pause, documents)
	if done || err != nil {
		return f, err
	}
	if err := ahead("last day of the pause", until, t.On); err != nil {
		return Fact{}, err
	}
	if f.Code, err = said("reason of the pause", reason); err != nil {
		return Fact{}, err
	}
	f.Day = until
	return f, nil
}

// Note is told to be remembered; it has no effect. No documents: the account.
func (a *Account) Note(t Teller, text string, documents []string) (Fact, error) {
	return a.words(t, Note, text, documents)
}

// Reply is told when the customer wrote: automated steps pause until somebody
// answers. No documents: the account.
func (a *Account) Reply(t Teller, text string, documents []string) (Fact, error) {
	return a.words(t, Reply, text, documents)
}

func (a *Account) words(t Teller, kind Kind, text string, documents []string) (Fact, error) {
	f, done, err := a.about(t, kind, documents)
	if done || err != nil {
		return f, err
	}
	f.Text, err = said("text of the "+string(kind), text)
	return f, err
}

// Event is told when something happened by which sequences begin, such as
// CopyRequested. text may be empty; no documents: the account.
func (a *Account) Event(t Teller, code, text string, documents []string) (Fact, error) {
	f, done, err := a.about(t, Event, documents)
	if done || err != nil {
		return f, err
	}
	if f.Code, err = codeWord(code); err != nil {
		return Fact{}, err
	}
	f.Text = strings.TrimSpace(text)
	return f, nil
}

// Called is told of a call that no task asked for: how it ended, one of
// Outcomes. address may be empty.
func (a *Account) Called(t Teller, code, address, text string) (Fact, error) {
	f, done, err := a.begin(t, Outcome)
	if done || err != nil {
		return f, err
	}
	if f.Code, err = oneOf("outcome", code, Outcomes); err != nil {
		return Fact{}, err
	}
	f.Channel, f.Address, f.Text = LiveVoice, a.address(LiveVoice, address), strings.TrimSpace(text)
	return f, nil
}

// Accepted is told when the customer's portal took documents; at least one is
// named.
func (a *Account) Accepted(t Teller, documents []string) (Fact, error) {
	if len(documents) == 0 {
		return Fact{}, fault.New(fault.Invalid, "no document is named that the customer's portal took")
	}
	f, _, err := a.about(t, Accepted, documents)
	return f, err
}

// Returned is told when the agency or the lawyer gave documents back; none: the
// account.
func (a *Account) Returned(t Teller, documents []string) (Fact, error) {
	f, _, err := a.about(t, Returned, documents)
	return f, err
}

// End is told when another fact is over. Rejected and Granted end disputes
// only, Answered a reply; Withdrawn anything. text may be empty.
func (a *Account) End(t Teller, ref int64, code, text string) (Fact, error) {
	f, done, err := a.begin(t, End)
	if done || err != nil {
		return f, err
	}
	i := slices.IndexFunc(a.Facts, func(f Fact) bool { return f.ID == ref && f.Kind != End })
	if i < 0 {
		return Fact{}, fault.New(fault.NotFound, "customer %s has no standing fact %d", a.name(), ref).WithCure("%s", a.standing())
	}
	kind := a.Facts[i].Kind
	allowed := []string{Withdrawn}
	switch kind {
	case Dispute:
		allowed = append(allowed, Rejected, Granted)
	case Reply:
		allowed = append(allowed, Answered)
	}
	if f.Code, err = oneOf(fmt.Sprintf("end of a %s", kind), code, allowed); err != nil {
		return Fact{}, err
	}
	f.Ref, f.Documents, f.Text = ref, slices.Clone(a.Facts[i].Documents), strings.TrimSpace(text)
	return f, nil
}

// standing lists what could be ended.
func (a *Account) standing() string {
	var list []string
	for i := range a.Facts {
		if f := &a.Facts[i]; f.Kind != End {
			list = append(list, fmt.Sprintf("%d (%s of %s)", f.ID, f.Kind, f.On))
		}
	}
	if len(list) == 0 {
		return "nothing that was told of it stands"
	}
	return "what stands: " + strings.Join(list, ", ")
}

// Answer is told when a person has done a task or answered its question. task
// is the task's key, allowed how it can end; nil: as every call. text may be
// empty. The account is filled in where the fact is kept.
func Answer(t Teller, task string, allowed []string, code, text string) (Fact, error) {
	f, err := t.fact(Outcome)
	if err != nil {
		return Fact{}, err
	}
	if task == "" {
		return Fact{}, fault.New(fault.Invalid, "no task is named that this answers")
	}
	if len(allowed) == 0 {
		allowed = Outcomes
	}
	if f.Code, err = oneOf("outcome of this task", code, allowed); err != nil {
		return Fact{}, err
	}
	f.Task, f.Text = task, strings.TrimSpace(text)
	return f, nil
}

// AnswerCall is Answer for a task that asks for a telephone call: it counts
// among the contacts that contact rules limit. address is the number that was
// called, with its country, and may be empty.
func AnswerCall(t Teller, task string, allowed []string, code, address, text string) (Fact, error) {
	f, err := Answer(t, task, allowed, code, text)
	if err != nil {
		return Fact{}, err
	}
	f.Channel, f.Address = LiveVoice, new(Account).address(LiveVoice, address)
	return f, nil
}

// about starts a fact of the documents named; none: of the account.
func (a *Account) about(t Teller, kind Kind, documents []string) (Fact, bool, error) {
	f, done, err := a.begin(t, kind)
	if done || err != nil || len(documents) == 0 {
		return f, done, err
	}
	found, err := a.find(documents)
	if err != nil {
		return Fact{}, false, err
	}
	f.Documents = covers(found)
	return f, false, nil
}

// said refuses an empty text.
func said(what, text string) (string, error) {
	if text = strings.TrimSpace(text); text == "" {
		return "", fault.New(fault.Invalid, "the %s is empty", what).WithCure("say it in a few words")
	}
	return text, nil
}

// oneOf reads one of some codes.
func oneOf(what, code string, allowed []string) (string, error) {
	code = lower(code)
	if !slices.Contains(allowed, code) {
		return "", fault.New(fault.Invalid, "%q is no %s", code, what).WithCure("choose from: %s", strings.Join(allowed, ", "))
	}
	return code, nil
}

// codeWord reads the code of an event: lower case, digits and underscores.
func codeWord(code string) (string, error) {
	code = lower(code)
	odd := strings.Trim(code, "abcdefghijklmnopqrstuvwxyz0123456789_")
	if code == "" || odd != "" {
		return "", fault.New(fault.Invalid, "%q is no code of an event", code).WithCure("write it as copy_requested")
	}
	return code, nil
}

func lower(text string) string { return strings.ToLower(strings.TrimSpace(text)) }
