package config

import (
	"crypto/x509"
	"errors"
	"fmt"
	"net/url"
	"os"
	"slices"
	"strings"

	"holdfast/engine/fault"
)

// Proxy is how channels reach what is outside: each is told, and none looks for
// it by itself.
type Proxy struct {
	URL     Secret   `toml:"url" secret:"dsn" doc:"URL of an HTTP or SOCKS5 proxy, such as \"http://proxy.lan:3128\"; with a password as env:NAME or file:PATH. Empty: none."`
	NoProxy []string `toml:"no_proxy" doc:"Hosts, domains (.lan) and networks (10.0.0.0/8) that are reached without it."`
	CAFile  string   `toml:"ca_file" path:"yes" doc:"PEM file of further certificate authorities, such as the one of an inspecting proxy."`
}

// proxySchemes are those that Go's HTTP client speaks.
var proxySchemes = []string{"http", "https", "socks5", "socks5h"}

// Address returns the proxy's URL with its secret read, empty where there is
// none.
func (p Proxy) Address() (string, error) {
	text, err := p.URL.Resolve()
	if err != nil {
		return "", fault.Wrap("proxy.url", err)
	}
	if what := notAProxy(text); what != "" {
		return "", fault.New(fault.Invalid, "proxy.url: %s", what).WithCure("write it as http://proxy.lan:3128")
	}
	return text, nil
}

// notAProxy says why a text is no URL of a proxy, without the text: it may hold
// a password.
func notAProxy(text string) string {
	if text == "" {
		return ""
	}
	u, err := url.Parse(text)
	switch {
	case err != nil || u.Opaque != "" || u.Hostname() == "":
		return "is not the URL of a proxy"
	case !slices.Contains(proxySchemes, u.Scheme):
		return fmt.Sprintf("%q is not a proxy's scheme", u.Scheme)
	case strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "":
		return "a proxy has no path"
	}
	return ""
}

func (v *validator) proxy() {
	p := &v.Proxy
	v.dsn(p.URL, "proxy.url")
	if what := notAProxy(p.URL.text); what != "" && !p.URL.IsRef() {
		v.bound.add("proxy.url", what, "write it as http://proxy.lan:3128")
	}
	for i, host := range p.NoProxy {
		if host == "" || strings.ContainsAny(host, ", \t\r\n") {
			v.bound.add(fmt.Sprintf("proxy.no_proxy[%d]", i+1), fmt.Sprintf("%q is not one host, domain or network", host), "give each a text of its own in the list")
		}
	}
	v.authorities(p.CAFile)
}

// authorities wants the certificates that are named to be there.
func (v *validator) authorities(file string) {
	if file == "" {
		return
	}
	pem, err := os.ReadFile(file)
	switch {
	case errors.Is(err, os.ErrNotExist):
		v.bound.add("proxy.ca_file", "there is no such file", "name a PEM file of certificates")
	case err != nil:
		v.bound.add("proxy.ca_file", fmt.Sprintf("cannot be read: %v", errors.Unwrap(err)), "name a PEM file that the user who runs holdfast may read")
	case !x509.NewCertPool().AppendCertsFromPEM(pem):
		v.bound.add("proxy.ca_file", "holds no certificate", "name a PEM file: it begins with -----BEGIN CERTIFICATE-----")
	}
}
