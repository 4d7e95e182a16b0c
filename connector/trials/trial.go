package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/textproto"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"time"

	"holdfast/connector/smtpsink"
	"holdfast/engine/ar"
	"holdfast/engine/calendar"
	"holdfast/engine/failpoint"
)

// inFlight is how many messages may be on their way at once: what a kill can
// leave in doubt.
const inFlight = 4

// settings say what a trial is.
type settings struct {
	program string // the built holdfast
	dir     string // empty; for state, ERP and config
	sends   int
	kills   int
	seed    uint64
	death   death
}

// trial is one run of sends with its kills.
type trial struct {
	settings
	random *rand.Rand
	day    ar.Day
	erp    *erp
	sink   *smtpsink.Sink
	result Result

	mu      sync.Mutex
	copies  map[string]int    // by Message-ID
	persons map[string]string // recipient by Message-ID
	last    []string          // recipients since the program was started
	arrived chan struct{}     // tells of the first one
	think   time.Duration     // of the server, at most, before it answers
	idle    int               // lives in a row that ended by themselves and sent nothing: what is left is held
}

// run makes the ERP and the mail server, kills the program as often as asked
// while it works, lets it end its work and looks at what came of it.
func run(ctx context.Context, s settings) (Result, error) {
	t := &trial{
		settings: s, random: rand.New(rand.NewPCG(s.seed, 0)), day: nextDay(),
		copies: map[string]int{}, persons: map[string]string{}, think: 20 * time.Millisecond,
	}
	t.result = Result{Seed: s.seed, Sends: s.sends, Hold: s.death.hold, Struck: map[failpoint.Point]int{}}
	var err error
	if t.erp, err = newERP(ctx, s.dir, s.sends, t.day); err != nil {
		return t.result, err
	}
	defer t.erp.db.Close()
	if t.sink, err = smtpsink.Start(0); err != nil {
		return t.result, err
	}
	defer t.sink.Close()
	t.sink.Discard, t.sink.Answer = true, t.take
	if err := t.configure(); err != nil {
		return t.result, err
	}
	for t.result.Kills+t.result.ChannelKills < s.kills && t.unsent() > 0 && t.idle < 2 {
		live := t.life
		if t.death.points {
			live = t.lifeToAPoint
		}
		if err := live(ctx); err != nil {
			return t.result, err
		}
	}
	return t.result, t.conclude(ctx)
}

// nextDay is a weekday after today, since another day is played in one go.
func nextDay() ar.Day {
	day := ar.DayOf(time.Now().UTC()) + 1
	for none := (*calendar.Country)(nil); !none.IsBusinessDay(day); {
		day++
	}
	return day
}

// configure writes the config of the program.
func (t *trial) configure() error {
	text := fmt.Sprintf(`state   = "state"
presets = "presets"

[[erp]]
name   = "main"
preset = "trial"
dsn    = %q

[[channel]]
name      = "mail"
type      = "email"
in_flight = %d
uncertain = %q

[channel.settings]
host        = "127.0.0.1"
port        = %d
tls         = "none"
connections = %d

[[company]]
key      = "1"
erp      = "main"
mode     = "live"
channels = { email = "mail" }
holidays = "none"

[company.sender]
from = "ar@example.com"

[company.deduction]
percent = 0
days    = 0
`, t.erp.path, inFlight, map[bool]string{true: "hold", false: "repeat"}[t.death.hold], t.sink.Port(), inFlight)
	return os.WriteFile(filepath.Join(t.dir, "config.toml"), []byte(text), 0o600)
}

// take notes a mail that the server has taken, and lets its sender wait.
func (t *trial) take(m smtpsink.Mail) error {
	head, err := textproto.NewReader(bufio.NewReader(bytes.NewReader(m.Data))).ReadMIMEHeader()
	if err != nil && err != io.EOF {
		return err
	}
	id := head.Get("Message-Id")
	t.mu.Lock()
	t.copies[id]++
	t.persons[id] = m.To[0]
	t.last = append(t.last, m.To[0])
	if len(t.last) == 1 {
		close(t.arrived)
	}
	wait := time.Duration(t.random.Int64N(int64(t.think)))
	t.mu.Unlock()
	time.Sleep(wait)
	return nil
}

