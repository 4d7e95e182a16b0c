package cli

import (
	"context"
	"crypto/tls"
	"net"
	"slices"
	"time"

	"holdfast/connector/portal"
	"holdfast/connector/web"
	"holdfast/engine/answer"
	"holdfast/engine/cycle"
	"holdfast/engine/fault"
	"holdfast/engine/intake"
	"holdfast/engine/outbox"
	"holdfast/engine/work"
)

// servePortal serves the pages behind links where the config names an address
// for them. A failure later on comes through served.
func (a *App) servePortal(ctx context.Context, c *cycle.Cycle, w *work.Worker, served chan<- error) error {
	links, err := a.links()
	if err != nil || !links.Ready() {
		return err
	}
	cert, err := a.portalTLS()
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", a.config.Links.Listen)
	if err != nil {
		return fault.New(fault.Invalid, "links.listen: %w", err).WithCure("name a free address in [links] listen")
	}
	pages := portal.New(portal.Config{Links: links, Desk: &desk{Cycle: c, app: a, worker: w}, Log: a.Log(), Now: time.Now})
	go func() {
		if err := web.Serve(ctx, l, pages, cert); err != nil {
			served <- fault.Wrap("serve the pages behind links", err)
		}
	}()
	a.Log().Info("pages behind links are served", "listen", l.Addr().String(), "base_url", links.Base)
	return nil
}

// portalTLS reads the certificate of the pages; nil where a proxy has it.
func (a *App) portalTLS() (*tls.Config, error) {
	l := &a.config.Links
	if l.CertFile == "" {
		return nil, nil
	}
	cert, err := tls.LoadX509KeyPair(l.CertFile, l.KeyFile)
	if err != nil {
		return nil, fault.New(fault.Invalid, "links.cert_file: %w", err).WithCure("name a certificate and its key as PEM files")
	}
	return &tls.Config{Certificates: []tls.Certificate{cert}, MinVersion: tls.VersionTLS12}, nil
}

// desk keeps what customers answer on the pages.
type desk struct {
	*cycle.Cycle
	app    *App
	worker *work.Worker
}

// Tagged finds the message of a tag. One of a company that is not configured any
// more is not found: nobody would see its answer.
func (d *desk) Tagged(ctx context.Context, tag string) (outbox.Delivery, error) {
	match, err := d.Store.MatchEvent(ctx, "", "", outbox.Event{Tag: tag})
	if err != nil {
		return outbox.Delivery{}, err
	}
	if match.Delivery.ID == 0 || d.company(&match.Delivery) == nil {
		return outbox.Delivery{}, fault.New(fault.NotFound, "no message of a company that is configured has the tag %s", tag)
	}
	return d.Store.Delivery(ctx, match.Delivery.ID)
}

// Keep keeps an answer, and has its company decided anew.
func (d *desk) Keep(ctx context.Context, of cycle.Answered, t intake.Teller, a answer.Answer) ([]intake.Fact, error) {
	facts, err := d.Cycle.Keep(ctx, of, t, a)
	if err != nil {
		return nil, err
	}
	if err := d.worker.Wake(context.WithoutCancel(ctx), work.Decide, d.company(&of.Delivery).Key); err != nil {
		d.app.Log().Error("an answer is kept, and seen by the next cycle only", "error", err)
	}
	return facts, nil
}

// Rules returns what holds for the company of a message that Tagged has found.
func (d *desk) Rules(of outbox.Delivery) portal.Rules {
	co := d.company(&of)
	today := d.Today(co).Day
	last := d.LastPromise(of.Party, today)
	if last == 0 {
		last = today + intake.Horizon
	}
	return portal.Rules{Today: today, LastDay: last, Phone: d.app.config.CompanyKeyed(co.Key).Sender.Phone}
}

// company returns the company of a message; nil where it is not configured any
// more.
func (d *desk) company(of *outbox.Delivery) *cycle.Company {
	i := slices.IndexFunc(d.Companies, func(co *cycle.Company) bool { return co.Source == of.Party.Source && co.ID == of.Party.Company })
	if i < 0 {
		return nil
	}
	return d.Companies[i]
}

var _ portal.Desk = (*desk)(nil)
