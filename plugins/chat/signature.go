package chat

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// The headers of a signed webhook.
const (
	HeaderKey       = "Holdfast-Key"       // names the card for ever: a second one is a copy
	HeaderTimestamp = "Holdfast-Timestamp" // seconds since 1970 when it was signed
	HeaderSignature = "Holdfast-Signature" // v1= and the HMAC in hex
)

// ReplayWindow is how far the timestamp of a webhook may be from the receiver's
// clock, either way.
const ReplayWindow = 5 * time.Minute

// scheme begins a signature: HMAC-SHA256 over the timestamp, a point and the body.
const scheme = "v1="

func sign(secret, timestamp string, body []byte) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(timestamp + "."))
	mac.Write(body)
	return scheme + hex.EncodeToString(mac.Sum(nil))
}

// Verify is the receiver's side: it returns nil where the body is signed with the
// secret, not older, or newer, than ReplayWindow, and is that of HeaderKey. A
// receiver keeps the values of HeaderKey that long and drops what it has had.
func Verify(secret string, h http.Header, body []byte, now time.Time) error {
	timestamp := h.Get(HeaderTimestamp)
	seconds, err := strconv.ParseInt(timestamp, 10, 64)
	if err != nil {
		return fmt.Errorf("%s: %w", HeaderTimestamp, err)
	}
	if off := now.Sub(time.Unix(seconds, 0)); off > ReplayWindow || off < -ReplayWindow {
		return fmt.Errorf("it was signed %s ago: a copy of an old request, or clocks differ", off.Round(time.Second))
	}
	want := []byte(sign(secret, timestamp, body))
	for given := range strings.SplitSeq(h.Get(HeaderSignature), ",") {
		if hmac.Equal(want, []byte(strings.TrimSpace(given))) {
			return sameKey(h.Get(HeaderKey), body)
		}
	}
	return errors.New("the signature is not that of the secret")
}

// sameKey refuses a copy under another key: the header is not signed, the body
// is.
func sameKey(key string, body []byte) error {
	var signed struct {
		Key string `json:"key"`
	}
	if err := json.Unmarshal(body, &signed); err != nil {
		return fmt.Errorf("read the body: %w", err)
	}
	if signed.Key != key {
		return fmt.Errorf("%s is not the key of the body: a copy of another request", HeaderKey)
	}
	return nil
}
