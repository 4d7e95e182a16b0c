package answer

import (
	"crypto/hmac"
	"net/url"
	"strings"
)

// leastKey is the fewest bytes of a key that signs links.
const leastKey = 16

// Links makes and verifies the addresses behind which customers answer. The zero
// Links makes none.
type Links struct {
	Base   string // such as https://ar.example.com/a, without a slash at its end
	Key    []byte // at least 16 bytes
	Opens  bool   // messages carry a picture that tells that they were opened
	Clicks bool   // links lead over us, so that following them is seen
}

// Ready reports whether links can be made.
func (l Links) Ready() bool { return l.Base != "" && len(l.Key) >= leastKey }

// To returns the address of an action on the message of a tag; empty where no
// links can be made.
func (l Links) To(tag string, action Action) string {
	if !l.Ready() {
		return ""
	}
	return strings.Join([]string{l.Base, tag, string(action), l.mac(tag, action, "")}, "/")
}

// Over returns an address that leads to another one over us, so that it is seen
// that it was followed; to itself where the site does not want that.
func (l Links) Over(tag, to string) string {
	if !l.Ready() || !l.Clicks {
		return to
	}
	return strings.Join([]string{l.Base, tag, string(Click), l.mac(tag, Click, to)}, "/") + "?to=" + url.QueryEscape(to)
}

// Verify reports whether To, or Over where to is not empty, made an address of
// these parts.
func (l Links) Verify(tag string, action Action, to, mac string) bool {
	return l.Ready() && hmac.Equal([]byte(l.mac(tag, action, to)), []byte(strings.ToUpper(mac)))
}

func (l Links) mac(tag string, action Action, to string) string {
	return sign(l.Key, "link", tag, string(action), to)
}
