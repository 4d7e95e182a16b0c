package host

import (
	"os"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"holdfast/engine/outbox"
)

// A channel that is killed a hundred times, between messages, takes the next
// message each time, and what a life held is given back.
func TestHundredRestarts(t *testing.T) {
	var channels []*Channel
	for range 2 {
		c := launch(t, config(t, "good"))
		send(t, c, "hello", outbox.Accepted)
		channels = append(channels, c)
	}
	routines, open := runtime.NumGoroutine(), openFiles()
	var wg sync.WaitGroup
	for _, c := range channels {
		wg.Go(func() { killAndSend(t, c, 50) })
	}
	wg.Wait()
	if n := len(runFolders()); n != len(channels) {
		t.Errorf("%d folders of lives, want %d", n, len(channels))
	}
	settles(t, "goroutines", routines+5, runtime.NumGoroutine)
	settles(t, "open files", open+5, openFiles)
}

// killAndSend kills a channel so often, and sends after each time.
func killAndSend(t *testing.T, c *Channel, times int) {
	seen := map[string]bool{}
	for range times {
		proc := c.live.proc.Load()
		if err := proc.cmd.Process.Kill(); err != nil {
			t.Error(err)
			return
		}
		<-proc.exited
		sent, err := c.Send(t.Context(), message("hello"))
		if err != nil || sent.State != outbox.Accepted {
			t.Errorf("after %d kills: %v, %v", len(seen), sent, err)
			return
		}
		seen[sent.ProviderID] = true
	}
	if len(seen) != times {
		t.Errorf("%d processes for %d kills", len(seen), times)
	}
}

// settles waits until a count has come down to a bound.
func settles(t *testing.T, what string, bound int, count func() int) {
	t.Helper()
	for range 500 {
		if count() <= bound {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("%s: %d, want at most %d", what, count(), bound)
}

// openFiles counts the descriptors of this process, 0 where the system does not
// show them.
func openFiles() int {
	entries, _ := os.ReadDir("/proc/self/fd")
	return len(entries)
}

// A channel that dies at every start says "retry", names a pause, and is not
// started again before that is over.
func TestChannelThatKeepsFailingRests(t *testing.T) {
	c := launch(t, config(t, "good"))
	c.cfg.Command = []string{c.cfg.Command[0], "channel", "serve", "dies-in-start"}
	uncertain(t, c, "die")
	send(t, c, "hello", outbox.Retry)
	sent := send(t, c, "hello", outbox.Retry)
	if sent.RetryAfter <= 0 || !strings.Contains(sent.Detail, "rests") {
		t.Errorf("pause %s, %q", sent.RetryAfter, sent.Detail)
	}
	c.cfg.Command[3] = "good"
	c.breaker.until = time.Now()
	send(t, c, "hello", outbox.Accepted)
	if c.breaker.failures != 0 {
		t.Errorf("%d failures are kept after a message was taken", c.breaker.failures)
	}
}

// TestLaterStartsWhenSomethingLeaves: a channel that did not start with the
// program says so for the whole channel, and is started once it can be.
func TestLaterStartsWhenSomethingLeaves(t *testing.T) {
	cfg := config(t, "dies-in-start")
	dead, err := Later(cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer dead.Close()
	if sent, err := dead.Send(t.Context(), message("hello")); err != nil || sent.State != outbox.Retry || !sent.WholeChannel {
		t.Errorf("%+v, %v", sent, err)
	}
	if _, err := dead.Lookup(t.Context(), "known", time.Now()); err == nil {
		t.Error("a channel that does not run has looked something up")
	}
	good, err := Later(config(t, "good"))
	if err != nil {
		t.Fatal(err)
	}
	defer good.Close()
	if sent, err := good.Lookup(t.Context(), "known", time.Now()); err != nil || sent.State != outbox.Accepted {
		t.Errorf("looked up: %+v, %v", sent, err)
	}
	if sent, err := good.Send(t.Context(), message("hello")); err != nil || sent.State != outbox.Accepted || !good.Repeatable() {
		t.Errorf("%+v, %v", sent, err)
	}
}
