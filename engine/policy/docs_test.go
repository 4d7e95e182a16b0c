package policy_test

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"holdfast/engine/ar"
	"holdfast/engine/policy"
)

// The pack that docs/policies.md shows loads and does what the page says.
func TestTheManualsPack(t *testing.T) {
	page, err := os.ReadFile("../../docs/policies.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(page), "```toml\n")
	text, _, found := strings.Cut(rest, "```")
	if !found {
		t.Fatal("the page shows no pack")
	}
	p := load(t, fstest.MapFS{"contract.toml": {Data: []byte(text)}})
	r := p.Rules(supplier("DE", policy.VoiceLive))
	day := ar.MustDay("2026-11-25")
	if from, to, ok := r.Window(day, hour(day, 7), hour(day, 17), false); !ok || from.Hour() != 9 || to.Hour() != 12 {
		t.Errorf("mornings only is %s to %s", from, to)
	}
	if _, free, capped := r.Capped(contacts("voice_live", "2026-11-20", "2026-11-23"), contacts("voice_live", "2026-11-25")[0]); !capped || free != ar.MustDay("2026-11-27") {
		t.Errorf("two calls a week: free on %s, capped %t", free, capped)
	}
	for _, pack := range p.List() {
		if pack.Name != "contract" && !strings.Contains(string(page), "| `"+pack.Name+"` |") {
			t.Errorf("the page does not name %s", pack.Name)
		}
	}
}
