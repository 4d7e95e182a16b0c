package email

import (
	"crypto/x509"
	_ "embed"
	"fmt"
	"net"
	"os"
	"slices"
	"strings"
	"time"

	"holdfast/plugins/sdk"
	"holdfast/plugins/sdk/eml"
)

//go:embed schema.json
var schema []byte

// Settings are the settings of this channel.
type Settings struct {
	Host           string `json:"host"`
	Port           int    `json:"port"`            // 0: 587, 465 or 25, as TLS wants it
	TLS            string `json:"tls"`             // starttls, implicit or none
	AllowPlaintext string `json:"allow_plaintext"` // "i-accept" lets none reach another machine
	User           string `json:"user"`
	Password       string `json:"password"`
	Auth           string `json:"auth"` // auto, plain, login, cram-md5 or none
	Helo           string `json:"helo"` // "" is the machine's name
	From           string `json:"from"` // envelope sender, where bounces go; "" is the message's sender
	CAFile         string `json:"ca_file"`
	Timeout        string `json:"timeout"` // of one command; a Go duration
	Connections    int    `json:"connections"`

	timeout time.Duration
}

// settingsOf reads the settings over their defaults and checks them.
func settingsOf(s sdk.Setup) (Settings, []sdk.Problem) {
	set := Settings{TLS: "starttls", Auth: "auto", Timeout: "1m", Connections: 4, CAFile: s.CAFile}
	if problems := sdk.Decode(s.Settings, &set); len(problems) > 0 {
		return set, problems
	}
	problems := slices.Concat(set.checkServer(), set.checkLogin(), set.checkRest())
	if set.Port == 0 {
		set.Port = map[string]int{"starttls": 587, "implicit": 465, "none": 25}[set.TLS]
	}
	return set, problems
}

func (s *Settings) checkServer() (list []sdk.Problem) {
	if s.Host == "" || strings.ContainsAny(s.Host, " \t\r\n:/") && net.ParseIP(s.Host) == nil {
		list = append(list, sdk.Problem{Key: "host", Text: fmt.Sprintf("%q is no host", s.Host), Cure: "name the mail server"})
	}
	if s.Port < 0 || s.Port > 65535 {
		list = append(list, sdk.Problem{Key: "port", Text: fmt.Sprintf("%d is no port", s.Port), Cure: "587 for starttls, 465 for implicit"})
	}
	if !slices.Contains([]string{"starttls", "implicit", "none"}, s.TLS) {
		list = append(list, sdk.Problem{Key: "tls", Text: fmt.Sprintf("%q is unknown", s.TLS), Cure: `one of "starttls", "implicit", "none"`})
	}
	if s.TLS == "none" && !loopback(s.Host) && s.AllowPlaintext != "i-accept" {
		list = append(list, sdk.Problem{
			Key: "tls", Text: "mail to another machine would go unencrypted",
			Cure: `use "starttls" or "implicit", or set allow_plaintext = "i-accept"`,
		})
	}
	return list
}

func (s *Settings) checkLogin() (list []sdk.Problem) {
	if !slices.Contains([]string{"auto", "plain", "login", "cram-md5", "none"}, s.Auth) {
		list = append(list, sdk.Problem{
			Key: "auth", Text: fmt.Sprintf("%q is unknown", s.Auth), Cure: `one of "auto", "plain", "login", "cram-md5", "none"`,
		})
	}
	switch {
	case s.User == "" && s.Password != "":
		list = append(list, sdk.Problem{Key: "user", Text: "is missing beside the password", Cure: "name the user"})
	case s.User == "" && slices.Contains([]string{"plain", "login", "cram-md5"}, s.Auth):
		list = append(list, sdk.Problem{Key: "user", Text: "is missing", Cure: `name the user, or set auth = "none"`})
	case s.User != "" && s.Password == "" && s.Auth != "none":
		list = append(list, sdk.Problem{Key: "password", Text: "is missing beside the user", Cure: "name it as env:NAME or file:PATH"})
	}
	return list
}

func (s *Settings) checkRest() (list []sdk.Problem) {
	var err error
	if s.timeout, err = time.ParseDuration(s.Timeout); err != nil || s.timeout < time.Second || s.timeout > 12*time.Minute {
		list = append(list, sdk.Problem{Key: "timeout", Text: fmt.Sprintf("%q is no time from 1s to 12m", s.Timeout), Cure: `write it as "60s"`})
	}
	if s.Connections < 1 || s.Connections > 32 {
		list = append(list, sdk.Problem{Key: "connections", Text: fmt.Sprintf("is %d", s.Connections), Cure: "from 1 to 32"})
	}
	if s.From != "" {
		if err := eml.Address(s.From); err != nil {
			list = append(list, sdk.Problem{Key: "from", Text: err.Error(), Cure: "write a bare address"})
		}
	}
	if strings.ContainsAny(s.Helo, " \t\r\n") {
		list = append(list, sdk.Problem{Key: "helo", Text: fmt.Sprintf("%q is no name of a machine", s.Helo), Cure: "remove it or write a host name"})
	}
	return list
}

// authorities returns the system's certificate authorities and those of
// ca_file. nil stands for the system's.
func (s *Settings) authorities() (*x509.CertPool, *sdk.Problem) {
	if s.CAFile == "" {
		return nil, nil
	}
	cure := "name a PEM file that this program may read"
	pem, err := os.ReadFile(s.CAFile)
	if err != nil {
		return nil, &sdk.Problem{Key: "ca_file", Text: err.Error(), Cure: cure}
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool()
	}
	if !pool.AppendCertsFromPEM(pem) {
		return nil, &sdk.Problem{Key: "ca_file", Text: s.CAFile + " holds no certificate", Cure: cure}
	}
	return pool, nil
}

// loopback reports whether a host is this machine, by its name alone.
func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
