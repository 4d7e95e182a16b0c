package host

import "testing"

// A secret that begins with another is taken out whole, in whatever order they
// are known.
func TestSecretsThatBeginAlike(t *testing.T) {
	for _, known := range [][]string{{"hunter2", "hunter2-and-more"}, {"hunter2-and-more", "hunter2"}} {
		cfg, err := Config{Name: "x", Command: []string{"/x"}, Checksum: make([]byte, 32), Secrets: known}.complete()
		if err != nil {
			t.Fatal(err)
		}
		if got := tidy("login hunter2-and-more, then hunter2", cfg.Secrets); got != "login [secret], then [secret]" {
			t.Errorf("%q shows %q", known, got)
		}
	}
}
