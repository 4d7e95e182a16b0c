// Package twilio speaks Twilio's REST API of version 2010-04-01, which other
// gateways speak too, and takes its signed webhooks. What is said here of Twilio
// stands in its documentation: www.twilio.com/docs/usage/api,
// www.twilio.com/docs/usage/security and www.twilio.com/docs/api/errors.
package twilio

import (
	"net"
	"net/url"
	"regexp"
	"strings"

	"holdfast/plugins/sdk"
)

// DefaultBaseURL is Twilio's own API.
const DefaultBaseURL = "https://api.twilio.com"

// Account is whose API is spoken to. An API key with its secret may stand in
// place of the auth token; webhooks are signed with the token all the same.
type Account struct {
	BaseURL   string // empty: DefaultBaseURL
	SID       string // AC and 32 hexadecimal digits
	AuthToken string
	APIKey    string
	APISecret string
}

var accountSID = regexp.MustCompile(`^AC[0-9a-fA-F]{32}$`)

// Problems says what is wrong with an account, by the keys account_sid,
// auth_token, api_key, api_secret and base_url. signed: webhooks are to be
// taken, which needs the token.
func (a Account) Problems(signed bool) (list []sdk.Problem) {
	if !accountSID.MatchString(a.SID) {
		list = append(list, sdk.Problem{Key: "account_sid", Text: "is no account SID", Cure: "copy it from the provider's console: AC and 32 hexadecimal digits"})
	}
	switch {
	case a.APIKey != "" && a.APISecret == "":
		list = append(list, sdk.Problem{Key: "api_secret", Text: "is missing beside api_key", Cure: "name it as env:NAME or file:PATH"})
	case a.APIKey == "" && a.APISecret != "":
		list = append(list, sdk.Problem{Key: "api_key", Text: "is missing beside api_secret", Cure: "name the key, SK and 32 hexadecimal digits"})
	case a.APIKey == "" && a.AuthToken == "":
		list = append(list, sdk.Problem{Key: "auth_token", Text: "is missing", Cure: "name it as env:NAME or file:PATH, or set api_key and api_secret"})
	case signed && a.AuthToken == "":
		list = append(list, sdk.Problem{Key: "auth_token", Text: "is missing, and webhooks are signed with it even where an API key is used",
			Cure: "name it as env:NAME or file:PATH, or remove public_url"})
	}
	if text := badAddress(a.base()); text != "" {
		list = append(list, sdk.Problem{Key: "base_url", Text: text, Cure: "write it as " + DefaultBaseURL})
	}
	return list
}

func (a Account) base() string {
	if a.BaseURL == "" {
		return DefaultBaseURL
	}
	return strings.TrimRight(a.BaseURL, "/")
}

// login is what HTTP's basic authentication is given.
func (a Account) login() (user, password string) {
	if a.APIKey != "" {
		return a.APIKey, a.APISecret
	}
	return a.SID, a.AuthToken
}

// badAddress says why an address is none that secrets may be sent to: it must be
// https, but on this machine.
func badAddress(address string) string {
	u, err := url.Parse(address)
	switch {
	case err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "":
		return "is no plain address of the web"
	case u.Scheme == "https" || u.Scheme == "http" && loopback(u.Hostname()):
		return ""
	case u.Scheme == "http":
		return "would send secrets unencrypted to another machine"
	}
	return "is no address of the web"
}

// loopback reports whether a host is this machine, by its name alone.
func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
