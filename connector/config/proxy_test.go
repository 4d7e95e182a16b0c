package config_test

import (
	"slices"
	"strings"
	"testing"

	"holdfast/engine/fault"
)

func TestProxyIsHandedOverWithItsSecretRead(t *testing.T) {
	t.Setenv("HOLDFAST_PROXY", "socks5://u:hunter2@proxy.lan:1080")
	c := mustLoad(t, "[proxy]\nurl = \"env:HOLDFAST_PROXY\"\nno_proxy = [\".lan\", \"10.0.0.0/8\"]\n"+minimal)
	if got, err := c.Proxy.Address(); got != "socks5://u:hunter2@proxy.lan:1080" || err != nil {
		t.Errorf("%q, %v", got, err)
	}
	if !slices.Contains(c.SecretValues(), "hunter2") {
		t.Error("the proxy's password would be logged")
	}
	for _, wrong := range []string{"proxy.lan:3128", "http:proxy", "http://proxy.lan/path", "gopher://proxy.lan", "http://u:hunter2@"} {
		t.Setenv("HOLDFAST_PROXY", wrong)
		if _, err := c.Proxy.Address(); !fault.Is(err, fault.Invalid) || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: %v", wrong, err)
		}
	}
}
