package outbox

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/sequence"
)

// Key names one delivery for ever: the Message-ID of a mail and the
// idempotency key of a provider.
type Key string

// Mailbox is a name with an address.
type Mailbox struct {
	Name    string `json:"name,omitempty"`
	Address string `json:"address"`
}

// Attachment is a file that goes with a message.
type Attachment struct {
	Name string `json:"name"`
	Type string `json:"type"` // MIME type
	Data []byte `json:"data"`
	// ContentID is not empty for a picture that the HTML shows as cid:ContentID,
	// such as a logo.
	ContentID string `json:"content_id,omitempty"`
}

// Message is what leaves the house, rendered whole at planning: a retry sends
// the same bytes.
type Message struct {
	Key         Key          `json:"-"` // of the delivery; not part of the bytes it is made from
	From        Mailbox      `json:"from"`
	ReplyTo     string       `json:"reply_to,omitempty"`
	To          []Mailbox    `json:"to"`
	Cc          []Mailbox    `json:"cc,omitempty"`
	Subject     string       `json:"subject"`
	Text        string       `json:"text"`
	HTML        string       `json:"html,omitempty"`
	Attachments []Attachment `json:"attachments,omitempty"`
	// Postal is the receiver's address of a letter, a line each; nil for all
	// else. A letter's To may be empty, and its Text is the whole letter: sender,
	// receiver, place and date, subject, each a paragraph of its own, then the body.
	Postal    []string  `json:"postal,omitempty"`
	Date      time.Time `json:"date"`
	Language  string    `json:"language,omitempty"`
	Reference string    `json:"reference,omitempty"` // the customer's number, for a person who looks at the file

	Tag         string           `json:"tag,omitempty"`         // by which an answer names this delivery; the text shows it
	Thread      string           `json:"thread,omitempty"`      // names the conversation: the same for all messages to one account
	Unsubscribe string           `json:"unsubscribe,omitempty"` // URL that ends messages to this address by one POST (RFC 8058)
	Purpose     sequence.Purpose `json:"purpose,omitempty"`     // empty to our own people
	Letter      *Letter          `json:"letter,omitempty"`      // the parts of a letter; nil for all else
	Call        *Call            `json:"call,omitempty"`        // what an automatic call says; nil for all else
	Card        *Card            `json:"card,omitempty"`        // what a chat shows; nil for all else
}

// Encode returns the bytes that a person approves and that every attempt
// sends, with their SHA-256 in hex.
func (m Message) Encode() ([]byte, string, error) {
	b, err := json.Marshal(m)
	if err != nil {
		return nil, "", err
	}
	sum := sha256.Sum256(b)
	return b, hex.EncodeToString(sum[:]), nil
}

// Sealed reports whether content is the very bytes of a SHA-256 in hex.
func Sealed(content []byte, sha string) bool {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:]) == sha
}

// Decode reads what Encode wrote.
func Decode(content []byte) (Message, error) {
	var m Message
	err := json.Unmarshal(content, &m)
	return m, err
}

// Mode is what may leave: observe decides and shows only, test sends all to
// one address, live sends.
type Mode string

// The modes of a company.
const (
	Observe Mode = "observe"
	Test    Mode = "test"
	Live    Mode = "live"
)

// KeyOf derives the key of a delivery: the same cover to the same recipient
// with the same bytes has the same key.
func KeyOf(mode Mode, party ar.PartyID, channel, recipient string, occasions []sequence.Occasion, sha string) Key {
	keys := make([]string, len(occasions))
	for i, o := range occasions {
		keys[i] = o.Key()
	}
	slices.Sort(keys)
	parts := append([]string{string(mode), party.String(), channel, recipient}, keys...)
	sum := sha256.Sum256([]byte(strings.Join(append(parts, sha), "\x00")))
	return Key(hex.EncodeToString(sum[:16]))
}
