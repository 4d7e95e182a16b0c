package cli

import (
	"context"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"sync"

	"holdfast/connector/config"
	"holdfast/plugins/host"
)

type channelListVerb struct{}

// States of a channel in the list.
const (
	stateBuiltIn = "built in"
	statePinned  = "pinned"
	stateLoose   = "not pinned"
	stateOther   = "other SHA-256" // than the one in the config
	stateRefused = "refused"       // it would not be started, whatever is pinned
	stateMissing = "missing"       // the config names it and it is not there
	stateBroken  = "broken"        // it is pinned and does not say what it is
)

// channelRow is a channel as programs read it.
type channelRow struct {
	Name    string   `json:"name"`
	Medium  string   `json:"medium"`  // empty where the channel was not asked
	Version string   `json:"version"` // empty where the channel was not asked
	State   string   `json:"state"`   // built in, pinned, not pinned, other SHA-256, refused, missing, broken
	Why     string   `json:"why"`     // it cannot be used; empty where it can
	Path    string   `json:"path"`    // of another maker's program
	SHA256  string   `json:"sha256"`  // of that program
	UsedBy  []string `json:"used_by"` // names of the [[channel]] tables of this type
	Pin     string   `json:"pin"`     // lines for the config, where it is not pinned
}

// Run lists our own channels and those in the folder of channels. Only ours and
// those that are pinned are started, to ask what they are.
func (v *channelListVerb) Run(ctx context.Context, a *App) error {
	cfg, err := a.Config()
	if err != nil {
		return err
	}
	rows, err := a.ownChannels(ctx)
	if err != nil {
		return err
	}
	found, err := host.Find(cfg.ChannelDir)
	if err != nil {
		return err
	}
	for _, f := range found {
		rows = append(rows, a.foundChannel(ctx, f))
	}
	rows = append(rows, missingChannels(cfg, rows)...)
	if a.JSON {
		return a.WriteJSON(rows)
	}
	return a.showChannels(rows)
}

// ownChannels are those that this program serves to itself.
func (a *App) ownChannels(ctx context.Context) ([]channelRow, error) {
	self, err := a.Parts.Program()
	if err != nil {
		return nil, err
	}
	rows := make([]channelRow, len(a.Parts.Channels))
	var asked sync.WaitGroup
	for i, name := range a.Parts.Channels {
		rows[i] = channelRow{Name: name, State: stateBuiltIn, UsedBy: usersOf(a.config, name)}
		asked.Go(func() { rows[i].ask(ctx, self.Own(name)) })
	}
	asked.Wait()
	return rows, nil
}

// foundChannel says what is to be said of a file in the folder of channels.
func (a *App) foundChannel(ctx context.Context, f host.Found) channelRow {
	r := channelRow{Name: f.Name, Path: f.Path, SHA256: hex.EncodeToString(f.Sum), UsedBy: usersOf(a.config, f.Name)}
	sums := sumsOf(a.config, f.Name)
	switch {
	case f.Err != nil:
		r.State, r.Why = stateRefused, f.Err.Error()
	case slices.Contains(a.Parts.Channels, f.Name):
		r.State, r.Why = stateRefused, "this program has a channel "+f.Name+" of its own; give the file another name"
	case slices.Contains(sums, r.SHA256):
		r.State = statePinned
		if cfg, err := host.ThirdParty(a.config.ChannelDir, f.Name, r.SHA256); err != nil {
			r.State, r.Why = stateRefused, err.Error()
		} else {
			r.ask(ctx, cfg)
		}
	case len(sums) > 0:
		r.State, r.Why = stateOther, "the config pins "+strings.Join(sums, ", ")
		r.Pin = fmt.Sprintf("checksum = %q\n", r.SHA256)
	default:
		r.State = stateLoose
		r.Pin = fmt.Sprintf("[[channel]]\nname = %[1]q\ntype = %[1]q\nchecksum = %[2]q\n", f.Name, r.SHA256)
	}
	return r
}

// ask starts a channel and notes what it says of itself.
func (r *channelRow) ask(ctx context.Context, cfg host.Config) {
	about, err := host.Inspect(ctx, cfg)
	if err != nil {
		r.State, r.Why = stateBroken, err.Error()
		return
	}
	r.Medium, r.Version = about.Medium, about.Version
}

// missingChannels are types that the config names and nobody has.
func missingChannels(cfg *config.Config, have []channelRow) []channelRow {
	var rows []channelRow
	for _, c := range cfg.Channel {
		same := func(r channelRow) bool { return r.Name == c.Type }
		if !slices.ContainsFunc(have, same) && !slices.ContainsFunc(rows, same) {
			rows = append(rows, channelRow{
				Name: c.Type, State: stateMissing, UsedBy: usersOf(cfg, c.Type),
				Why: "it is not built in, and there is no " + host.Prefix + c.Type + " in " + cfg.ChannelDir,
			})
		}
	}
	return rows
}

// usersOf names the [[channel]] tables of a type.
func usersOf(cfg *config.Config, kind string) []string {
	names := []string{}
	for _, c := range cfg.Channel {
		if c.Type == kind {
			names = append(names, c.Name)
		}
	}
	return names
}

// sumsOf returns the SHA-256 that the config pins a type to, in lower case.
func sumsOf(cfg *config.Config, kind string) []string {
	var sums []string
	for _, c := range cfg.Channel {
		if sum := strings.ToLower(c.Checksum); c.Type == kind && sum != "" && !slices.Contains(sums, sum) {
			sums = append(sums, sum)
		}
	}
	return sums
}

// showChannels writes the list for a person, and below it what is to be done.
func (a *App) showChannels(rows []channelRow) error {
	var lines [][]string
	for _, r := range rows {
		lines = append(lines, []string{r.Name, r.Medium, r.Version, r.State, strings.Join(r.UsedBy, ", "), r.SHA256})
	}
	columns := []Column{{"Type", false}, {"Medium", false}, {"Version", false}, {"State", false}, {"Used as", false}, {"SHA-256", false}}
	if err := a.Table(columns, lines); err != nil {
		return err
	}
	for _, r := range rows {
		if r.Why != "" {
			a.Say("\n%s: %s", r.Name, r.Why)
		}
		if r.Pin != "" {
			a.Say("\nTo pin %s, if it is the one you mean:\n\n%s", r.Path, strings.TrimSpace(r.Pin))
		}
	}
	return nil
}
