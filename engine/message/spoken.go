package message

import (
	"fmt"
	"strings"
	"text/template"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
)

// The sections of what an automatic call says, in the order in which a person
// reads them.
const (
	saidScript   = "script"
	saidMachine  = "machine"
	saidMenu     = "menu"
	saidLinkText = "link_text"
	saidLinkSent = "link_sent"
	saidAskDay   = "ask_day"
	saidDayTaken = "day_taken"
	saidSpeak    = "speak_said"
	saidNotUnder = "not_understood"
	saidGoodbye  = "goodbye"
)

var saidSections = []string{
	saidScript, saidMachine, saidMenu, saidLinkText, saidLinkSent, saidAskDay, saidDayTaken, saidSpeak, saidNotUnder, saidGoodbye,
}

// generalCall is what a reminder by telephone says where its template has no
// spoken text of its own.
const generalCall = "reminder"

// promiseWithin is how far ahead a day of payment can be promised to a machine;
// for a later one somebody should speak to the customer.
const promiseWithin = 14

// ProvidesSpoken lists what every automatic call says whatever its text, as
// policy.TextIDs.
func ProvidesSpoken() []string { return []string{"identity"} }

// spoken is one file of what a call says, a template for each section.
type spoken struct {
	file     string
	sections map[string]*template.Template
}

// asCall makes an automatic call. It names neither amounts nor documents, since
// nobody knows who answers: fault.Invalid for a statement and for legal steps,
// and where a reminder would ask for nothing. fault.NotFound where there is no
// spoken text.
func (t *Templates) asCall(in Input) (outbox.Message, []string, error) {
	if in.Intent.Purpose == sequence.Statement || in.Intent.Purpose == sequence.Legal {
		return outbox.Message{}, nil, fault.New(fault.Invalid, "no machine says what is meant by %q of purpose %q", in.Intent.Template, in.Intent.Purpose).
			WithCure(`let a person do it (do = "call"), or write by e-mail or letter`)
	}
	if in.Intent.Purpose == sequence.Dunning && len(in.asked()) == 0 {
		return outbox.Message{}, nil, in.nothingAsked()
	}
	language, s, notes, err := t.chooseSpoken(in)
	if err != nil {
		return outbox.Message{}, nil, err
	}
	words := t.wordsOf(language)
	links, err := in.links(words, in.payableByCall())
	if err != nil {
		return outbox.Message{}, nil, err
	}
	call, err := in.call(words, t.sectionsOf(s, language), links)
	if err != nil {
		return outbox.Message{}, nil, err
	}
	m := in.envelope(language)
	in.name(&m)
	m.Subject, m.Text, m.Call = words.say("subject_private", oneLine(in.Company.Name)), callText(call), &call
	m.To = in.calledAt()
	if len(in.Intent.Attach) > 0 {
		notes = append(notes, fmt.Sprintf("a call carries no attachments: %s left out", strings.Join(in.Intent.Attach, ", ")))
	}
	return m, notes, nil
}

// calledAt is the telephone number of the first receiver.
func (in Input) calledAt() []outbox.Mailbox {
	if len(in.Intent.To) == 0 {
		return nil
	}
	c := in.Intent.To[0]
	return []outbox.Mailbox{{Name: oneLine(c.Name), Address: sequence.AddressOf(sequence.MediumVoice, &c)}}
}

// payableByCall is what the link in a text message asks for; nothing in an
// answer.
func (in Input) payableByCall() ar.Balance {
	if in.Intent.Purpose == sequence.Response {
		return nil
	}
	return in.asked()
}

// chooseSpoken finds the text in the best language: the template's own, else the
// general one, which says too little to be a warning or an answer.
func (t *Templates) chooseSpoken(in Input) (string, *spoken, []string, error) {
	names := []string{in.Intent.Template}
	if t.generalDoes(in) {
		names = append(names, generalCall)
	}
	wanted := in.wanted()
	for _, language := range wanted {
		for _, name := range names {
			s := t.spoken[key{name, language}]
			if s == nil {
				continue
			}
			if language == wanted[0] {
				return language, s, nil, nil
			}
			return language, s, []string{fmt.Sprintf("customer %s wants %s, %s is not there in it: said in %s",
				in.customer().Number, wanted[0], s.file, language)}, nil
		}
	}
	return "", nil, nil, fault.New(fault.NotFound, "there is nothing that a call could say for the template %q", in.Intent.Template).
		WithCure("add %s/%s.%s.txt to the templates folder, or send it by e-mail or letter", spokenFolder, in.Intent.Template, fallback)
}

// generalDoes reports whether the general text says enough for a message: it
// warns of no hold and answers nothing.
func (t *Templates) generalDoes(in Input) bool {
	written := t.sources[key{in.Intent.Template, fallback}]
	reminds := in.Intent.Purpose == sequence.Dunning || in.Intent.Purpose == sequence.Courtesy
	return reminds && in.Hold.From == 0 && (written == nil || !written.warns)
}

// call fills every section. A choice that cannot be made has no text.
func (in Input) call(w Words, s spoken, links []link) (outbox.Call, error) {
	data, say := in.callData(w, links), map[string]string{}
	for _, name := range saidSections {
		text, err := s.say(name, data)
		if err != nil {
			return outbox.Call{}, err
		}
		say[name] = text
	}
	if data["pay_link"] == "" {
		say[saidLinkText], say[saidLinkSent] = "", ""
	}
	c := outbox.Call{
		Script: say[saidScript], Machine: say[saidMachine], Menu: say[saidMenu], LinkText: say[saidLinkText], LinkSent: say[saidLinkSent],
		SpeakTo: data["speak_to"].(string), SpeakSaid: say[saidSpeak], NotUnderstood: say[saidNotUnder], Goodbye: say[saidGoodbye],
	}
	if data["ask_day"] == true {
		c.AskDay, c.DayTaken, c.LastDay = say[saidAskDay], say[saidDayTaken], in.lastSpoken().String()
	}
	return c, nil
}

// callText is what a person reads of a call, in the shape of its file.
func callText(c outbox.Call) string {
	said := map[string]string{
		saidScript: c.Script, saidMachine: c.Machine, saidMenu: c.Menu, saidLinkText: c.LinkText, saidLinkSent: c.LinkSent, saidAskDay: c.AskDay,
		saidDayTaken: c.DayTaken, saidSpeak: c.SpeakSaid, saidNotUnder: c.NotUnderstood, saidGoodbye: c.Goodbye,
	}
	var out []string
	for _, name := range saidSections {
		if said[name] != "" {
			out = append(out, "[["+name+"]]\n"+said[name]+"\n")
		}
	}
	return strings.Join(out, "\n")
}
