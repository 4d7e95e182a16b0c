package twiliotest

import (
	"encoding/xml"
	"fmt"
	"strings"
)

// verb is one element of TwiML with what is nested in it.
type verb struct {
	XMLName xml.Name
	Attrs   []xml.Attr `xml:",any,attr"`
	Text    string     `xml:",chardata"`
	Verbs   []verb     `xml:",any"`
}

// attr is an attribute, or what stands for one that is not there.
func (v verb) attr(name, otherwise string) string {
	for _, a := range v.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return otherwise
}

// nested are the verbs that may stand in another one; any may stand in Response.
var nested = map[string][]string{
	"Response": {"Say", "Pause", "Gather", "Redirect", "Dial", "Hangup"}, "Gather": {"Say", "Pause"}, "Dial": {"Number"},
}

// parse reads TwiML as strictly as the provider does: anything else than verbs
// where they belong ends the call.
func parse(body []byte) ([]verb, error) {
	var root verb
	if err := xml.Unmarshal(body, &root); err != nil {
		return nil, fmt.Errorf("error 12100, document parse failure: %w in %s", err, body)
	}
	if root.XMLName.Local != "Response" {
		return nil, fmt.Errorf("error 12200: the document is a %s", root.XMLName.Local)
	}
	return root.Verbs, root.valid()
}

func (v verb) valid() error {
	name := v.XMLName.Local
	if len(v.Verbs) > 0 && strings.TrimSpace(v.Text) != "" {
		return fmt.Errorf("error 12200: %s holds both text and verbs", name)
	}
	for _, inner := range v.Verbs {
		allowed := false
		for _, other := range nested[name] {
			allowed = allowed || other == inner.XMLName.Local
		}
		if !allowed {
			return fmt.Errorf("error 12200: %s is not allowed within %s", inner.XMLName.Local, name)
		}
		if inner.XMLName.Local == "Say" && len(inner.Text) > 4096 {
			return fmt.Errorf("error 13520: the text of a Say is longer than 4,096 characters")
		}
		if err := inner.valid(); err != nil {
			return err
		}
	}
	return nil
}
