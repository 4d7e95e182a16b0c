package cycle

import (
	"strings"
	"sync"
	"time"

	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
)

// A recipient's domain whose server has kept one message waiting this long
// stalls: until it answers it gets a quarter of the channel's lanes at most.
const stallAfter = 10 * time.Second

// stallPause is how long a message to a domain that stalls waits for its turn.
const stallPause = time.Minute

// domains keeps one recipient's mail server from taking the whole channel, and
// to the rate that the site allows it.
type domains struct {
	mu     sync.Mutex
	flying map[string]map[int64]time.Time // by domain: the delivery, and since when it is on its way
	next   map[string]time.Time           // when a domain may have its next one
}

// domainOf returns the domain of a mail's recipient, empty for all else.
func domainOf(d *outbox.Delivery) string {
	_, domain, _ := strings.Cut(d.Recipient, "@")
	return domain
}

// take lets a delivery go, or says how long it must wait.
func (d *domains) take(of *outbox.Delivery, lane Lane, now time.Time) (wait time.Duration) {
	domain := domainOf(of)
	if domain == "" {
		return 0
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.stalls(domain, now) && len(d.flying[domain]) >= max(1, lane.InFlight/4) {
		return stallPause
	}
	if wait := d.next[domain].Sub(now); lane.DomainEvery > 0 && wait > 0 {
		return wait
	}
	d.depart(domain, of.ID, lane, now)
	return 0
}

func (d *domains) depart(domain string, id int64, lane Lane, now time.Time) {
	if d.flying == nil {
		d.flying = map[string]map[int64]time.Time{}
	}
	if d.flying[domain] == nil {
		d.flying[domain] = map[int64]time.Time{}
	}
	d.flying[domain][id] = now
	if lane.DomainEvery > 0 {
		if d.next == nil {
			d.next = map[string]time.Time{}
		}
		d.forget(now)
		d.next[domain] = now.Add(lane.DomainEvery)
	}
}

// begin forgets what an earlier courier left on its way when an error ended it:
// nobody waits for those answers, and they must not look like a server that
// stalls. The rates stay.
func (d *domains) begin() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.flying = nil
}

// domainsKept is how many domains may be remembered before those whose time has
// come are forgotten.
const domainsKept = 1000

// forget keeps the memory bounded however many domains there are.
func (d *domains) forget(now time.Time) {
	if len(d.next) < domainsKept {
		return
	}
	for domain, at := range d.next {
		if !at.After(now) {
			delete(d.next, domain)
		}
	}
}

// stalls reports whether a domain has kept a message waiting too long.
func (d *domains) stalls(domain string, now time.Time) bool {
	for _, since := range d.flying[domain] {
		if now.Sub(since) >= stallAfter {
			return true
		}
	}
	return false
}

// land notes that a delivery was answered.
func (d *domains) land(of *outbox.Delivery) {
	domain := domainOf(of)
	d.mu.Lock()
	defer d.mu.Unlock()
	if delete(d.flying[domain], of.ID); len(d.flying[domain]) == 0 {
		delete(d.flying, domain)
	}
}

// depart takes at most n deliveries off a queue whose domains may have one now.
// Others that come before them wait in the outbox for their turn, so that they
// keep nobody waiting. On a virtual day no domain waits.
func (k *courier) depart(queue []outbox.Delivery, n int) (gone, rest []outbox.Delivery, waiting []outbox.Outcome) {
	for len(queue) > 0 && len(gone) < n {
		d := queue[0]
		queue = queue[1:]
		now := k.Clock.Now()
		wait := time.Duration(0)
		if !k.virtual() {
			wait = k.route.domains.take(&d, k.lane, now)
		}
		if wait <= 0 {
			gone = append(gone, d)
			continue
		}
		o := outbox.Outcome{ID: d.ID, State: outbox.Retry, Reason: sequence.ReasonDomain, Detail: domainOf(&d), At: now, RetryAt: now.Add(wait)}
		if d.Reason == sequence.ReasonUncertain || d.Reason == sequence.ReasonPerson {
			o.Reason, o.Detail = d.Reason, d.Detail // what is known of it stays known
		}
		waiting = append(waiting, o)
	}
	return gone, queue, waiting
}
