package cycle

import (
	"context"

	"holdfast/engine/fault"
	"holdfast/engine/outbox"
	"holdfast/engine/store"
)

// alarm stops a live run that would send suspiciously much in a day, before its
// first message. Of a rehearsal it only says so.
func (k *courier) alarm(ctx context.Context) error {
	if k.lane.Local {
		return nil
	}
	for _, co := range k.Companies {
		if co.Mode != outbox.Live {
			continue
		}
		v, err := k.Store.Volume(ctx, co.Source, co.ID, co.Mode, k.moment.Day)
		if err != nil {
			return err
		}
		limit, err := k.volume(ctx, co, v)
		if err != nil {
			return err
		}
		if v.Ready == 0 || v.Ready+v.Today <= limit {
			continue
		}
		alarm := fault.New(fault.Denied, "company %s: %d messages are ready after %d sent today, more than the %d of a day; none leaves",
			co.Key, v.Ready, v.Today, limit)
		if !k.moment.Rehearsal {
			return alarm.WithCure("look at them with outbox list; let old debt enter by holdfast adopt, or raise [company.volume] limit")
		}
		k.Log.Warn("a live run would stop here", "because", alarm.Error())
	}
	return nil
}

// volume returns how many messages of a company may leave in a day.
func (k *courier) volume(ctx context.Context, co *Company, v store.Volume) (int, error) {
	switch {
	case co.Limits.Volume > 0:
		return co.Limits.Volume, nil
	case v.Largest > 0:
		return max(50, 3*v.Largest), nil
	}
	parties, err := k.Store.CountCustomers(ctx, co.Source, co.ID)
	return max(50, parties/10), err
}