// unsent returns how many messages have not arrived yet.
func (t *trial) unsent() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.sends - len(t.copies)
}

// life starts the program and kills it at a random point: one time in three on
// its way to the first message, else while it sends, sometimes with its channel
// killed before it.
func (t *trial) life(ctx context.Context) error {
	cmd, output := t.start(ctx, t.day)
	if err := cmd.Start(); err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	early := never
	if t.between(0, 3) == 0 {
		early = time.After(time.Duration(t.between(0, 500)) * time.Millisecond)
	}
	select {
	case <-t.arrived:
	case <-early:
	case err := <-ended:
		return t.byItself(err, output)
	}
	for {
		select {
		case err := <-ended:
			return t.byItself(err, output)
		case <-time.After(t.patience()):
		}
		struck := t.strikesChannel() && killChild(cmd.Process.Pid)
		if struck {
			t.result.ChannelKills++
		}
		if t.death.victim == channel {
			continue // the program itself is left alone
		}
		if !struck || t.death.victim == both {
			break
		}
	}
	if err := cmd.Process.Kill(); err != nil {
		return t.byItself(<-ended, output)
	}
	<-ended
	t.result.Kills++
	return t.afterKill(ctx)
}

// strikesChannel reports whether the next kill is the channel's: one in five,
// unless the trial is of one victim.
func (t *trial) strikesChannel() bool {
	switch {
	case !t.sending() || t.death.victim == host || t.result.Kills+t.result.ChannelKills >= t.kills:
		return false
	case t.death.victim != "":
		return true
	}
	return t.between(0, 5) == 0
}

// sending reports whether a message has arrived in this life. A channel that is
// killed before, while it starts, is an error that ends the program.
func (t *trial) sending() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.last) > 0
}

// never is a moment that does not come.
var never <-chan time.Time

// start prepares the program for a new life on a day.
func (t *trial) start(ctx context.Context, day ar.Day) (*exec.Cmd, *bytes.Buffer) {
	t.mu.Lock()
	t.last, t.arrived = nil, make(chan struct{})
	t.mu.Unlock()
	cmd := exec.CommandContext(ctx, t.program, "run", "--once", "--rehearsal", "--as-of", day.String(), "--config", "config.toml")
	var output bytes.Buffer
	cmd.Dir, cmd.Stdout, cmd.Stderr = t.dir, &output, &output
	cmd.WaitDelay = 10 * time.Second // a channel that outlives its host keeps our pipe
	return cmd, &output
}

// between draws a number from low up to and without high.
func (t *trial) between(low, high int) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return low + t.random.IntN(high-low)
}

// patience is how long the program may go on sending, so that what is unsent
// lasts for the kills to come.
func (t *trial) patience() time.Duration {
	left := max(t.kills-t.result.Kills-t.result.ChannelKills, 1)
	share := time.Duration(t.unsent()) * t.think / (2 * inFlight) / time.Duration(left)
	return time.Duration(t.between(0, int(2*share)+int(time.Millisecond)))
}

// afterKill looks at the state that a kill left behind, and now and then lets a
// customer pay in part whose message had just arrived: whoever believes that it
// never left would write to that customer anew.
func (t *trial) afterKill(ctx context.Context) error {
	if err := t.opens(ctx); err != nil {
		return err
	}
	t.mu.Lock()
	last := t.last
	t.mu.Unlock()
	if len(last) == 0 || t.between(0, 4) > 0 {
		return nil
	}
	t.result.Paid++
	return t.erp.payPart(ctx, last[len(last)-1])
}

// byItself takes the end of a life that was not cut off. The program may say
// that something waits for a person.
func (t *trial) byItself(err error, output *bytes.Buffer) error {
	if t.idle++; t.sending() {
		t.idle = 0
	}
	if err == nil {
		return nil
	}
	if exit, ok := err.(*exec.ExitError); ok && exit.ExitCode() == exitPerson {
		return nil
	}
	return fmt.Errorf("the program ended with %w:\n%s", err, output)
}

// exitPerson is the program's word for: done, and something waits for a person.
const exitPerson = 4
