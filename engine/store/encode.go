package store

import (
	"encoding/json"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

// instant writes t as microseconds since 1970 UTC, 0 for no time at all.
func instant(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// fromInstant reads what instant wrote, in UTC.
func fromInstant(micro int64) time.Time {
	if micro == 0 {
		return time.Time{}
	}
	return time.UnixMicro(micro).UTC()
}

// bit writes a bool as SQL keeps it.
func bit(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// optional writes a number that may be missing.
func optional(n *int64) any {
	if n == nil {
		return nil
	}
	return *n
}

// asJSON writes v as text.
func asJSON(v any) (string, error) {
	b, err := json.Marshal(v)
	return string(b), err
}

// fromJSON reads what asJSON wrote; "" leaves v as it is.
func fromJSON(text string, v any) error {
	if text == "" {
		return nil
	}
	if err := json.Unmarshal([]byte(text), v); err != nil {
		return fault.New(fault.Corrupt, "the state holds JSON that cannot be read: %w", err).WithCure(cureCorrupt)
	}
	return nil
}

// extraValue is one site column with its type: JSON alone would turn numbers
// into floats and days into text.
type extraValue struct {
	Text  *string `json:"s,omitempty"`
	Whole *int64  `json:"i,omitempty"`
	Flag  *bool   `json:"b,omitempty"`
	Day   *ar.Day `json:"d,omitempty"`
}

// encodeExtra writes a site's columns as JSON, "" for none. Keys come sorted, so
// equal columns give equal text.
func encodeExtra(extra ar.Extra) (string, error) {
	if len(extra) == 0 {
		return "", nil
	}
	out := make(map[string]extraValue, len(extra))
	for name, value := range extra {
		var e extraValue
		switch v := value.(type) {
		case nil:
		case string:
			e.Text = &v
		case int64:
			e.Whole = &v
		case bool:
			e.Flag = &v
		case ar.Day:
			e.Day = &v
		default:
			return "", fault.New(fault.Invalid, "site column x_%s has a type that cannot be kept (%T)", name, value)
		}
		out[name] = e
	}
	return asJSON(out)
}

// decodeExtra reads what encodeExtra wrote.
func decodeExtra(text string) (ar.Extra, error) {
	if text == "" {
		return nil, nil
	}
	var in map[string]extraValue
	if err := fromJSON(text, &in); err != nil {
		return nil, err
	}
	extra := make(ar.Extra, len(in))
	for name, e := range in {
		switch {
		case e.Text != nil:
			extra[name] = *e.Text
		case e.Whole != nil:
			extra[name] = *e.Whole
		case e.Flag != nil:
			extra[name] = *e.Flag
		case e.Day != nil:
			extra[name] = *e.Day
		default:
			extra[name] = nil
		}
	}
	return extra, nil
}

// rowHash is a 64-bit FNV-1a over a row's values: two rows with the same hash
// are taken to be equal. Values are strings, int64 or nil.
func rowHash(values []any) int64 {
	const offset, prime = 14695981039346656037, 1099511628211
	h := uint64(offset)
	for _, value := range values {
		switch v := value.(type) {
		case string:
			for i := range len(v) {
				h = (h ^ uint64(v[i])) * prime
			}
		case int64:
			for range 8 {
				h = (h ^ uint64(v&0xff)) * prime
				v >>= 8
			}
		case nil:
			h = (h ^ 0xfe) * prime
		}
		h = (h ^ 0xff) * prime
	}
	return int64(h | 1) // never 0, which marks a row changed by the store itself
}
