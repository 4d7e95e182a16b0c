package email

import (
	"fmt"
	"net"
	"slices"
	"strings"
	"time"

	"holdfast/plugins/sdk"
)

// mailbox is where bounces and answers come to, read by IMAP. Without
// IMAPHost nothing is read.
type mailbox struct {
	IMAPHost      string `json:"imap_host"`
	IMAPPort      int    `json:"imap_port"` // 0: 993 or 143, as IMAPTLS wants it
	IMAPTLS       string `json:"imap_tls"`  // implicit, starttls or none
	IMAPUser      string `json:"imap_user"` // "": the user of SMTP
	IMAPPassword  string `json:"imap_password"`
	IMAPMailbox   string `json:"imap_mailbox"`
	IMAPAfter     string `json:"imap_after"`     // leave, seen or move:FOLDER
	IMAPEvery     string `json:"imap_every"`     // a Go duration
	IMAPSince     string `json:"imap_since"`     // a day, 2026-12-31; "": from now on
	IMAPUnmatched string `json:"imap_unmatched"` // address or ignore

	every time.Duration
	since time.Time // zero: from now on
}

// defaultMailbox are the settings of a mailbox before the site's.
func defaultMailbox() mailbox {
	return mailbox{IMAPTLS: "implicit", IMAPMailbox: "INBOX", IMAPAfter: "leave", IMAPEvery: "30s", IMAPUnmatched: "address"}
}

// folder is where mail is moved to, empty where it is not moved.
func (b *mailbox) folder() string {
	name, _ := strings.CutPrefix(b.IMAPAfter, "move:")
	if name == b.IMAPAfter {
		return ""
	}
	return name
}

// address is the server's host and port.
func (b *mailbox) address() string {
	port := b.IMAPPort
	if port == 0 {
		port = map[string]int{"implicit": 993}[b.IMAPTLS]
	}
	if port == 0 {
		port = 143
	}
	return net.JoinHostPort(b.IMAPHost, fmt.Sprint(port))
}

// checkMailbox checks what is read by IMAP; nothing where nothing is read.
func (s *Settings) checkMailbox() (list []sdk.Problem) {
	if s.IMAPHost == "" {
		return nil
	}
	return slices.Concat(s.checkIMAPServer(), s.checkIMAPLogin(), s.mailbox.checkReading())
}

func (s *Settings) checkIMAPServer() (list []sdk.Problem) {
	if strings.ContainsAny(s.IMAPHost, " \t\r\n:/") && net.ParseIP(s.IMAPHost) == nil {
		list = append(list, sdk.Problem{Key: "imap_host", Text: fmt.Sprintf("%q is no host", s.IMAPHost), Cure: "name the mail server"})
	}
	if s.IMAPPort < 0 || s.IMAPPort > 65535 {
		list = append(list, sdk.Problem{Key: "imap_port", Text: fmt.Sprintf("%d is no port", s.IMAPPort), Cure: "993 for implicit, 143 for starttls"})
	}
	if !slices.Contains([]string{"implicit", "starttls", "none"}, s.IMAPTLS) {
		list = append(list, sdk.Problem{Key: "imap_tls", Text: fmt.Sprintf("%q is unknown", s.IMAPTLS), Cure: `one of "implicit", "starttls", "none"`})
	}
	if s.IMAPTLS == "none" && !loopback(s.IMAPHost) && s.AllowPlaintext != "i-accept" {
		list = append(list, sdk.Problem{
			Key: "imap_tls", Text: "the password and all mail would cross the network unencrypted",
			Cure: `use "implicit" or "starttls", or set allow_plaintext = "i-accept"`,
		})
	}
	return list
}

func (s *Settings) checkIMAPLogin() (list []sdk.Problem) {
	if s.imapUser() == "" {
		list = append(list, sdk.Problem{Key: "imap_user", Text: "is missing, and there is no user", Cure: "name the user of the mailbox"})
	}
	if s.imapPassword() == "" && !s.byToken() {
		list = append(list, sdk.Problem{Key: "imap_password", Text: "is missing, and there is neither password nor token", Cure: "name it as env:NAME or file:PATH"})
	}
	return list
}

func (b *mailbox) checkReading() (list []sdk.Problem) {
	var err error
	if b.every, err = time.ParseDuration(b.IMAPEvery); err != nil || b.every < time.Second || b.every > time.Hour {
		list = append(list, sdk.Problem{Key: "imap_every", Text: fmt.Sprintf("%q is no time from 1s to 1h", b.IMAPEvery), Cure: `write it as "30s"`})
	}
	if b.since, err = time.Parse(time.DateOnly, b.IMAPSince); b.IMAPSince != "" && err != nil {
		list = append(list, sdk.Problem{Key: "imap_since", Text: fmt.Sprintf("%q is no day", b.IMAPSince), Cure: `write it as "2026-12-31", or remove it`})
	}
	if b.IMAPMailbox == "" {
		list = append(list, sdk.Problem{Key: "imap_mailbox", Text: "is empty", Cure: `write "INBOX"`})
	}
	if b.IMAPAfter != "leave" && b.IMAPAfter != "seen" && (b.folder() == "" || strings.ContainsAny(b.folder(), "*%") || b.folder() == b.IMAPMailbox) {
		list = append(list, sdk.Problem{Key: "imap_after", Text: fmt.Sprintf("%q is unknown", b.IMAPAfter), Cure: `"leave", "seen" or "move:" with another folder's name`})
	}
	if b.IMAPUnmatched != "address" && b.IMAPUnmatched != "ignore" {
		list = append(list, sdk.Problem{Key: "imap_unmatched", Text: fmt.Sprintf("%q is unknown", b.IMAPUnmatched), Cure: `"address" or "ignore"`})
	}
	return list
}

// imapUser is who logs in to read.
func (s *Settings) imapUser() string {
	if s.IMAPUser != "" {
		return s.IMAPUser
	}
	return s.User
}

// imapPassword is the mailbox's own password, or that of SMTP where the mailbox
// has no user of its own; empty where a token stands for it.
func (s *Settings) imapPassword() string {
	if s.IMAPPassword == "" && s.IMAPUser == "" {
		return s.Password
	}
	return s.IMAPPassword
}
