package cli

import (
	"time"

	"github.com/schollz/progressbar/v3"
)

// progress shows on a terminal that something is under way. Elsewhere, and with
// --json, it shows nothing.
type progress struct {
	bar  *progressbar.ProgressBar
	done chan struct{}
	gone chan struct{}
}

// progress begins a line that says what is under way; the caller ends it.
func (a *App) progress(what string) *progress {
	if a.JSON || !isTerminal(a.Err) {
		return &progress{}
	}
	p := &progress{done: make(chan struct{}), gone: make(chan struct{})}
	p.bar = progressbar.NewOptions(-1, progressbar.OptionSetWriter(a.Err), progressbar.OptionSetDescription(what),
		progressbar.OptionSpinnerType(14), progressbar.OptionShowCount(), progressbar.OptionClearOnFinish())
	go p.turn()
	return p
}

// turn keeps the line moving until it is ended.
func (p *progress) turn() {
	defer close(p.gone)
	tick := time.NewTicker(200 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			p.bar.RenderBlank()
		case <-p.done:
			p.bar.Finish()
			return
		}
	}
}

// step says how many are done by now.
func (p *progress) step(n int) {
	if p.bar != nil {
		p.bar.Set(n)
	}
}

// end takes the line away.
func (p *progress) end() {
	if p.bar != nil {
		close(p.done)
		<-p.gone
	}
}
