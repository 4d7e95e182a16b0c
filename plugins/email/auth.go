package email

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/wneessen/go-mail/smtp"
)

// authenticate logs in by the way that the settings name, or by the best that
// the server offers.
func (p *pool) authenticate(ctx context.Context, c *conn) error {
	_, offered := c.Extension("AUTH")
	way, err := p.settings.way(strings.Fields(strings.ToUpper(offered)))
	if err != nil {
		return err
	}
	auth, err := p.auth(ctx, way)
	if err != nil {
		return err
	}
	c.wait(ctx, p.patience(phaseLogin))
	err = c.Auth(auth)
	if err != nil && way == "XOAUTH2" {
		p.tokens.forget()
	}
	return err
}

// way chooses how to log in. What shows no password to the server comes first,
// and where the line is open, what shows it to anybody comes last.
func (s *Settings) way(offered []string) (string, error) {
	if s.Auth != "auto" {
		return strings.ToUpper(s.Auth), nil
	}
	known := []string{"SCRAM-SHA-256", "SCRAM-SHA-1", "PLAIN", "LOGIN", "CRAM-MD5"}
	switch {
	case s.byToken():
		known = []string{"XOAUTH2"}
	case s.TLS == "none":
		known = []string{"SCRAM-SHA-256", "SCRAM-SHA-1", "CRAM-MD5", "PLAIN", "LOGIN"}
	}
	for _, way := range known {
		if slices.Contains(offered, way) {
			return way, nil
		}
	}
	return "", fmt.Errorf("%w: the server offers AUTH %s, none of %s", errLogin, strings.Join(offered, " "), strings.Join(known, " "))
}

// auth returns the client's side of a way. Without TLS the site has accepted
// that the password is seen.
func (p *pool) auth(ctx context.Context, way string) (smtp.Auth, error) {
	s := p.settings
	open := s.TLS == "none"
	switch way {
	case "XOAUTH2":
		token, err := p.tokens.get(ctx)
		return smtp.XOAuth2Auth(s.User, token), err
	case "SCRAM-SHA-256":
		return smtp.ScramSHA256Auth(s.User, s.Password), nil
	case "SCRAM-SHA-1":
		return smtp.ScramSHA1Auth(s.User, s.Password), nil
	case "CRAM-MD5":
		return smtp.CRAMMD5Auth(s.User, s.Password), nil
	case "LOGIN":
		return smtp.LoginAuth(s.User, s.Password, s.Host, open), nil
	}
	return smtp.PlainAuth("", s.User, s.Password, s.Host, open), nil
}
