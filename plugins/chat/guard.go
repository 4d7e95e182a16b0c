package chat

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"syscall"
	"time"
)

// privateError is a connection that was not made since its address is none of the
// public network.
type privateError struct{ why string }

func (e privateError) Error() string { return "the address leads to " + e.why }

// reserved networks that the methods of netip.Addr do not name, by RFC 6890 and
// RFC 6598.
var reserved = map[string][]netip.Prefix{
	"a carrier's private network": prefixes("100.64.0.0/10"),
	"a reserved network": prefixes("0.0.0.0/8", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24",
		"203.0.113.0/24", "240.0.0.0/4", "2001:db8::/32", "2001::/23"),
	"another address inside it": prefixes("2002::/16"), // 6to4; NAT64 and Teredo are no global unicast, or within 2001::/23
}

// publicV6 is what is given out of IPv6; all else is special.
var publicV6 = netip.MustParsePrefix("2000::/3")

func prefixes(texts ...string) []netip.Prefix {
	out := make([]netip.Prefix, len(texts))
	for i, t := range texts {
		out[i] = netip.MustParsePrefix(t)
	}
	return out
}

// refused says in words to what an address leads that is not public; empty: it is.
// With private allowed, only what no webhook has stays refused: neighbours on the
// link, where clouds keep their keys (169.254.169.254), and multicast.
func refused(ip netip.Addr, private bool) string {
	ip = ip.Unmap().WithZone("")
	switch {
	case ip.IsLinkLocalUnicast():
		return "a neighbour on the link"
	case ip.IsMulticast(), ip.IsUnspecified():
		return "no single machine"
	case private:
		return ""
	case ip.IsLoopback():
		return "this machine"
	case ip.IsPrivate():
		return "a private network"
	case ip.Is6() && !publicV6.Contains(ip):
		return "a reserved network"
	}
	for why, list := range reserved {
		if slices.ContainsFunc(list, func(p netip.Prefix) bool { return p.Contains(ip) }) {
			return why
		}
	}
	return ""
}

// guard makes a transport refuse addresses at the moment it connects, after names
// are resolved: what a name leads to may change from one moment to the next. The
// connection to the site's own proxy is not checked; the proxy decides what it
// reaches.
func guard(t *http.Transport, proxy string, private bool) {
	plain := t.DialContext
	checked := &net.Dialer{Timeout: 20 * time.Second, Control: func(_, address string, _ syscall.RawConn) error {
		a, err := netip.ParseAddrPort(address)
		if err != nil {
			return fmt.Errorf("connect to %q: %w", address, err)
		}
		if why := refused(a.Addr(), private); why != "" {
			return privateError{why}
		}
		return nil
	}}
	proxyAddress := addressOf(proxy)
	t.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
		if address == proxyAddress {
			return plain(ctx, network, address)
		}
		return checked.DialContext(ctx, network, address)
	}
}

// addressOf is host and port of a proxy, as the transport dials it; empty where
// there is none.
func addressOf(proxy string) string {
	u, err := url.Parse(proxy)
	if err != nil || u.Hostname() == "" {
		return ""
	}
	port := u.Port()
	if port == "" {
		port = map[string]string{"https": "443", "socks5": "1080", "socks5h": "1080"}[u.Scheme]
	}
	if port == "" {
		port = "80"
	}
	return net.JoinHostPort(u.Hostname(), port)
}

// isPrivate reports whether a connection was refused by guard.
func isPrivate(err error) (privateError, bool) {
	var p privateError
	return p, errors.As(err, &p)
}
