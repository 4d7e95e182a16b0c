package sms

import (
	_ "embed"
	"fmt"
	"regexp"
	"slices"
	"time"

	"github.com/nyaruka/phonenumbers"

	"holdfast/plugins/sdk"
	"holdfast/plugins/sdk/twilio"
)

//go:embed schema.json
var schema []byte

// Settings are the settings of this channel.
type Settings struct {
	AccountSID string `json:"account_sid"`
	AuthToken  string `json:"auth_token"`
	APIKey     string `json:"api_key"`
	APISecret  string `json:"api_secret"`
	BaseURL    string `json:"base_url"` // "" is Twilio

	From        string `json:"from"`         // a number, a name, or a messaging service
	Region      string `json:"region"`       // of numbers without +; "": there are none
	MaxSegments int    `json:"max_segments"` // a longer text is refused
	Price       string `json:"price_per_segment"`
	Validity    string `json:"validity"` // how long the provider may try; "" is its own

	Listen    string `json:"listen"`
	PublicURL string `json:"public_url"` // "": no webhooks, it polls
	PollEvery string `json:"poll_every"` // "": 30s, with webhooks 1h
	OptOut    string `json:"opt_out"`    // who answers STOP and HELP: provider or ours
	HelpText  string `json:"help_text"`
	StopText  string `json:"stop_text"`

	price     price
	validity  time.Duration
	pollEvery time.Duration
}

// Bounds of the settings of time; ValidityPeriod of the Messages resource is from
// 1 to 36,000 seconds.
const (
	longestValidity = 10 * time.Hour
	shortestPoll    = 10 * time.Second
	longestPoll     = 24 * time.Hour
)

// The forms of a sender: E.164, a short code, a name as Twilio takes them, a
// messaging service.
var (
	senderNumber  = regexp.MustCompile(`^\+[1-9][0-9]{6,14}$`)
	senderCode    = regexp.MustCompile(`^[0-9]{3,8}$`)
	senderName    = regexp.MustCompile(`^[A-Za-z0-9 +\-_&]{0,10}[A-Za-z][A-Za-z0-9 +\-_&]{0,10}$`)
	senderService = regexp.MustCompile(`^MG[0-9a-fA-F]{32}$`)
)

const longestName = 11

// settingsOf reads the settings over their defaults and checks them.
func settingsOf(raw []byte) (Settings, []sdk.Problem) {
	set := Settings{MaxSegments: 3, Listen: "127.0.0.1:8085", OptOut: byProvider}
	if problems := sdk.Decode(raw, &set); len(problems) > 0 {
		return set, problems
	}
	problems := set.account().Problems(set.PublicURL != "")
	if set.PublicURL != "" {
		problems = append(problems, twilio.ListenProblems(set.Listen, set.PublicURL)...)
	}
	return set, slices.Concat(problems, set.checkSender(), set.checkTimes(), set.checkAnswers())
}

func (s *Settings) account() twilio.Account {
	return twilio.Account{BaseURL: s.BaseURL, SID: s.AccountSID, AuthToken: s.AuthToken, APIKey: s.APIKey, APISecret: s.APISecret}
}

func (s *Settings) checkSender() (list []sdk.Problem) {
	name := senderName.MatchString(s.From) && len(s.From) <= longestName
	if !name && !senderNumber.MatchString(s.From) && !senderCode.MatchString(s.From) && !senderService.MatchString(s.From) {
		list = append(list, sdk.Problem{Key: "from", Text: fmt.Sprintf("%q is no sender", s.From),
			Cure: "write a number such as +15005550006, a short code, a name of at most 11 letters and digits, or the SID of a messaging service, MG and 32 digits"})
	}
	if s.Region != "" && !phonenumbers.GetSupportedRegions()[s.Region] {
		list = append(list, sdk.Problem{Key: "region", Text: fmt.Sprintf("%q is no country", s.Region), Cure: `write its two capital letters, such as "US"`})
	}
	if s.MaxSegments < 1 || s.MaxSegments > 10 {
		list = append(list, sdk.Problem{Key: "max_segments", Text: fmt.Sprintf("is %d", s.MaxSegments), Cure: "from 1 to 10"})
	}
	var err error
	if s.price, err = priceOf(s.Price); err != nil {
		list = append(list, sdk.Problem{Key: "price_per_segment", Text: err.Error(), Cure: `write it as "0.0079 USD"`})
	}
	return list
}

func (s *Settings) checkTimes() (list []sdk.Problem) {
	var err error
	if s.Validity != "" {
		s.validity, err = time.ParseDuration(s.Validity)
		if err != nil || s.validity < time.Second || s.validity > longestValidity {
			list = append(list, sdk.Problem{Key: "validity", Text: fmt.Sprintf("%q is no time from 1s to 10h", s.Validity), Cure: `write it as "4h"`})
		}
	}
	s.pollEvery = 30 * time.Second
	if s.PublicURL != "" {
		s.pollEvery = time.Hour
	}
	if s.PollEvery != "" {
		s.pollEvery, err = time.ParseDuration(s.PollEvery)
		if err != nil || s.pollEvery < shortestPoll || s.pollEvery > longestPoll {
			list = append(list, sdk.Problem{Key: "poll_every", Text: fmt.Sprintf("%q is no time from 10s to 24h", s.PollEvery), Cure: `write it as "30s"`})
		}
	}
	return list
}

// Who answers STOP and HELP.
const (
	byProvider = "provider"
	byUs       = "ours"
)

func (s *Settings) checkAnswers() (list []sdk.Problem) {
	if s.OptOut != byProvider && s.OptOut != byUs {
		return []sdk.Problem{{Key: "opt_out", Text: fmt.Sprintf("%q is unknown", s.OptOut), Cure: `"provider" or "ours"`}}
	}
	for key, text := range map[string]string{"help_text": s.HelpText, "stop_text": s.StopText} {
		switch n := CountOf(text); {
		case s.OptOut == byUs && text == "":
			list = append(list, sdk.Problem{Key: key, Text: `is missing, with opt_out = "ours"`, Cure: "write who you are, how to reach you and how to stop"})
		case n.Segments > s.MaxSegments:
			list = append(list, sdk.Problem{Key: key, Text: fmt.Sprintf("takes %s, more than max_segments", n), Cure: "write less"})
		}
	}
	return list
}

// service reports whether the sender is a messaging service.
func (s *Settings) service() bool { return senderService.MatchString(s.From) }
