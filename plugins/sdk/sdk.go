// Package sdk is the author's side of a channel: a small interface to fill in
// and Serve to call from main. It knows nothing of the host or the engine.
package sdk

import (
	"context"
	"time"
)

// Channel hands messages to the outside. Configure is called once, before
// anything but Describe; all other methods may be called at once from several
// goroutines. Embed Base for honest answers to what a channel cannot do.
type Channel interface {
	// Describe says what this channel is. It needs no settings and touches
	// neither disk nor network.
	Describe() About

	// Configure takes the settings and checks them; it does not connect.
	// Problems mean that the channel is not configured. An error is for what is
	// no setting's fault, such as a disk that cannot be read.
	Configure(ctx context.Context, s Setup) ([]Problem, error)

	// Send delivers m. A second call with the same m.Key is a repeat after a
	// crash and delivers nothing new, where the channel can tell. Answer before
	// the deadline of ctx: later, or with an error, the host takes the message
	// for uncertain, and past the deadline it ends the channel's process.
	Send(ctx context.Context, m Message) (Sent, error)

	// Lookup says what became of a key that was handed over at an instant;
	// Uncertain is an answer. A channel whose record reaches back further than
	// that and does not know the key answers Retry: nothing left.
	Lookup(ctx context.Context, key string, handed time.Time) (Sent, error)

	// Events passes to emit what happened after cursor ("" is the beginning),
	// oldest first. It may return when there is no more for now: it is called
	// again. It stops with emit's error.
	Events(ctx context.Context, cursor string, emit func(Event) error) error

	// Health returns nil if a Send would likely work now.
	Health(ctx context.Context) error
}

// About describes a channel.
type About struct {
	Name       string
	Version    string // of the channel's own program
	Medium     string // email, sms, voice, letter, chat or file
	Repeatable bool   // the receiver recognises a copy with the same key
	Lookup     bool   // Lookup knows more than Uncertain
	Events     bool   // Events passes something
	Schema     []byte // JSON Schema of the settings; secrets are marked "writeOnly": true
}

// Setup is what a channel gets to work with.
type Setup struct {
	Settings []byte // JSON object, secrets resolved
	Dir      string // the channel's own folder, kept over restarts; empty if it has none
	Proxy    string // URL of an HTTP proxy, or empty
	NoProxy  string // hosts that are reached without it, comma separated
	CAFile   string // PEM file of further certificate authorities, or empty
}

// Problem is one thing wrong with the settings.
type Problem struct {
	Key  string // the setting, "" for the whole
	Text string // what is wrong
	Cure string // how to mend it
}

// Mailbox is a name with an address.
type Mailbox struct {
	Name    string
	Address string
}

// Attachment is a file that goes with a message.
type Attachment struct {
	Name string
	Type string // MIME type
	Data []byte
	// ContentID is not empty for a picture that the HTML shows as cid:ContentID,
	// such as a logo.
	ContentID string
}

// Message is what leaves the house, rendered whole. A channel changes nothing
// that a person would read.
type Message struct {
	Key         string // names this delivery for ever
	From        Mailbox
	ReplyTo     string
	To          []Mailbox // the first is the recipient
	Cc          []Mailbox
	Subject     string
	Text        string
	HTML        string
	Attachments []Attachment
	Date        time.Time
	Language    string // BCP 47
	Reference   string // the customer's number, for a person who looks at a file
	// Postal is the receiver's address of a letter, a line each; nil for all
	// else. A letter's To may be empty, and its Text is the whole letter: sender,
	// receiver, place and date, subject, each a paragraph of its own, then the body.
	Postal []string

	Tag         string  // by which an answer names this delivery; the text shows it; empty: none
	Thread      string  // names the conversation: the same for all messages to one account
	Unsubscribe string  // URL that ends messages to this address by one POST (RFC 8058), or empty
	Purpose     string  // response, statement, courtesy, dunning or legal; empty to our own people
	Letter      *Letter // the parts of a letter; nil for all else
	Call        *Call   // what an automatic call says; nil for all else
	Card        *Card   // what a chat shows; nil for all else
}

