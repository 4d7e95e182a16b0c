package inbound_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"holdfast/plugins/email/inbound"
)

// expected is what a mail of the corpus is, as a person has judged it.
type expected struct {
	File    string        `json:"file"`
	Class   inbound.Class `json:"class"`
	Key     string        `json:"key"`
	Address string        `json:"address"` // the failed one, or the writer's
	Tag     string        `json:"tag"`
	Status  string        `json:"status"`
	Thread  string        `json:"thread"`
	Text    string        `json:"text"`
	Detail  string        `json:"detail"` // words that the detail holds
}

// TestCorpus reads every mail of the corpus, and of the second set, which was
// written after the rules were finished: at least 98 of 100 are right in all
// that is expected, and no hard bounce is invented.
func TestCorpus(t *testing.T) {
	for _, set := range []string{"corpus", "heldback"} {
		t.Run(set, func(t *testing.T) {
			list := load(t, set)
			right := 0
			for _, want := range list {
				if wrong := check(t, set, want); len(wrong) > 0 {
					t.Logf("%s: %s", want.File, strings.Join(wrong, "; "))
				} else {
					right++
				}
			}
			share := 100 * float64(right) / float64(len(list))
			t.Logf("%d of %d right, %.1f %%", right, len(list), share)
			if share < 98 {
				t.Errorf("%.1f %% right, at least 98 %% must be", share)
			}
		})
	}
}

func load(t *testing.T, set string) (list []expected) {
	t.Helper()
	index, err := os.ReadFile(filepath.Join("..", "testdata", set+".json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(index, &list); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join("..", "testdata", set, "*.eml"))
	if err != nil || len(files) != len(list) || len(list) == 0 {
		t.Fatalf("%d mails, %d in the index, %v", len(files), len(list), err)
	}
	return list
}

// check says what is wrong about one mail, with either kind of line end.
func check(t *testing.T, set string, want expected) (wrong []string) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("..", "testdata", set, want.File))
	if err != nil {
		t.Fatal(err)
	}
	for _, form := range [][]byte{raw, bytes.ReplaceAll(raw, []byte("\n"), []byte("\r\n"))} {
		m := inbound.Parse(form)
		if m.Class == inbound.BounceHard && want.Class != inbound.BounceHard {
			t.Errorf("%s: a hard bounce is invented: %s", want.File, m.Detail)
		}
		wrong = append(wrong, differences(m, want)...)
	}
	return wrong
}

func differences(m inbound.Mail, want expected) (wrong []string) {
	key, address, status := "", m.From, ""
	if len(m.Keys) > 0 {
		key = m.Keys[0]
	}
	for _, r := range m.Recipients {
		if r.Class == m.Class {
			address, status = r.Address, r.Status
			break
		}
	}
	compare := func(what, got, expected string) {
		if got != expected {
			wrong = append(wrong, what+" is "+strings.ReplaceAll(got, "\n", "|")+", not "+strings.ReplaceAll(expected, "\n", "|"))
		}
	}
	compare("class", string(m.Class), string(want.Class))
	compare("key", key, want.Key)
	compare("tag", m.Tag, want.Tag)
	if want.Thread != "" {
		compare("thread", m.Thread, want.Thread)
	}
	if want.Class != inbound.Other && want.Class != inbound.Own {
		compare("address", address, want.Address)
		compare("status", status, want.Status)
	}
	if want.Class == inbound.Reply || want.Class == inbound.AutoReply {
		compare("text", m.Text, want.Text)
	}
	if !strings.Contains(m.Detail, want.Detail) {
		wrong = append(wrong, "detail is "+m.Detail)
	}
	return wrong
}
