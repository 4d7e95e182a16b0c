// Package web is how a channel reaches a provider by HTTP: through the proxy and
// with the certificate authorities that it was given, and never otherwise.
package web

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"time"

	"golang.org/x/net/http/httpproxy"

	"holdfast/plugins/sdk"
)

// Transport returns a transport for the proxy and the authorities of a channel's
// setup. It speaks HTTP/1.1, where a request that was cut off is known to be one,
// and reads nothing from the environment. The problem, if any, says which
// setting is at fault.
func Transport(s sdk.Setup) (*http.Transport, *sdk.Problem) {
	if err := checkProxy(s.Proxy); err != nil {
		return nil, &sdk.Problem{Key: "proxy", Text: err.Error(), Cure: "write it as http://proxy.example:3128"}
	}
	roots, err := authorities(s.CAFile)
	if err != nil {
		return nil, &sdk.Problem{Key: "ca_file", Text: err.Error(), Cure: "name a PEM file that this program may read"}
	}
	rules := httpproxy.Config{HTTPProxy: s.Proxy, HTTPSProxy: s.Proxy, NoProxy: s.NoProxy}
	proxyOf := rules.ProxyFunc()
	dialer := &net.Dialer{Timeout: 20 * time.Second, KeepAlive: 30 * time.Second}
	return &http.Transport{
		Proxy:                  func(r *http.Request) (*url.URL, error) { return proxyOf(r.URL) },
		DialContext:            dialer.DialContext,
		TLSClientConfig:        &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout:    20 * time.Second,
		MaxIdleConnsPerHost:    8,
		IdleConnTimeout:        20 * time.Second, // sooner than a server hangs up on us,
		MaxResponseHeaderBytes: 64 << 10,
	}, nil
}

func checkProxy(proxy string) error {
	if proxy == "" {
		return nil
	}
	u, err := url.Parse(proxy)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" && u.Scheme != "socks5" {
		return errors.New("is no address of a proxy")
	}
	return nil
}

// authorities returns the system's and those of a PEM file; nil stands for the
// system's.
func authorities(file string) (*x509.CertPool, error) {
	if file == "" {
		return nil, nil
	}
	pem, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool()
	}
	if !pool.AppendCertsFromPEM(pem) {
		return nil, fmt.Errorf("%s holds no certificate", file)
	}
	return pool, nil
}
