package voice

import (
	_ "embed"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"holdfast/plugins/sdk"
	"holdfast/plugins/sdk/twilio"
)

//go:embed schema.json
var schema []byte

// Settings are the settings of this channel.
type Settings struct {
	AccountSID  string            `json:"account_sid"`
	AuthToken   string            `json:"auth_token"`
	APIKey      string            `json:"api_key"`
	APISecret   string            `json:"api_secret"`
	BaseURL     string            `json:"base_url"`
	From        string            `json:"from"`         // E.164
	SMSFrom     string            `json:"sms_from"`     // E.164 or the SID of a messaging service; empty: From
	Listen      string            `json:"listen"`       // host:port
	PublicURL   string            `json:"public_url"`   // by which the provider reaches Listen
	Voices      map[string]string `json:"voices"`       // "en-GB Polly.Amy" by language
	Machine     string            `json:"machine"`      // hangup or leave
	RingSeconds int               `json:"ring_seconds"` // 5 to 120
	MaxMinutes  int               `json:"max_minutes"`  // 1 to 60

	voices map[string]speaker
}

// leave says that the answering machine gets a message.
const leave = "leave"

var (
	number     = regexp.MustCompile(`^\+[1-9][0-9]{6,14}$`)
	serviceSID = regexp.MustCompile(`^MG[0-9a-fA-F]{32}$`)
)

// settingsOf reads the settings over their defaults and checks them.
func settingsOf(s sdk.Setup) (Settings, []sdk.Problem) {
	set := Settings{Listen: "127.0.0.1:8086", Machine: "hangup", RingSeconds: 30, MaxMinutes: 15}
	if problems := sdk.Decode(s.Settings, &set); len(problems) > 0 {
		return set, problems
	}
	if set.SMSFrom == "" {
		set.SMSFrom = set.From
	}
	var voices []sdk.Problem
	set.voices, voices = speakers(set.Voices)
	return set, slices.Concat(set.account().Problems(true), twilio.ListenProblems(set.Listen, set.PublicURL), set.checkNumbers(), set.checkCall(), voices)
}

func (s *Settings) account() twilio.Account {
	return twilio.Account{BaseURL: s.BaseURL, SID: s.AccountSID, AuthToken: s.AuthToken, APIKey: s.APIKey, APISecret: s.APISecret}
}

func (s *Settings) checkNumbers() (list []sdk.Problem) {
	if !number.MatchString(s.From) {
		list = append(list, sdk.Problem{Key: "from", Text: fmt.Sprintf("%q is no whole telephone number", s.From), Cure: "write it as +12075550100"})
	}
	if !number.MatchString(s.SMSFrom) && !serviceSID.MatchString(s.SMSFrom) && s.SMSFrom != s.From {
		list = append(list, sdk.Problem{
			Key: "sms_from", Text: fmt.Sprintf("%q is neither a whole telephone number nor a messaging service", s.SMSFrom),
			Cure: "write it as +12075550100, or as MG and 32 hexadecimal digits, or remove it",
		})
	}
	return list
}

func (s *Settings) checkCall() (list []sdk.Problem) {
	if !slices.Contains([]string{"hangup", leave}, s.Machine) {
		list = append(list, sdk.Problem{Key: "machine", Text: fmt.Sprintf("%q is unknown", s.Machine), Cure: `"hangup" or "leave"`})
	}
	if s.RingSeconds < 5 || s.RingSeconds > 120 {
		list = append(list, sdk.Problem{Key: "ring_seconds", Text: fmt.Sprintf("is %d", s.RingSeconds), Cure: "from 5 to 120"})
	}
	if s.MaxMinutes < 1 || s.MaxMinutes > 60 {
		list = append(list, sdk.Problem{Key: "max_minutes", Text: fmt.Sprintf("is %d", s.MaxMinutes), Cure: "from 1 to 60"})
	}
	return list
}

// longest is how long a call can take from its being placed to its end.
func (s *Settings) longest() time.Duration {
	return time.Duration(s.RingSeconds)*time.Second + time.Duration(s.MaxMinutes)*time.Minute
}

// speaker is how the provider's speech is told what to sound like.
type speaker struct{ language, voice string }

// ships are the languages that are spoken without a setting. The names are those
// of www.twilio.com/docs/voice/twiml/say; each language's own voice is taken.
var ships = map[string]speaker{
	"en": {language: "en-US"}, "en-us": {language: "en-US"}, "en-gb": {language: "en-GB"},
	"de": {language: "de-DE"}, "fr": {language: "fr-FR"}, "es": {language: "es-ES"},
}

var locale = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]{2,8})+$`)

// speakers reads the setting voices over those that ship.
func speakers(set map[string]string) (map[string]speaker, []sdk.Problem) {
	all := map[string]speaker{}
	for language, s := range ships {
		all[language] = s
	}
	var list []sdk.Problem
	for language, text := range set {
		words := strings.Fields(text)
		if len(words) < 1 || len(words) > 2 || !locale.MatchString(words[0]) || language == "" {
			list = append(list, sdk.Problem{
				Key: "voices", Text: fmt.Sprintf("%q for the language %q is no language of the provider with a voice", text, language),
				Cure: `write it as en = "en-GB Polly.Amy", or without the voice`,
			})
			continue
		}
		all[strings.ToLower(language)] = speaker{language: words[0], voice: strings.Join(words[1:], "")}
	}
	return all, list
}

// speaker finds how a language is spoken: itself, else without its region.
func (s *Settings) speaker(language string) (speaker, bool) {
	language = strings.ToLower(language)
	found, ok := s.voices[language]
	if !ok {
		short, _, _ := strings.Cut(language, "-")
		found, ok = s.voices[short]
	}
	return found, ok
}
