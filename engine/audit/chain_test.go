package audit

import (
	"iter"
	"slices"
	"strings"
	"testing"
	"time"
)

func journal(n int) []Entry {
	var c Chain
	var out []Entry
	for i := range n {
		out = append(out, c.Seal(Entry{
			At: time.Unix(int64(1000+i), 0).UTC(), Actor: "cycle", Kind: "hold.placed",
			Subject: "erp/1/c" + string(rune('a'+i)), Body: []byte(`{"previous":"500.00"}`),
		}))
	}
	return out
}

func each(entries []Entry) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		for _, e := range entries {
			if !yield(e, nil) {
				return
			}
		}
	}
}

func TestVerifyNamesTheFirstBrokenEntry(t *testing.T) {
	tests := []struct {
		name  string
		spoil func([]Entry) []Entry
		want  string // empty: sound
	}{
		{"untouched", func(e []Entry) []Entry { return e }, ""},
		{"body changed", func(e []Entry) []Entry { e[2].Body = []byte(`{"previous":"900.00"}`); return e }, "entry 3 was changed"},
		{"time changed", func(e []Entry) []Entry { e[1].At = e[1].At.Add(time.Hour); return e }, "entry 2 was changed"},
		{"text moved between fields", func(e []Entry) []Entry { e[0].Actor, e[0].Kind = "cycleh", "old.placed"; return e }, "entry 1 was changed"},
		{"changed and hashed anew", func(e []Entry) []Entry { e[2].Actor = "nobody"; e[2].Hash = hashOf(e[2]); return e }, "entry 4 does not follow"},
		{"dropped", func(e []Entry) []Entry { return slices.Delete(e, 1, 2) }, "entry 2 is missing"},
		{"first dropped", func(e []Entry) []Entry { return e[1:] }, "entry 1 is missing"},
		{"slipped in", func(e []Entry) []Entry { return slices.Insert(e, 2, e[1]) }, "entry 3 is missing: entry 2 follows entry 2"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			n, err := Verify(each(tt.spoil(journal(5))))
			if tt.want == "" {
				if err != nil || n != 5 {
					t.Fatalf("got %d entries, %v", n, err)
				}
				return
			}
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Fatalf("got %v, want it to say %q", err, tt.want)
			}
		})
	}
}
