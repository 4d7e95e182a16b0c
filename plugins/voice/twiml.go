package voice

import "encoding/xml"

// response is a document of TwiML, www.twilio.com/docs/voice/twiml: what a call
// does next, one verb after the other. Texts are escaped when it is written, so
// that a name never becomes a verb.
type response struct {
	XMLName xml.Name `xml:"Response"`
	Verbs   []any
}

type say struct {
	XMLName  xml.Name `xml:"Say"`
	Language string   `xml:"language,attr,omitempty"`
	Voice    string   `xml:"voice,attr,omitempty"`
	Text     string   `xml:",chardata"`
}

// gather says something and collects keys meanwhile. Where none is pressed the
// call goes on behind it.
type gather struct {
	XMLName     xml.Name `xml:"Gather"`
	Input       string   `xml:"input,attr"`
	Digits      int      `xml:"numDigits,attr"`
	Timeout     int      `xml:"timeout,attr"`     // seconds until a key, and between keys
	FinishOnKey string   `xml:"finishOnKey,attr"` // empty: # is a key like any other
	Action      string   `xml:"action,attr"`
	Method      string   `xml:"method,attr"`
	Says        []any
}

type redirect struct {
	XMLName xml.Name `xml:"Redirect"`
	Method  string   `xml:"method,attr"`
	URL     string   `xml:",chardata"`
}

type dial struct {
	XMLName  xml.Name `xml:"Dial"`
	Action   string   `xml:"action,attr"`
	Method   string   `xml:"method,attr"`
	CallerID string   `xml:"callerId,attr"`
	Timeout  int      `xml:"timeout,attr"` // seconds of ringing
	Number   dialled
}

// dialled tells by its own webhook that it was answered: whoever was called may
// hang up before the dial ends.
type dialled struct {
	XMLName  xml.Name `xml:"Number"`
	Callback string   `xml:"statusCallback,attr"`
	Events   string   `xml:"statusCallbackEvent,attr"`
	Method   string   `xml:"statusCallbackMethod,attr"`
	Number   string   `xml:",chardata"`
}

type pause struct {
	XMLName xml.Name `xml:"Pause"`
	Length  int      `xml:"length,attr"` // seconds
}

type hangup struct {
	XMLName xml.Name `xml:"Hangup"`
}

// document writes verbs as TwiML.
func document(verbs ...any) ([]byte, error) {
	body, err := xml.Marshal(response{Verbs: verbs})
	if err != nil {
		return nil, err
	}
	return append([]byte(xml.Header), body...), nil
}
