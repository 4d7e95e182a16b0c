package config

import (
	"fmt"
	"net"
	"net/url"
	"strings"
)

// Links says behind which addresses customers answer a mail, and where this
// program serves those pages.
type Links struct {
	BaseURL  string `toml:"base_url" doc:"Address by which customers reach the pages behind links, such as \"https://ar.example.com/a\". Empty: mails have no links, and customers reply."`
	Listen   string `toml:"listen" default:"127.0.0.1:8087" doc:"Where the service serves those pages, for a reverse proxy with TLS to stand before; needed with base_url."`
	CertFile string `toml:"cert_file" path:"yes" doc:"PEM file of a certificate, to serve TLS without a proxy. Empty: plain HTTP, on this machine only."`
	KeyFile  string `toml:"key_file" path:"yes" doc:"PEM file of its key."`
	Key      Secret `toml:"signing_key" doc:"Key that signs the links, 16 bytes or more, by env:NAME or file:PATH; needed with base_url."`
	Opens    string `toml:"opens" default:"no" oneof:"no yes" doc:"Whether mails carry a picture that tells that they were opened, to learn when a contact reads."`
	Clicks   string `toml:"clicks" default:"no" oneof:"no yes" doc:"Whether pay links lead over these pages, to learn that they were followed."`
}

// On reports whether mails have links.
func (l *Links) On() bool { return l.BaseURL != "" }

func (v *validator) answerLinks() {
	l := &v.Links
	if !l.On() {
		v.unlinked("opens", l.Opens)
		v.unlinked("clicks", l.Clicks)
		return
	}
	u, err := url.Parse(l.BaseURL)
	switch {
	case err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || u.RawQuery != "" || u.Fragment != "" || strings.HasSuffix(l.BaseURL, "/"):
		v.bound.add("links.base_url", fmt.Sprintf("%q is no address for links", l.BaseURL), "write it as https://ar.example.com/a, without a slash at its end")
	case u.Scheme == "http" && !isLocal(u.Hostname()):
		v.bound.add("links.base_url", "links over http can be read and changed on their way", "write https://, with a reverse proxy or cert_file behind it")
	}
	if l.Key.IsZero() {
		v.bound.add("links.signing_key", "missing, but base_url makes links", `write 32 random bytes into a file and name it: signing_key = "file:links.key"`)
	}
	if (l.CertFile == "") != (l.KeyFile == "") {
		v.bound.add("links.cert_file", "cert_file and key_file go together", "name both or neither")
	}
	v.linksListen(l)
}

// linksListen wants TLS where other machines can connect.
func (v *validator) linksListen(l *Links) {
	host, port, err := net.SplitHostPort(l.Listen)
	switch {
	case err != nil || port == "":
		v.bound.add("links.listen", fmt.Sprintf("%q is not an address to listen on", l.Listen), "write it as 127.0.0.1:8087")
	case l.CertFile == "" && (host == "" || !isLocal(host)):
		v.bound.add("links.listen", "other machines would reach the pages without TLS", "listen on 127.0.0.1 behind a reverse proxy, or name cert_file and key_file")
	}
}

// unlinked refuses to learn from links that are not made.
func (v *validator) unlinked(key, value string) {
	if value == "yes" {
		v.bound.add("links."+key, "is on, but no links are made", "name base_url, or remove it")
	}
}
