package sms_test

import (
	"os"
	"testing"

	"holdfast/plugins/conform"
	"holdfast/plugins/sdk"
	"holdfast/plugins/sdk/twilio/twiliotest"
	"holdfast/plugins/sms"
)

// served is the argument by which this test's program is the channel.
const served = "serve-sms"

func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == served {
		sdk.Serve(sms.New())
		return
	}
	os.Exit(m.Run())
}

// TestKit runs the conformance kit against a process of the channel.
func TestKit(t *testing.T) {
	t.Parallel() // it waits for processes
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	s := twiliotest.New()
	t.Cleanup(s.Close)
	b := &bench{t: t, set: map[string]any{
		"account_sid": twiliotest.AccountSID, "auth_token": twiliotest.AuthToken, "base_url": s.URL, "from": twiliotest.Number,
	}}
	report, err := conform.Run(t.Context(), conform.Options{
		Command: []string{program, served}, Name: "sms", Settings: b.settings(), Send: true,
	}, func(r conform.Result) {
		if r.State == conform.Failed {
			t.Errorf("%s/%s: %s\n  promise: %s\n  cure: %s", r.Group, r.Name, r.Seen, r.Promise, r.Cure)
		}
	})
	if err != nil || report.Count(conform.Passed) < 45 {
		t.Errorf("%d checks passed, %v", report.Count(conform.Passed), err)
	}
}
