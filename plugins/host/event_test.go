package host

import (
	"errors"
	"strconv"
	"strings"
	"testing"
	"time"

	"holdfast/engine/fault"
	"holdfast/engine/outbox"
)

// told gathers the events behind a cursor.
func told(t *testing.T, c *Channel, cursor string) ([]outbox.Event, error) {
	t.Helper()
	var list []outbox.Event
	err := c.Events(t.Context(), cursor, func(e outbox.Event) error { list = append(list, e); return nil })
	return list, err
}

// Events that cannot be understood are left out, with the rest passed on.
func TestOddEvents(t *testing.T) {
	c := launch(t, config(t, "liar"))
	for cursor, want := range map[string]string{
		"bad time": "2", "old time": "2", "bad kind": "2", "no kind": "2", "future": "1 2", "bad day": "1 2", "long text": "1 2", "long words": "1 2",
	} {
		list, err := told(t, c, cursor)
		var got []string
		for _, e := range list {
			got = append(got, e.Cursor)
			if e.At.After(time.Now()) || e.Day != 0 || len(e.Subject) > 1100 || len(e.Key) > 1100 || strings.ContainsAny(e.Address, "\r\n") {
				t.Errorf("%s: %+v", cursor, e)
			}
		}
		if strings.Join(got, " ") != want || err != nil {
			t.Errorf("%s: events %v, %v; want %s", cursor, got, err, want)
		}
	}
	list, _ := told(t, c, "long text")
	text := list[0].Text
	if len(text) > maxText+3 || !strings.HasPrefix(text, "[2J first\nsecond é") || !strings.HasSuffix(text, "é…") {
		t.Errorf("%d bytes: %.30q … %.10q", len(text), text, text[len(text)-10:])
	}
}

// A stream that would lose its place, or is no protobuf, ends with an error; the
// channel itself goes on.
func TestEventsThatCannotBeTaken(t *testing.T) {
	c := launch(t, config(t, "liar"))
	for cursor, kind := range map[string]fault.Kind{
		"no cursor": fault.Invalid, "long cursor": fault.Invalid, "invalid UTF-8": fault.Transient, "huge": fault.Transient,
	} {
		list, err := told(t, c, cursor)
		if len(list) != 0 || !fault.Is(err, kind) {
			t.Errorf("%s: %d events, %v", cursor, len(list), err)
		}
	}
	send(t, c, "hello", outbox.Accepted)
}

// A stream without end is cut, in order, and can be resumed.
func TestEndlessEvents(t *testing.T) {
	c := launch(t, config(t, "liar"))
	list, err := told(t, c, "endless")
	if err != nil || len(list) != maxEvents || list[maxEvents-1].Cursor != strconv.Itoa(maxEvents) {
		t.Errorf("%d events, %v", len(list), err)
	}
	send(t, c, "hello", outbox.Accepted)
}

func TestEventsEndWithTheirTaker(t *testing.T) {
	c := launch(t, config(t, "good"))
	stop := errors.New("the disk is full")
	if err := c.Events(t.Context(), "", func(outbox.Event) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("%v", err)
	}
	if err := c.Events(t.Context(), "die", func(outbox.Event) error { return nil }); !fault.Is(err, fault.Transient) {
		t.Errorf("a channel that died: %v", err)
	}
	if list, err := told(t, c, "1"); err != nil || len(list) != 2 {
		t.Errorf("after it died: %v, %v", list, err)
	}
}
