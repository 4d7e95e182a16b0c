package twilio

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"holdfast/plugins/sdk"
	"holdfast/plugins/sdk/web"
)

const (
	// apiVersion is the part of every path that names the version of the API.
	apiVersion = "2010-04-01"
	// maxAnswer bounds an answer: a page of 1,000 messages is below 2 MiB.
	maxAnswer = 8 << 20
	// patience is how long one request may take in all.
	patience = 60 * time.Second
)

// Client speaks to one account. Its methods may be called at once from several
// goroutines. Their errors are *Error.
type Client struct {
	account Account
	http    *http.Client
}

// New returns a client that reaches the API as the channel's setup says.
func New(a Account, s sdk.Setup) (*Client, *sdk.Problem) {
	transport, problem := web.Transport(s)
	if problem != nil {
		return nil, problem
	}
	return &Client{account: a, http: &http.Client{
		Transport: transport,
		Timeout:   patience,
		// A redirected POST would be a second request: it is an answer like any other.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}, nil
}

// Post sends a form to a resource of the account, such as "Messages.json", and
// reads the JSON that it answers into a pointer; nil reads none.
func (c *Client) Post(ctx context.Context, resource string, form url.Values, into any) error {
	request, err := http.NewRequest(http.MethodPost, c.address(resource), strings.NewReader(form.Encode()))
	if err != nil {
		return &Error{cause: err}
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return c.do(ctx, request, into)
}

// Get reads a resource of the account, such as "Messages/SM….json", into a
// pointer. query may be nil.
func (c *Client) Get(ctx context.Context, resource string, query url.Values, into any) error {
	address := c.address(resource)
	if len(query) > 0 {
		address += "?" + query.Encode()
	}
	return c.get(ctx, address, into)
}

func (c *Client) get(ctx context.Context, address string, into any) error {
	request, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		return &Error{cause: err}
	}
	return c.do(ctx, request, into)
}

// Well asks for the account itself: nil if login and network are right.
func (c *Client) Well(ctx context.Context) error {
	return c.get(ctx, c.account.base()+"/"+apiVersion+"/Accounts/"+c.account.SID+".json", nil)
}

func (c *Client) address(resource string) string {
	return c.account.base() + "/" + apiVersion + "/Accounts/" + c.account.SID + "/" + resource
}

func (c *Client) do(ctx context.Context, request *http.Request, into any) error {
	var written atomic.Bool
	request = request.WithContext(httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		WroteHeaders: func() { written.Store(true) },
		WroteRequest: func(httptrace.WroteRequestInfo) { written.Store(true) },
	}))
	request.SetBasicAuth(c.account.login())
	request.Header.Set("Accept", "application/json")
	answer, err := c.http.Do(request)
	if err != nil {
		return &Error{Left: written.Load(), cause: err}
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(io.LimitReader(answer.Body, maxAnswer+1))
	switch {
	case answer.StatusCode < 200 || answer.StatusCode > 299:
		return errorOf(answer, body)
	case err != nil:
		return &Error{Left: true, cause: fmt.Errorf("the answer broke off: %w", err)}
	case len(body) > maxAnswer:
		return &Error{Left: true, cause: fmt.Errorf("the answer is larger than %d bytes", maxAnswer)}
	case into == nil:
		return nil
	}
	if err := json.NewDecoder(bytes.NewReader(body)).Decode(into); err != nil {
		return &Error{Left: true, cause: fmt.Errorf("the answer is no JSON as documented: %w", err)}
	}
	return nil
}
