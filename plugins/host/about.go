package host

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"holdfast/engine/fault"
	"holdfast/plugins/proto"
)

// About is how a channel describes itself.
type About struct {
	Name       string          `json:"name"`
	Version    string          `json:"version"`
	Medium     string          `json:"medium"` // email, sms, voice, letter, chat or file
	Repeatable bool            `json:"repeatable"`
	Lookup     bool            `json:"lookup"`
	Events     bool            `json:"events"`
	Schema     json.RawMessage `json:"schema,omitempty"` // JSON Schema of the settings, as the channel wrote it; may be empty
}

// Problem is one thing wrong with a channel's settings.
type Problem struct {
	Key  string // the setting, "" for the whole
	Text string
	Cure string
}

// SettingsError lists what a channel says about its settings. It comes inside
// a fault.Invalid; errors.As finds it.
type SettingsError struct {
	Channel  string
	Problems []Problem
}

// Error writes one problem after the other.
func (e *SettingsError) Error() string {
	parts := make([]string, len(e.Problems))
	for i, p := range e.Problems {
		parts[i] = strings.TrimSpace(p.Key + " " + p.Text)
		if p.Cure != "" {
			parts[i] += "; " + p.Cure
		}
	}
	return fmt.Sprintf("settings of channel %s: %s", e.Channel, strings.Join(parts, " · "))
}

// describe asks a channel what it is and refuses what is not the one meant.
func describe(ctx context.Context, cfg Config, client proto.ChannelClient) (About, error) {
	ctx, cancel := context.WithTimeout(ctx, cfg.Deadlines.Configure)
	defer cancel()
	d, err := client.Describe(ctx, &proto.DescribeRequest{})
	if err != nil {
		return About{}, fault.New(fault.Transient, "channel %s does not describe itself: %s", cfg.Name, tidy(err.Error(), cfg.Secrets)).
			WithCure("see the log for what it says")
	}
	if d.ContractVersion != proto.ContractVersion {
		return About{}, fault.New(fault.Unsupported, "channel %s speaks version %d of the contract, this program version %d",
			cfg.Name, d.ContractVersion, proto.ContractVersion).WithCure("install a channel built for version %d", proto.ContractVersion)
	}
	if d.Name != cfg.Name {
		return About{}, fault.New(fault.Invalid, "channel %s describes itself as %q", cfg.Name, tidy(d.Name, nil)).
			WithCure("use the name it has, or the program that was meant")
	}
	return About{
		Name: d.Name, Version: tidy(d.Version, nil), Medium: tidy(d.Medium, nil), Schema: d.SettingsSchema,
		Repeatable: d.Capabilities.GetRepeatable(), Lookup: d.Capabilities.GetLookup(), Events: d.Capabilities.GetEvents(),
	}, nil
}

// configure hands the settings over.
func configure(ctx context.Context, cfg Config, client proto.ChannelClient) error {
	ctx, cancel := context.WithTimeout(ctx, cfg.Deadlines.Configure)
	defer cancel()
	answer, err := client.Configure(ctx, &proto.ConfigureRequest{
		Settings: cfg.Settings, WorkFolder: cfg.Dir, Proxy: cfg.Proxy, NoProxy: cfg.NoProxy, CaFile: cfg.CAFile,
	})
	if err != nil {
		return fault.New(fault.Transient, "channel %s does not take its settings: %s", cfg.Name, tidy(err.Error(), cfg.Secrets))
	}
	if len(answer.Problems) == 0 {
		return nil
	}
	list := &SettingsError{Channel: cfg.Name}
	for _, p := range answer.Problems {
		list.Problems = append(list.Problems, Problem{
			Key: tidy(p.Key, cfg.Secrets), Text: tidy(p.Text, cfg.Secrets), Cure: tidy(p.Cure, cfg.Secrets),
		})
	}
	return fault.New(fault.Invalid, "%w", list)
}
