package observe_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"holdfast/connector/observe"
)

func get(t *testing.T, url string) (int, string) {
	t.Helper()
	res, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(body)
}

func TestServe(t *testing.T) {
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	m := observe.NewMetrics(func() time.Time { return now })
	m.Expect("1", time.Hour)
	m.Pulled("1", 2*time.Second, now.Add(-30*time.Second))
	m.Message("1", "file", "accepted")
	m.Message("1", "file", "accepted")
	m.HoldPlaced("1")
	m.HoldReleased("1", 4*time.Second)
	m.HoldReleased("1", 0)
	m.PullFailed("1")
	m.Decided("1", 40*time.Millisecond)
	m.Depth("file", 7)

	l, err := observe.Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { done <- m.Serve(ctx, l) }()
	base := "http://" + l.Addr().String()
	status, body := get(t, base+"/metrics")
	if status != http.StatusOK {
		t.Fatalf("%d %s", status, body)
	}
	for _, want := range []string{
		`holdfast_messages_total{channel="file",company="1",state="accepted"} 2`,
		`holdfast_holds_total{action="placed",company="1"} 1`,
		`holdfast_holds_total{action="released",company="1"} 2`,
		`holdfast_hold_release_seconds_count{company="1"} 1`,
		`holdfast_hold_release_seconds_bucket{company="1",le="5"} 1`,
		`holdfast_pull_seconds_sum{company="1"} 2`,
		`holdfast_pull_failures_total{company="1"} 1`,
		`holdfast_pull_age_seconds{company="1"} 30`,
		`holdfast_decide_seconds_count{company="1"} 1`,
		`holdfast_outbox_depth{channel="file"} 7`,
		`holdfast_stopped 0`,
		`go_goroutines`,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("no %s", want)
		}
	}
	if status, body := get(t, base+"/healthz"); status != http.StatusOK || !strings.Contains(body, `"pull_age_seconds":{"1":30}`) {
		t.Errorf("%d %s", status, body)
	}
	if _, err := observe.Listen(l.Addr().String()); err == nil || !strings.Contains(err.Error(), "metrics.listen") {
		t.Errorf("the same address twice: %v", err)
	}
	cancel()
	if err := <-done; err != nil {
		t.Errorf("ended with %v", err)
	}
}

func TestHealthSaysWhyItIsNotOK(t *testing.T) {
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	m := observe.NewMetrics(func() time.Time { return now })
	m.Expect("1", time.Hour)
	m.Expect("2", time.Hour)
	m.Pulled("1", time.Second, now)
	steps := []struct {
		name string
		do   func()
		want string
	}{
		{"one never pulled", func() {}, "company 2 has not been pulled yet"},
		{"all pulled", func() { m.Pulled("2", time.Second, now) }, ""},
		{"one too old", func() { m.Pulled("2", time.Second, now.Add(-61*time.Minute)) }, "data of company 2 are 1h1m0s old"},
		{"stopped", func() { m.Pulled("2", time.Second, now); m.Stopped("by ann") }, "stopped: by ann"},
		{"resumed", func() { m.Stopped("") }, ""},
	}
	for _, s := range steps {
		s.do()
		h := m.Health()
		if got := strings.Join(h.Reasons, "|"); got != s.want || h.OK != (s.want == "") {
			js, _ := json.Marshal(h)
			t.Errorf("%s: %s, want %q", s.name, js, s.want)
		}
	}
}
