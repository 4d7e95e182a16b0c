package cli

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"holdfast/connector/config"
	"holdfast/engine/ar"
	"holdfast/engine/cycle"
	"holdfast/engine/outbox"
	"holdfast/engine/store"
)

// cardsAtOnce is how many cards one look shows; what is beyond them is counted on
// one more.
const cardsAtOnce = 10

// keepEvery is how many entries of the journal may pass without a notice before
// it is kept that they were read.
const keepEvery = 10_000

// board shows the notices of one company by one channel.
type board struct {
	*App
	store  *store.Store
	lanes  map[string]cycle.Lane
	place  place
	notice *config.Notice
}

// shown is a notice with its message.
type shown struct {
	notice
	message outbox.Message
}

// progressKey is the setting that holds the number of the last entry that was
// shown, or needed not be.
func (b *board) progressKey() string { return "notice:" + b.place.Key + "/" + b.notice.Channel }

// look shows what came into the journal behind from, and returns how far it got;
// 0 reads from where what was kept says. A board that is new begins with what
// comes after it. An entry is passed only when its card was taken or refused: a
// restart shows it again under the same key, and the channel knows that.
func (b *board) look(ctx context.Context, from int64, now time.Time) (int64, error) {
	kept, err := b.progress(ctx)
	if err != nil {
		return from, err
	}
	if from = max(from, kept); !b.open(now) {
		return from, nil
	}
	lane, not := b.lane()
	if not != "" {
		return from, nil // the config warns of it
	}
	list, last, err := b.fresh(ctx, from, kept < 0)
	if err != nil {
		return from, err
	}
	passed, err := b.show(ctx, lane, list, last)
	if passed > max(kept, 0) && (len(list) > 0 || passed-kept > keepEvery) || kept < 0 {
		if keep := b.store.PutSetting(ctx, b.progressKey(), strconv.FormatInt(passed, 10), "cycle", now); err == nil {
			err = keep
		}
	}
	return passed, err
}

// progress is the last entry that was passed, -1 where the board is new.
func (b *board) progress(ctx context.Context) (int64, error) {
	text, err := b.store.Setting(ctx, b.progressKey())
	if err != nil || text == "" {
		return -1, err
	}
	seq, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0, fmt.Errorf("the setting %s: %w", b.progressKey(), err)
	}
	return seq, nil
}

// open reports whether cards may be shown now.
func (b *board) open(now time.Time) bool {
	w := b.notice.Window
	if w.IsZero() {
		return true
	}
	day := ar.DayOf(now.In(b.place.Zone))
	from, to := w.On(day, b.place.Zone)
	return w.Has(day) && !now.Before(from) && now.Before(to)
}

// lane is the channel that shows the cards. In mode observe nothing leaves this
// machine.
func (b *board) lane() (lane cycle.Lane, not string) {
	lane, ok := b.lanes[b.notice.Channel]
	switch {
	case !ok:
		return lane, "the channel does not run"
	case b.place.Mode == outbox.Observe && !lane.Local:
		return lane, "the company is in mode observe, and the channel reaches other machines"
	}
	return lane, ""
}

// fresh reads the journal behind an entry. skip passes everything by.
func (b *board) fresh(ctx context.Context, from int64, skip bool) (list []shown, last int64, err error) {
	last = max(from, 0)
	var found []notice
	for e, err := range b.store.Audit(ctx, last+1) {
		if err != nil {
			return nil, from, err
		}
		if last = e.Seq; skip {
			continue
		}
		if n, ok := noticeOf(e, b.place); ok {
			found = append(found, n)
		}
	}
	if len(found) == 0 {
		return nil, last, nil
	}
	list, err = b.fill(ctx, found)
	return list, last, err
}

// fill makes messages of what the board is about. A task that was closed in the
// meantime is left out.
func (b *board) fill(ctx context.Context, found []notice) ([]shown, error) {
	tasks, err := b.openTasks(ctx, found)
	if err != nil {
		return nil, err
	}
	var list []shown
	var ids []ar.AccountID
	for _, n := range found {
		if n.task != "" {
			t := tasks[n.task]
			if t == nil {
				continue
			}
			n.about = aboutTask(t)
		}
		if b.notice.Has(n.about) {
			list, ids = append(list, shown{notice: n}), append(ids, n.account)
		}
	}
	if len(list) == 0 {
		return nil, nil
	}
	known, err := customers(ctx, b.store, ids)
	if err != nil {
		return nil, err
	}
	for i := range list {
		n := &list[i].notice
		list[i].message = n.card(b.place, tasks[n.task], known[n.account])
	}
	return list, nil
}

// openTasks reads the company's open tasks by their key, where a notice is about
// one.
func (b *board) openTasks(ctx context.Context, found []notice) (map[string]*store.Task, error) {
	tasks := map[string]*store.Task{}
	for _, n := range found {
		if n.task == "" {
			continue
		}
		list, err := b.store.Tasks(ctx, store.TaskFilter{Source: b.place.ERP.Source, Company: b.place.ERP.ID, Mode: b.place.Mode, Open: true})
		for i := range list {
			tasks[list[i].Key] = &list[i]
		}
		return tasks, err
	}
	return tasks, nil
}

// show hands cards over and returns the last entry that is done with: all up to
// last, or up to the first card that the channel did not take.
func (b *board) show(ctx context.Context, lane cycle.Lane, list []shown, last int64) (int64, error) {
	cards := list
	if len(list) > cardsAtOnce {
		rest := list[cardsAtOnce:]
		cards = append(list[:cardsAtOnce:cardsAtOnce], shown{notice: rest[0].notice, message: andMore(b.place, rest)})
	}
	for _, c := range cards {
		if err := b.hand(ctx, lane, c.message); err != nil {
			return c.seq - 1, err
		}
	}
	return last, nil
}

// hand shows one card. An error means that it is to be tried again.
func (b *board) hand(ctx context.Context, lane cycle.Lane, m outbox.Message) error {
	within, cancel := context.WithTimeout(ctx, sendWithin)
	defer cancel()
	sent, err := lane.Channel.Send(within, m)
	switch {
	case err != nil:
		return fmt.Errorf("notice %s by channel %s: %w", m.Key, b.notice.Channel, err)
	case sent.State == outbox.Retry:
		return fmt.Errorf("notice %s: channel %s did not take it now: %s", m.Key, b.notice.Channel, sent.Detail)
	case sent.State == outbox.Refused, sent.State == outbox.Uncertain:
		b.Log().Warn("a notice was not shown, or nobody knows", "key", m.Key, "channel", b.notice.Channel, "state", string(sent.State),
			"because", strings.TrimSpace(sent.Detail))
	}
	return nil
}