// Letter is the letter of Message.Text in its parts, for a channel that lays it
// out itself. The receiver's address is Message.Postal.
type Letter struct {
	Sender []string // name and address, a line each
	Dated  string   // place and date
	Body   []Block  // from the salutation to the footer
	Slip   []string // what a payment slip says, a line each; nil: none
}

// Block is a paragraph, or a table where Table is not nil.
type Block struct {
	Lines []string
	Table *Table
}

// Table is rows under a head, which may be nil. Cells from Right on, counted
// from 0, stand to the right.
type Table struct {
	Title string
	Head  []string
	Rows  []Row
	Right int
}

// Row is one row of a table. Note stands below it, over its whole width; Strong
// is such as what is asked in all.
type Row struct {
	Cells  []string
	Note   string
	Strong bool
}

// Call is what an automatic call says, in Message.Language.
type Call struct {
	Script        string // said to whoever answers; names no amount
	Machine       string // left with an answering machine; empty: hang up
	Menu          string // the choices that follow, as far as there are any
	LinkText      string // text message with the link to pay, for key 1; empty: no such choice
	LinkSent      string // said when it was sent
	AskDay        string // asks for a day of payment as day and month, for key 2; empty: no such choice
	LastDay       string // the last day that can be promised, 2026-12-31
	DayTaken      string // said when a day was taken; %s is the day
	SpeakTo       string // telephone number that key 3 connects to; empty: somebody calls back
	SpeakSaid     string // said before; empty: no such choice
	NotUnderstood string
	Goodbye       string
}

// Card is what a chat shows beside subject and text.
type Card struct {
	Fields []Field
	Links  []Link
}

// Field is one line of a card.
type Field struct{ Name, Value string }

// Link is a link of a card.
type Link struct{ Label, URL string }

// State is what became of a message.
type State int

// The states of a message. The zero State is Uncertain.
const (
	Uncertain State = iota // may or may not have left
	Accepted               // the provider took it
	Refused                // no for good
	Retry                  // nothing left; not now
)

// Sent is the answer to Send and Lookup.
type Sent struct {
	State      State
	ProviderID string
	Detail     string        // for a person; no secrets
	RetryAfter time.Duration // with Retry; 0 leaves it to the host
	// WholeChannel says with Retry that nothing else can leave either, such as
	// with a wrong password: the host pauses the channel that long.
	WholeChannel bool
}

// EventKind is what happened to a message after it was accepted.
type EventKind int

// The kinds of events, numbered as in channel.proto.
const (
	Delivered EventKind = iota + 1
	BouncedHard
	BouncedSoft
	Opened
	Clicked
	Replied
	OptedOut
	CallOutcome
	Printed
	Posted
)

// Event is something that happened to a message or an address. It may be
// passed twice.
type Event struct {
	Cursor     string // resume behind this event
	Kind       EventKind
	Key        string // of the delivery, empty where only the address is known
	Address    string
	At         time.Time
	ProviderID string
	Detail     string
	Text       string // what a person wrote, without what was quoted
	Subject    string // of a reply
	Tag        string // that a reply quotes; empty where none
	Code       string // of a call outcome: reached, no_answer, voicemail, promised, call_back, refused ...
	Day        string // that was promised, 2026-12-31
}

// Base answers what a channel cannot do: any settings are fine, every key is
// uncertain, there are no events, and it is well.
type Base struct{}

// Configure accepts any settings.
func (Base) Configure(context.Context, Setup) ([]Problem, error) { return nil, nil }

// Lookup knows no key.
func (Base) Lookup(context.Context, string, time.Time) (Sent, error) {
	return Sent{State: Uncertain, Detail: "this channel keeps no record of what it sent"}, nil
}

// Events has none.
func (Base) Events(context.Context, string, func(Event) error) error { return nil }

// Health is always well.
func (Base) Health(context.Context) error { return nil }
