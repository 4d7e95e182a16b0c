package twilio

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
)

// pageSize is how many rows are asked for at once, the API's most: without webhooks
// the texts of some days are listed again and again.
const pageSize = 1000

// ErrEnough ends List without an error.
var ErrEnough = errors.New("enough was read")

// List passes each row of a list, such as the "messages" of "Messages.json", as
// its JSON, the newest first as the API lists them, over all pages. It stops
// with pass's error; ErrEnough is none.
func (c *Client) List(ctx context.Context, resource, rows string, query url.Values, pass func(json.RawMessage) error) error {
	first := url.Values{"PageSize": {strconv.Itoa(pageSize)}}
	for key, values := range query {
		first[key] = values
	}
	for next := c.address(resource) + "?" + first.Encode(); next != ""; {
		var page map[string]json.RawMessage
		if err := c.get(ctx, next, &page); err != nil {
			return err
		}
		if err := eachRow(page[rows], pass); err != nil {
			if errors.Is(err, ErrEnough) {
				return nil
			}
			return err
		}
		var err error
		if next, err = c.following(page["next_page_uri"]); err != nil {
			return err
		}
	}
	return nil
}

func eachRow(list json.RawMessage, pass func(json.RawMessage) error) error {
	var all []json.RawMessage
	if err := json.Unmarshal(list, &all); err != nil {
		return &Error{Left: true, cause: fmt.Errorf("the list is not as documented: %w", err)}
	}
	for _, row := range all {
		if err := pass(row); err != nil {
			return err
		}
	}
	return nil
}

// following is the address of the next page, empty after the last. It is
// relative to the API: one that leads elsewhere would carry the login away.
func (c *Client) following(raw json.RawMessage) (string, error) {
	var uri *string
	if err := json.Unmarshal(raw, &uri); err != nil || uri == nil || *uri == "" {
		return "", nil
	}
	if !strings.HasPrefix(*uri, "/") || strings.HasPrefix(*uri, "//") {
		return "", &Error{Left: true, cause: fmt.Errorf("the next page %q is not below base_url", *uri)}
	}
	return c.account.base() + *uri, nil
}
