package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"holdfast/connector/config"
	"holdfast/engine/fault"
)

// checkVerb is `holdfast check`.
type checkVerb struct{}

// Levels of a finding.
const (
	levelError   = "error"   // a start would fail
	levelWarning = "warning" // it works, though hardly as meant
	levelNote    = "note"    // worth knowing
)

// finding is one thing that a person should know before a start.
type finding struct {
	Level string `json:"level"`
	File  string `json:"file"`
	Line  int    `json:"line"`
	Key   string `json:"key"`
	What  string `json:"what"`
	Cure  string `json:"cure"`
}

// checker collects findings.
type checker struct {
	*App
	list  []finding
	files bool // an error is in a file that a person wrote
	fresh bool // there is no state yet
}

// Run looks at everything that a start needs, and changes nothing.
func (v *checkVerb) Run(ctx context.Context, a *App) error {
	c := &checker{App: a, list: []finding{}}
	line := a.progress("checking")
	if c.config() {
		c.sequences()
		c.state(ctx)
		c.channels(ctx)
		c.companies(ctx)
	}
	line.end()
	if err := c.show(); err != nil {
		return err
	}
	return c.verdict()
}

// add notes a finding at a place in the config; key may be empty.
func (c *checker) add(level, key, what, cure string) {
	f := finding{Level: level, Key: key, What: c.redactor.Known(what), Cure: cure}
	if c.App.config != nil {
		p := c.App.config.Problem(key, what, cure)
		f.File, f.Line = p.File, p.Line
	}
	c.list = append(c.list, f)
}

// problems notes what is wrong with files.
func (c *checker) problems(level string, ps config.Problems) {
	c.files = c.files || level == levelError && len(ps) > 0
	for _, p := range ps {
		c.list = append(c.list, finding{level, p.File, p.Line, p.Key, c.redactor.Known(p.What), p.Cure})
	}
}

// failure notes an error at a place in the config: problems of files each for
// themselves.
func (c *checker) failure(key string, err error) {
	if ps := config.ProblemsOf(err); ps != nil {
		c.problems(levelError, ps)
		return
	}
	cure := ""
	what := err.Error()
	var f *fault.Error
	for e := err; errors.As(e, &f); e = f.Err {
		if f.Cure != "" {
			cure = f.Cure
			what = strings.Replace(what, "; "+f.Cure, "", 1)
		}
	}
	c.add(levelError, key, what, cure)
}

// config reads the config; without it nothing else can be looked at.
func (c *checker) config() bool {
	cfg, err := c.Config()
	if err != nil {
		c.failure("", err)
		return false
	}
	c.problems(levelNote, cfg.Warnings)
	return true
}

// state looks at the folder of the state: a damaged one stops a start.
func (c *checker) state(ctx context.Context) {
	dir := c.App.config.State
	if err := writable(dir); err != nil {
		c.add(levelError, "state", err.Error(), "let the user who runs holdfast write to "+dir)
		return
	}
	st, err := c.ReadStore(ctx)
	if fault.Is(err, fault.NotFound) {
		c.fresh = true
		c.add(levelNote, "state", "nothing was read from the ERP yet", "holdfast pull")
		return
	}
	if err != nil {
		c.failure("state", err)
		return
	}
	defer st.Close()
	reason, since, stopped, err := st.Stopped(ctx)
	if err != nil {
		c.failure("state", err)
	} else if stopped {
		c.add(levelNote, "state", fmt.Sprintf("everything is stopped since %s: %s", since.Local().Format("2006-01-02 15:04"), reason), "holdfast resume")
	}
}

// writable reports why files cannot be made in a folder, or in the nearest one
// above it that is there.
func writable(dir string) error {
	for {
		if info, err := os.Stat(dir); err == nil && info.IsDir() {
			break
		}
		up := filepath.Dir(dir)
		if up == dir {
			break
		}
		dir = up
	}
	f, err := os.CreateTemp(dir, ".holdfast-check-*")
	if err != nil {
		return err
	}
	return errors.Join(f.Close(), os.Remove(f.Name()))
}

// show writes the findings.
func (c *checker) show() error {
	if c.JSON {
		return c.WriteJSON(c.list)
	}
	for _, f := range c.list {
		place := ""
		if f.File != "" {
			place = f.File
			if f.Line > 0 {
				place += fmt.Sprintf(":%d", f.Line)
			}
			if f.Key != "" {
				place += " " + f.Key
			}
			place += ": "
		}
		c.Say("%-7s  %s%s", f.Level, place, f.What)
		if f.Cure != "" {
			c.Say("         -> %s", f.Cure)
		}
	}
	return nil
}

// verdict says whether a start would succeed.
func (c *checker) verdict() error {
	bad := 0
	for _, f := range c.list {
		if f.Level == levelError {
			bad++
		}
	}
	if bad > 0 {
		if c.files {
			return usage("a start would fail: %s", count(bad, "error"))
		}
		return failed(fmt.Errorf("a start would fail: %s", count(bad, "error")))
	}
	if !c.JSON {
		c.Say("A start would succeed.")
	}
	return nil
}
