package cycle

import (
	"fmt"
	"testing"
	"time"

	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
)

var noon = time.Date(2026, 3, 16, 12, 0, 0, 0, time.UTC)

func to(id int64, domain string) *outbox.Delivery {
	return &outbox.Delivery{ID: id, Recipient: fmt.Sprintf("ap%d@%s", id, domain)}
}

// TestAStalledDomainGetsAQuarterOfTheLanes, until its server answers.
func TestAStalledDomainGetsAQuarterOfTheLanes(t *testing.T) {
	var d domains
	for _, c := range []struct{ lanes, want int }{{4, 1}, {3, 1}, {16, 4}} {
		d = domains{}
		lane := Lane{InFlight: c.lanes}
		for i := range c.lanes {
			if wait := d.take(to(int64(i), "slow.example"), lane, noon); wait != 0 {
				t.Fatalf("%d lanes: a domain that answers waits %s", c.lanes, wait)
			}
		}
		at := noon.Add(stallAfter)
		for i := range c.lanes - c.want + 1 {
			if wait := d.take(to(100, "slow.example"), lane, at); wait != stallPause {
				t.Errorf("%d lanes, %d on their way: waits %s", c.lanes, c.lanes-i, wait)
			}
			if wait := d.take(to(101, "quick.example"), lane, at); wait != 0 {
				t.Errorf("another domain waits %s", wait)
			}
			d.land(to(int64(i), "slow.example"))
		}
		if wait := d.take(to(100, "slow.example"), lane, at); wait != 0 {
			t.Errorf("%d lanes: with %d on their way it waits %s", c.lanes, c.want-1, wait)
		}
	}
	for id := range int64(120) {
		d.land(to(id, "slow.example"))
		d.land(to(id, "quick.example"))
	}
	if len(d.flying) != 0 {
		t.Errorf("remembers %v", d.flying)
	}
}

func TestADomainHasARateOfItsOwn(t *testing.T) {
	var d domains
	lane := Lane{InFlight: 4, DomainEvery: 10 * time.Second}
	for _, c := range []struct {
		domain string
		after  time.Duration
		wait   time.Duration
	}{
		{"a.example", 0, 0}, {"a.example", time.Second, 9 * time.Second}, {"b.example", time.Second, 0},
		{"a.example", 10 * time.Second, 0}, {"a.example", 11 * time.Second, 9 * time.Second},
	} {
		if wait := d.take(to(1, c.domain), lane, noon.Add(c.after)); wait != c.wait {
			t.Errorf("%s after %s waits %s, want %s", c.domain, c.after, wait, c.wait)
		}
		d.land(to(1, c.domain))
	}
	if wait := d.take(&outbox.Delivery{Recipient: "+4915112345678"}, lane, noon); wait != 0 {
		t.Errorf("what has no domain waits %s", wait)
	}
	for i := range 5 * domainsKept {
		d.take(to(1, fmt.Sprintf("%d.example", i)), lane, noon.Add(time.Hour+time.Duration(i)*time.Second))
	}
	if len(d.next) > domainsKept {
		t.Errorf("%d domains are remembered", len(d.next))
	}
}

// TestACourierThatFailedLeavesNoStall: what it left on its way is forgotten, and
// the rates are not.
func TestACourierThatFailedLeavesNoStall(t *testing.T) {
	var d domains
	lane := Lane{InFlight: 4, DomainEvery: time.Hour}
	d.take(to(1, "a.example"), lane, noon)
	d.begin()
	if wait := d.take(to(2, "a.example"), lane, noon.Add(stallAfter)); wait != time.Hour-stallAfter {
		t.Errorf("waits %s, want its rate alone", wait)
	}
}

type clockAt struct{ time.Time }

func (c clockAt) Now() time.Time { return c.Time }

// TestWaitingKeepsWhatIsKnown: a message of unknown fate, or one that a person
// said yes to, waits for its domain as that.
func TestWaitingKeepsWhatIsKnown(t *testing.T) {
	k := &courier{Cycle: &Cycle{Clock: clockAt{noon}}, lane: Lane{InFlight: 4, DomainEvery: time.Minute}, route: &route{}, moment: Moment{Now: noon}}
	queue := []outbox.Delivery{*to(1, "a.example"), *to(2, "a.example"), *to(3, "a.example"), *to(4, "b.example"), *to(5, "c.example")}
	queue[1].Reason, queue[1].Detail = sequence.ReasonUncertain, "no answer"
	gone, rest, waiting := k.depart(queue, 2)
	if len(gone) != 2 || gone[0].ID != 1 || gone[1].ID != 4 || len(rest) != 1 || rest[0].ID != 5 || len(waiting) != 2 {
		t.Fatalf("gone %v, rest %v, waiting %v", gone, rest, waiting)
	}
	for i, want := range []struct {
		id     int64
		reason sequence.Reason
	}{{2, sequence.ReasonUncertain}, {3, sequence.ReasonDomain}} {
		if o := waiting[i]; o.ID != want.id || o.Reason != want.reason || o.State != outbox.Retry || !o.RetryAt.Equal(noon.Add(time.Minute)) {
			t.Errorf("waiting: %+v", o)
		}
	}
	k.moment.Now = time.Time{} // a virtual day
	if gone, _, _ := k.depart(queue, 5); len(gone) != 5 {
		t.Errorf("on a virtual day %d of 5 leave", len(gone))
	}
}
