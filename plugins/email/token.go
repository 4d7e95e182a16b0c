package email

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"

	"holdfast/plugins/sdk/record"
)

// errLogin is in every error of logging in that a person must mend.
var errLogin = errors.New("log in")

// tokenTimeout bounds the answer of the provider's token endpoint.
const tokenTimeout = 30 * time.Second

// tokens hands out access tokens, to all connections that log in by them.
type tokens struct {
	login  login
	client *http.Client
	record *record.Record // keeps a refresh token that the provider has changed

	mu   sync.Mutex
	held *oauth2.Token // nil: none
}

// get returns a token that is good now. Errors are errLogin where a person must
// mend something; else the provider could not be reached.
func (t *tokens) get(ctx context.Context) (string, error) {
	switch {
	case t.login.Token != "":
		return t.login.Token, nil
	case t.login.TokenFile != "":
		return t.read()
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.held.Valid() {
		return t.held.AccessToken, nil
	}
	ctx, cancel := context.WithTimeout(context.WithValue(ctx, oauth2.HTTPClient, t.client), tokenTimeout)
	defer cancel()
	held, err := t.fetch(ctx)
	if err != nil {
		return "", err
	}
	t.held = held
	return held.AccessToken, nil
}

// forget drops a fetched token that the mail server did not take.
func (t *tokens) forget() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.held = nil
}

// read returns what another program has written last.
func (t *tokens) read() (string, error) {
	text, err := os.ReadFile(t.login.TokenFile)
	if err != nil {
		return "", fmt.Errorf("%w: token_file: %w", errLogin, err)
	}
	token := strings.TrimSpace(string(text))
	if token == "" || strings.ContainsAny(token, " \t\r\n\x01") {
		return "", fmt.Errorf("%w: token_file %s does not hold one access token", errLogin, t.login.TokenFile)
	}
	return token, nil
}

// fetch asks the provider, by refresh token or by the client's own credentials.
func (t *tokens) fetch(ctx context.Context) (*oauth2.Token, error) {
	l := t.login
	if l.OAuthRefreshToken == "" {
		own := clientcredentials.Config{ClientID: l.OAuthClientID, ClientSecret: l.OAuthClientSecret, TokenURL: l.OAuthTokenURL, Scopes: strings.Fields(l.OAuthScope)}
		token, err := own.Token(ctx)
		return token, tokenError(err)
	}
	refresh, err := t.refreshToken(ctx)
	if err != nil {
		return nil, err
	}
	conf := oauth2.Config{ClientID: l.OAuthClientID, ClientSecret: l.OAuthClientSecret, Endpoint: oauth2.Endpoint{TokenURL: l.OAuthTokenURL}}
	token, err := conf.TokenSource(ctx, &oauth2.Token{RefreshToken: refresh}).Token()
	if err != nil {
		return nil, tokenError(err)
	}
	if token.RefreshToken != "" && token.RefreshToken != refresh {
		if err := t.record.SetMark(ctx, t.mark(), token.RefreshToken); err != nil {
			return nil, fmt.Errorf("keep the new refresh token: %w", err)
		}
	}
	return token, nil
}

// refreshToken returns the one that the provider gave last for the configured
// one, or the configured one.
func (t *tokens) refreshToken(ctx context.Context) (string, error) {
	kept, err := t.record.Mark(ctx, t.mark())
	if err != nil {
		return "", fmt.Errorf("read the kept refresh token: %w", err)
	}
	if kept == "" {
		return t.login.OAuthRefreshToken, nil
	}
	return kept, nil
}

// mark names the kept refresh token; another one in the config begins anew.
func (t *tokens) mark() string {
	sum := sha256.Sum256([]byte(t.login.OAuthRefreshToken))
	return "oauth refresh token " + hex.EncodeToString(sum[:8])
}

// tokenError tells a provider's no from a provider that is away. It names the
// code and the description of RFC 6749, section 5.2, and not the whole answer.
func tokenError(err error) error {
	var no *oauth2.RetrieveError
	switch {
	case err == nil:
		return nil
	case !errors.As(err, &no):
		return fmt.Errorf("fetch an access token: %w", err)
	case no.Response != nil && no.Response.StatusCode >= 500:
		return fmt.Errorf("fetch an access token: the provider answers %s", no.Response.Status)
	case no.Response != nil && no.Response.StatusCode == http.StatusTooManyRequests:
		return fmt.Errorf("fetch an access token: the provider answers %s", no.Response.Status)
	}
	return fmt.Errorf("%w: the provider gives no access token: %s %s", errLogin, no.ErrorCode, oneLine(no.ErrorDescription))
}
