package twilio_test

import (
	"net/url"
	"testing"

	"holdfast/plugins/sdk/twilio"
)

// The vectors of Twilio's documentation and of its own libraries: token 12345,
// a call to https://mycompany.com/myapp.php?foo=1&bar=2.
const documented = "https://mycompany.com/myapp.php?foo=1&bar=2"

func documentedForm() url.Values {
	return url.Values{
		"Digits": {"1234"}, "CallSid": {"CA1234567890ABCDE"}, "To": {"+18005551212"}, "Caller": {"+14158675309"}, "From": {"+14158675309"},
	}
}

func TestDocumentedVectors(t *testing.T) {
	for address, signature := range map[string]string{
		documented: "RSOYDt4T1cUTdK1PDd93/VVr8B8=",
		"https://mycompany.com:1234/myapp.php?foo=1&bar=2": "RSOYDt4T1cUTdK1PDd93/VVr8B8=", // signed without its port
		"http://mycompany.com/myapp.php?foo=1&bar=2":       "0ZXoZLH/DfblKGATFgpif+LLRf4=",
		"http://mycompany.com:1234/myapp.php?foo=1&bar=2":  "Zmvh+3yNM1Phv2jhDCwEM3q5ebU=",
	} {
		if !twilio.Signed("12345", address, documentedForm(), signature) {
			t.Errorf("%s: the documented signature is refused; ours is %s", address, twilio.Sign("12345", address, documentedForm()))
		}
	}
	if !twilio.Signed("12345", documented, documentedForm(), "kvajT1Ptam85bY51eRf/AJRuM3w=") {
		t.Error("the signature over the address with port 443 is refused")
	}
}

func TestForgeries(t *testing.T) {
	good := twilio.Sign("12345", documented, documentedForm())
	for name, signed := range map[string]func() bool{
		"no signature":  func() bool { return twilio.Signed("12345", documented, documentedForm(), "") },
		"another":       func() bool { return twilio.Signed("12345", documented, documentedForm(), "A"+good[1:]) },
		"another token": func() bool { return twilio.Signed("54321", documented, documentedForm(), good) },
		"no token": func() bool {
			return twilio.Signed("", documented, documentedForm(), twilio.Sign("", documented, documentedForm()))
		},
		"another query": func() bool { return twilio.Signed("12345", documented+"3", documentedForm(), good) },
		"another path": func() bool {
			return twilio.Signed("12345", "https://mycompany.com/x?foo=1&bar=2", documentedForm(), good)
		},
		"another host": func() bool {
			return twilio.Signed("12345", "https://mycompany.org/myapp.php?foo=1&bar=2", documentedForm(), good)
		},
		"plain for https": func() bool {
			return twilio.Signed("12345", "http://mycompany.com/myapp.php?foo=1&bar=2", documentedForm(), good)
		},
		"another value": func() bool {
			form := documentedForm()
			form.Set("Digits", "1235")
			return twilio.Signed("12345", documented, form, good)
		},
		"one parameter more": func() bool {
			form := documentedForm()
			form.Set("Z", "")
			form.Set("Y", "1")
			return twilio.Signed("12345", documented, form, good)
		},
	} {
		if signed() {
			t.Errorf("%s: taken for signed", name)
		}
	}
}
