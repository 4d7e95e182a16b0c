package chat

import (
	_ "embed"
	"net/netip"
	"net/url"

	"holdfast/plugins/sdk"
)

//go:embed schema.json
var schema []byte

// Kinds of receivers.
const (
	kindTeams   = "teams"
	kindSlack   = "slack"
	kindWebhook = "webhook"
)

// accepted is the word by which a site takes a risk.
const accepted = "i-accept"

// leastSecret is how many characters a secret needs.
const leastSecret = 16

// Settings are the settings of this channel.
type Settings struct {
	Kind           string `json:"kind"` // teams, slack or webhook
	URL            string `json:"url"`
	Secret         string `json:"secret"`          // signs, where Kind is webhook
	AllowPrivate   string `json:"allow_private"`   // i-accept: the address may be private
	AllowPlaintext string `json:"allow_plaintext"` // i-accept: the address may be http
}

func settingsOf(s sdk.Setup) (Settings, []sdk.Problem) {
	var set Settings
	problems := sdk.Decode(s.Settings, &set)
	if len(problems) > 0 {
		return set, problems
	}
	say := func(wrong bool, key, text, cure string) {
		if wrong {
			problems = append(problems, sdk.Problem{Key: key, Text: text, Cure: cure})
		}
	}
	say(formatOf(set.Kind) == nil, "kind", "is none that is known", "write teams, slack or webhook")
	say(set.Kind == kindWebhook && len(set.Secret) < leastSecret, "secret", "is missing or too short", "write at least 16 random characters, which the receiver knows too")
	say(set.AllowPrivate != "" && set.AllowPrivate != accepted, "allow_private", "is another word", "write i-accept or leave it out")
	say(set.AllowPlaintext != "" && set.AllowPlaintext != accepted, "allow_plaintext", "is another word", "write i-accept or leave it out")
	text, cure := set.wrongURL()
	say(text != "", "url", text, cure)
	return set, problems
}

// wrongURL says what is wrong with the address without repeating it: it is a
// secret.
func (s Settings) wrongURL() (text, cure string) {
	u, err := url.Parse(s.URL)
	if err != nil || u.Hostname() == "" || u.Scheme != "https" && u.Scheme != "http" {
		return "is no address of the web", "write it as https://host/path, as the receiver shows it"
	}
	if u.Scheme == "http" && s.AllowPlaintext != accepted {
		return "is not encrypted", `write https, or allow_plaintext = "i-accept"`
	}
	if ip, err := netip.ParseAddr(u.Hostname()); err == nil {
		if why := refused(ip, s.AllowPrivate == accepted); why != "" {
			return "leads to " + why, `write a public address, or allow_private = "i-accept"`
		}
	}
	return "", ""
}
