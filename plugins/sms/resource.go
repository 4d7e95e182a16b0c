package sms

import (
	"net/mail"
	"strings"
	"time"
)

// resource is a Message as the API shows it.
type resource struct {
	SID       string `json:"sid"`
	From      string `json:"from"` // empty while a messaging service has not chosen one
	To        string `json:"to"`
	Service   string `json:"messaging_service_sid"`
	Body      string `json:"body"`
	Status    string `json:"status"`
	Direction string `json:"direction"`
	Code      int    `json:"error_code"`
	Created   string `json:"date_created"` // RFC 2822, as the others
	Updated   string `json:"date_updated"`
	Sent      string `json:"date_sent"`
}

// inbound reports whether somebody sent it to us.
func (m *resource) inbound() bool { return strings.HasPrefix(m.Direction, "inbound") }

// at reads a date of RFC 2822, the zero time where there is none.
func at(date string) time.Time {
	t, err := mail.ParseDate(date)
	if err != nil {
		return time.Time{}
	}
	return t
}
