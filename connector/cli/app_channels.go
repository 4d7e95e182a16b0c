package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"holdfast/connector/config"
	"holdfast/engine/cycle"
	"holdfast/engine/fault"
	"holdfast/plugins/host"
)

// Lanes launches every channel that a company uses. closeAll ends them.
func (a *App) Lanes(ctx context.Context) (lanes map[string]cycle.Lane, closeAll func(), err error) {
	lanes = map[string]cycle.Lane{}
	var open []*host.Channel
	closeAll = func() {
		for _, c := range open {
			c.Close()
		}
	}
	for i := range a.config.Channel {
		c := &a.config.Channel[i]
		if !used(a.config, c.Name) {
			continue
		}
		channel, err := a.lasting(ctx, c)
		if err != nil {
			closeAll()
			return nil, nil, fault.Wrap("start channel "+c.Name, err)
		}
		open = append(open, channel)
		lane := cycle.Lane{Channel: channel, InFlight: c.InFlight, Local: c.Type == fileChannel, Hold: c.Uncertain == "hold"}
		if c.Rate > 0 {
			lane.Every = time.Minute / time.Duration(c.Rate)
		}
		if c.DomainRate > 0 {
			lane.DomainEvery = time.Minute / time.Duration(c.DomainRate)
		}
		lanes[c.Name] = lane
	}
	return lanes, closeAll, nil
}

// fileChannel is the type of the channel whose messages stay on this machine.
const fileChannel = "file"

// lasting starts a channel for as long as messages leave. One that does not
// start now keeps nothing else waiting: it is started when something wants to
// leave by it. One that is wrong is an error.
func (a *App) lasting(ctx context.Context, c *config.Channel) (*host.Channel, error) {
	dir := filepath.Join(a.config.State, "channels", c.Name)
	channel, err := a.launchChannel(ctx, c, dir)
	if !fault.Is(err, fault.Transient) || ctx.Err() != nil {
		return channel, err
	}
	a.Log().Error("a channel does not start; it is tried again when something is to leave by it", "channel", c.Name, "error", err)
	h, err := a.hostConfig(c, dir)
	if err != nil {
		return nil, err
	}
	return host.Later(h)
}

// hostConfig is the program of a channel with what it is told.
func (a *App) hostConfig(c *config.Channel, dir string) (host.Config, error) {
	h, err := a.program(c)
	if err == nil {
		err = a.handOver(c, &h)
	}
	h.Dir = dir
	return h, err
}

// launchChannel starts one channel and hands it its settings and its own folder.
// The caller closes it.
func (a *App) launchChannel(ctx context.Context, c *config.Channel, dir string) (*host.Channel, error) {
	h, err := a.hostConfig(c, dir)
	if err != nil {
		return nil, err
	}
	channel, err := host.Launch(ctx, h)
	if err != nil {
		return nil, a.atSettings(c, err)
	}
	a.redactor.Add(channel.Secrets()...)
	return channel, nil
}

// program says which executable serves a channel: this one, or another maker's
// in the folder of channels.
func (a *App) program(c *config.Channel) (host.Config, error) {
	builtIn := slices.Contains(a.Parts.Channels, c.Type)
	switch {
	case builtIn && c.Checksum != "":
		return host.Config{}, a.atChannel(c, "checksum", c.Type+" is built in, and a checksum is named",
			"remove it to use ours; another maker's program needs a type of its own")
	case builtIn:
		self, err := a.Parts.Program()
		return self.Own(c.Type), err
	case c.Checksum == "":
		return host.Config{}, a.atChannel(c, "type", c.Type+" is not built in, and no checksum is named",
			"built in are "+join(a.Parts.Channels)+"; for a program in "+a.config.ChannelDir+" see holdfast channel list")
	}
	return host.ThirdParty(a.config.ChannelDir, c.Type, c.Checksum)
}

// handOver puts together what a channel is told.
func (a *App) handOver(c *config.Channel, h *host.Config) error {
	settings, err := c.Settings.Resolve()
	if err != nil {
		return usage("%w", err)
	}
	if h.Settings, err = json.Marshal(settings); err != nil {
		return usage("settings: %w", err)
	}
	if h.Proxy, err = a.config.Proxy.Address(); err != nil {
		return usage("%w", err)
	}
	h.NoProxy, h.CAFile = strings.Join(a.config.Proxy.NoProxy, ","), a.config.Proxy.CAFile
	h.Secrets, h.Logger = a.config.SecretValues(), a.Log()
	h.Deadlines.Send = c.SendTimeout.Duration
	return nil
}

// atSettings names the lines of the config that a channel complains about.
func (a *App) atSettings(c *config.Channel, err error) error {
	var wrong *host.SettingsError
	if !errors.As(err, &wrong) {
		return err
	}
	var problems config.Problems
	for _, p := range wrong.Problems {
		key := a.channelKey(c) + ".settings"
		if p.Key != "" {
			key += "." + p.Key
		}
		problems = append(problems, a.config.Problem(key, p.Text, p.Cure))
	}
	return usage("%w", problems.Err())
}

// atChannel is something wrong with a key of a [[channel]].
func (a *App) atChannel(c *config.Channel, key, what, cure string) error {
	return usage("%w", config.Problems{a.config.Problem(a.channelKey(c)+"."+key, what, cure)}.Err())
}

// channelKey is where a channel stands in the config.
func (a *App) channelKey(c *config.Channel) string {
	i := slices.IndexFunc(a.config.Channel, func(o config.Channel) bool { return o.Name == c.Name })
	return fmt.Sprintf("channel[%d]", i+1)
}
