package chat

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"holdfast/plugins/sdk"
)

func TestAddressesThatAreNotPublic(t *testing.T) {
	for text, want := range map[string]struct{ public, private bool }{
		"93.184.216.34": {true, true}, "2606:2800:220:1::1": {true, true}, "::ffff:93.184.216.34": {true, true},
		"127.0.0.1": {false, true}, "::1": {false, true}, "10.1.2.3": {false, true}, "172.31.255.1": {false, true}, "192.168.1.1": {false, true},
		"100.64.0.1": {false, true}, "100.127.255.254": {false, true}, "fd00::1": {false, true}, "fc00::1": {false, true}, "::ffff:10.0.0.1": {false, true},
		"::ffff:127.0.0.1": {false, true}, "198.18.0.1": {false, true}, "192.0.2.1": {false, true}, "240.0.0.1": {false, true}, "255.255.255.255": {false, true},
		"64:ff9b::7f00:1": {false, true}, "2002:7f00:1::1": {false, true}, "2001::1": {false, true}, "2001:db8::1": {false, true}, "fec0::1": {false, true}, "::7f00:1": {false, true},
		"0.1.2.3": {false, true},
		// Never: neighbours on the link, among them where clouds keep their keys, and what is no machine.
		"169.254.169.254": {}, "::ffff:169.254.169.254": {}, "fe80::1%eth0": {}, "0.0.0.0": {}, "::": {}, "224.0.0.1": {}, "ff02::1": {},
	} {
		ip := netip.MustParseAddr(text)
		if public, private := refused(ip, false) == "", refused(ip, true) == ""; public != want.public || private != want.private {
			t.Errorf("%s: taken %v, with private allowed %v; want %+v", text, public, private, want)
		}
	}
}

// TestNameThatLeadsHome: a name is checked when it is connected to, and nothing
// arrives.
func TestNameThatLeadsHome(t *testing.T) {
	r := newReceiver(t)
	_, port, err := net.SplitHostPort(r.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	c := configured(t, kindSlack, "https://localhost:"+port, sdk.Setup{CAFile: r.ca}, "")
	sent := send(t, c, message(1), sdk.Retry)
	if !sent.WholeChannel || !strings.Contains(sent.Detail, "this machine") || !strings.Contains(sent.Detail, "allow_private") {
		t.Errorf("%+v", sent)
	}
	if len(r.got()) != 0 || c.Health(t.Context()) == nil {
		t.Errorf("%d cards arrived", len(r.got()))
	}
}

// TestThroughTheProxy: the site's own proxy may be private; it connects.
func TestThroughTheProxy(t *testing.T) {
	r := newReceiver(t)
	var asked string
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		asked = q.Host
		to, err := net.Dial("tcp", r.Listener.Addr().String())
		if err != nil {
			t.Error(err)
			return
		}
		defer to.Close()
		from, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		defer from.Close()
		_, _ = io.WriteString(from, "HTTP/1.1 200 OK\r\n\r\n")
		go func() { _, _ = io.Copy(to, from) }()
		_, _ = io.Copy(from, to)
	}))
	t.Cleanup(proxy.Close)
	c := configured(t, kindWebhook, "https://example.com/hook", sdk.Setup{CAFile: r.ca, Proxy: proxy.URL}, "")
	send(t, c, message(1), sdk.Accepted)
	if asked != "example.com:443" || len(r.got()) != 1 {
		t.Errorf("the proxy was asked for %q, %d cards arrived", asked, len(r.got()))
	}
}
