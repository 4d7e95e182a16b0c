package cycle

import (
	"context"

	"holdfast/engine/outbox"
	"holdfast/engine/store"
)

// alarm stops a live run that would send suspiciously much in a day, before its
// first message, and asks for a yes; stopped then says so. Of a rehearsal it
// only warns.
func (k *courier) alarm(ctx context.Context) (stopped string, err error) {
	if k.lane.Local {
		return "", nil
	}
	for _, co := range k.Companies {
		if co.Mode != outbox.Live {
			continue
		}
		v, limit, over, err := k.tooMany(ctx, co)
		switch {
		case err != nil:
			return "", err
		case over && k.moment.Rehearsal:
			k.Log.Warn("a live run would stop here", "company", co.Key, "because", volumeText(v, limit))
		case over:
			return k.raiseAlarm(ctx, co, v, limit)
		}
	}
	return "", nil
}

// tooMany reports whether more messages of a company would leave in a day than
// its limit and than people said yes to.
func (k *courier) tooMany(ctx context.Context, co *Company) (v store.Volume, limit int, over bool, err error) {
	if v, err = k.Store.Volume(ctx, co.Source, co.ID, co.Mode, k.moment.Day); err != nil || v.Ready == 0 {
		return v, 0, false, err
	}
	if limit, err = k.volume(ctx, co, v); err != nil || v.Ready+v.Today <= limit {
		return v, limit, false, err
	}
	allowed, err := k.Store.VolumeAllowed(ctx, co.Source, co.ID, co.Mode, k.moment.Day, co.Limits.TwoAbove)
	return v, limit, v.Ready+v.Today > allowed, err
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
