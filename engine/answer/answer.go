// Package answer is how a customer answers a message without having to write a
// letter: a tag that names the message, signed links behind it, and reply codes.
// What comes of an answer are facts, as a person would tell them.
package answer

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"regexp"
	"strings"

	"holdfast/engine/ar"
)

// Action is what a customer does with a message.
type Action string

// The actions. The first four are answers to be kept as facts.
const (
	Dispute      Action = "dispute"       // something is wrong with a document
	Promise      Action = "promise"       // they will pay by a day
	WrongContact Action = "wrong-contact" // somebody else looks after this
	Copy         Action = "copy"          // they want copies of documents
	Unsubscribe  Action = "unsubscribe"   // no more to this address
	Open         Action = "open"          // the message was opened
	Click        Action = "click"         // a link in it was followed
)

// Offered lists the answers that a message offers, in the order in which they
// stand.
var Offered = []Action{Promise, Dispute, Copy, WrongContact}

// alphabet is Crockford's base 32: no letter looks like a digit.
var alphabet = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

// tagForm is a tag within a text.
var tagForm = regexp.MustCompile(`\bHF-[0-9A-HJKMNP-TV-Z]{12}\b`)

// Tag names a message for whoever answers it: HF- and twelve letters and digits
// (60 bits), the same for the same message to the same recipient on the same
// day. It tells nothing by itself; without a key it only serves to find what was
// answered.
func Tag(key []byte, party ar.PartyID, recipient string, day ar.Day, what ...string) string {
	parts := append([]string{"tag", party.String(), recipient, day.String()}, what...)
	return "HF-" + sign(key, parts...)[:12]
}

// Thread names the conversation with one account: mail programs show its
// messages together.
func Thread(account ar.AccountID) string {
	return strings.ToLower(sign(nil, "thread", account.String()))
}

// TagIn returns the first tag in a text, empty where there is none.
func TagIn(text string) string { return tagForm.FindString(strings.ToUpper(text)) }

// sign returns 26 letters and digits that only the holder of the key can make
// for these parts.
func sign(key []byte, parts ...string) string {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(strings.Join(parts, "\x00")))
	return alphabet.EncodeToString(mac.Sum(nil)[:16])
}
