package email

import (
	"fmt"
	"net/url"
	"slices"

	"holdfast/plugins/sdk"
)

// login is who we are at the mail server: by password, or by an access token of
// OAuth 2.0 that is given, read from a file or fetched.
type login struct {
	User     string `json:"user"`
	Password string `json:"password"`
	Auth     string `json:"auth"` // auto, plain, login, cram-md5, xoauth2 or none

	Token     string `json:"token"`
	TokenFile string `json:"token_file"` // read anew at each login

	OAuthTokenURL     string `json:"oauth_token_url"`
	OAuthClientID     string `json:"oauth_client_id"`
	OAuthClientSecret string `json:"oauth_client_secret"`
	OAuthRefreshToken string `json:"oauth_refresh_token"` // "": the client's own credentials are used
	OAuthScope        string `json:"oauth_scope"`
}

// byToken reports whether a token stands for the password.
func (l *login) byToken() bool {
	return l.Token != "" || l.TokenFile != "" || l.OAuthTokenURL != ""
}

// wanted reports whether to log in at all.
func (l *login) wanted() bool { return l.User != "" && l.Auth != "none" }

func (l *login) check() []sdk.Problem {
	return slices.Concat(l.checkAuth(), l.checkUser(), l.checkOAuth())
}

func (l *login) checkAuth() []sdk.Problem {
	if slices.Contains([]string{"auto", "plain", "login", "cram-md5", "xoauth2", "none"}, l.Auth) {
		return nil
	}
	return []sdk.Problem{{
		Key: "auth", Text: fmt.Sprintf("%q is unknown", l.Auth), Cure: `one of "auto", "plain", "login", "cram-md5", "xoauth2", "none"`,
	}}
}

func (l *login) checkUser() (list []sdk.Problem) {
	named := l.Auth != "auto" && l.Auth != "none"
	switch {
	case l.User == "" && (l.Password != "" || l.byToken()):
		list = append(list, sdk.Problem{Key: "user", Text: "is missing beside the password or token", Cure: "name the user"})
	case l.User == "" && named:
		list = append(list, sdk.Problem{Key: "user", Text: "is missing", Cure: `name the user, or set auth = "none"`})
	case l.wanted() && l.Auth == "xoauth2" && !l.byToken():
		list = append(list, sdk.Problem{Key: "token_file", Text: "is missing", Cure: "name token_file, token or oauth_token_url"})
	case l.wanted() && l.Password == "" && !l.byToken():
		list = append(list, sdk.Problem{Key: "password", Text: "is missing beside the user", Cure: "name it as env:NAME or file:PATH"})
	case l.byToken() && l.Auth != "auto" && l.Auth != "xoauth2":
		list = append(list, sdk.Problem{Key: "auth", Text: fmt.Sprintf("%q takes no token", l.Auth), Cure: `set it to "xoauth2"`})
	}
	return list
}

func (l *login) checkOAuth() (list []sdk.Problem) {
	ways := 0
	for _, way := range []string{l.Password, l.Token, l.TokenFile, l.OAuthTokenURL} {
		if way != "" {
			ways++
		}
	}
	if ways > 1 {
		list = append(list, sdk.Problem{
			Key: "token", Text: "stands beside another way to log in", Cure: "keep one of password, token, token_file and oauth_token_url",
		})
	}
	if l.OAuthTokenURL == "" {
		if l.OAuthClientID+l.OAuthClientSecret+l.OAuthRefreshToken+l.OAuthScope != "" {
			list = append(list, sdk.Problem{Key: "oauth_token_url", Text: "is missing beside the other oauth settings", Cure: "name the provider's token endpoint"})
		}
		return list
	}
	u, err := url.Parse(l.OAuthTokenURL)
	if err != nil || u.Host == "" || u.Scheme != "https" && (u.Scheme != "http" || !loopback(u.Hostname())) {
		list = append(list, sdk.Problem{Key: "oauth_token_url", Text: fmt.Sprintf("%q is no https:// address", l.OAuthTokenURL), Cure: "name the provider's token endpoint"})
	}
	if l.OAuthClientID == "" {
		list = append(list, sdk.Problem{Key: "oauth_client_id", Text: "is missing", Cure: "name the id under which this program is registered"})
	}
	if l.OAuthRefreshToken == "" && l.OAuthClientSecret == "" {
		list = append(list, sdk.Problem{Key: "oauth_client_secret", Text: "is missing, and there is no oauth_refresh_token", Cure: "name it as env:NAME or file:PATH"})
	}
	return list
}
