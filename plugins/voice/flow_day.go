package voice

import (
	"context"
	"strconv"
	"strings"
	"time"

	"holdfast/plugins/sdk/twilio"
)

// askDay asks for a day of payment, for the nth time.
func (c *Channel) askDay(k *call, n int, first string) []any {
	return c.question(k, 4, c.address("/day", k.Key, "n", strconv.Itoa(n)), first, k.Said.AskDay)
}

// day takes four keys, and reads back the day that they are.
func (c *Channel) day(ctx context.Context, k *call, h twilio.Hook) ([]any, error) {
	keys, n := pressed(h)
	day, ok := dayOf(keys, c.today(k), k.last())
	switch {
	case !ok && n < tries:
		return c.askDay(k, n+1, k.Said.NotUnderstood), nil
	case !ok:
		return c.goodbye(k, k.Said.NotUnderstood), nil
	}
	named := day.Format(time.DateOnly)
	k, err := c.change(ctx, k.Key, func(k *call) { k.Named = named })
	if err != nil || k == nil {
		return []any{hangup{}}, err
	}
	return c.askWhether(k, day, n, 1), nil
}

// askWhether reads a day back and waits for 1, for the again-th time.
func (c *Channel) askWhether(k *call, day time.Time, n, again int) []any {
	action := c.address("/confirm", k.Key, "day", day.Format(time.DateOnly), "n", strconv.Itoa(n), "again", strconv.Itoa(again))
	return c.question(k, 1, action, strings.Replace(k.Said.DayTaken, "%s", sayDay(day, k.Language), 1))
}

// confirm takes the promise with 1, asks for another day with 2, and reads the
// day once more after anything else.
func (c *Channel) confirm(ctx context.Context, k *call, h twilio.Hook) ([]any, error) {
	keys, n := pressed(h)
	day, err := time.Parse(time.DateOnly, h.Query.Get("day"))
	switch {
	case err != nil || day.After(k.last()):
		return c.goodbye(k, k.Said.NotUnderstood), nil
	case keys == "1":
		return c.goodbye(k), c.tell(ctx, k, outcome{Code: promised, Day: day.Format(time.DateOnly), Detail: "entered and confirmed by key"})
	case keys == "2" && n < tries:
		return c.askDay(k, n+1, ""), nil
	case keys != "2" && h.Query.Get("again") == "1":
		return c.askWhether(k, day, n, 2), nil
	}
	return c.goodbye(k, k.Said.NotUnderstood), nil
}

// today is the sender's day.
func (c *Channel) today(k *call) time.Time {
	return midnight(c.now().In(time.FixedZone("", k.Offset)))
}

// last is the last day that can be promised.
func (k *call) last() time.Time {
	last, err := time.Parse(time.DateOnly, k.Said.LastDay)
	if err != nil { // Send has refused it where a day is asked for
		return time.Time{}
	}
	return last
}
