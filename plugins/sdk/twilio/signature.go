package twilio

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base64"
	"net/url"
	"slices"
	"strings"
)

// SignatureHeader is where Twilio puts the signature of a webhook.
const SignatureHeader = "X-Twilio-Signature"

// Sign makes the signature of a webhook as www.twilio.com/docs/usage/security
// tells: HMAC-SHA1 with the auth token over the address as it is called, query
// included, followed by each parameter of the form and its value, sorted by
// parameter, with nothing between; in base64.
func Sign(token, address string, form url.Values) string {
	var text strings.Builder
	text.WriteString(address)
	names := make([]string, 0, len(form))
	for name := range form {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		values := slices.Clone(form[name])
		slices.Sort(values)
		for _, value := range slices.Compact(values) {
			text.WriteString(name + value)
		}
	}
	mac := hmac.New(sha1.New, []byte(token))
	mac.Write([]byte(text.String()))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// Signed reports whether a signature was made by whoever has the token. Twilio
// signs some addresses with the port of their scheme and some without, so either
// form counts.
func Signed(token, address string, form url.Values, signature string) bool {
	if token == "" || signature == "" {
		return false
	}
	ok := false
	for _, form2 := range withAndWithoutPort(address) {
		// Both are compared, so that the time taken tells nothing.
		ok = hmac.Equal([]byte(Sign(token, form2, form)), []byte(signature)) || ok
	}
	return ok
}

// withAndWithoutPort writes an address with its port named and left out.
func withAndWithoutPort(address string) []string {
	u, err := url.Parse(address)
	if err != nil {
		return []string{address}
	}
	standard := map[string]string{"https": "443", "http": "80"}[u.Scheme]
	scheme, rest, _ := strings.Cut(address, "://")
	_, tail, _ := strings.Cut(rest, u.Host)
	switch {
	case u.Port() == "":
		return []string{address, scheme + "://" + u.Host + ":" + standard + tail}
	default:
		return []string{address, scheme + "://" + strings.TrimSuffix(u.Host, ":"+u.Port()) + tail}
	}
}
