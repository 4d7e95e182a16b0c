package conform

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"holdfast/plugins/proto"
)

func settingsChecks() []Check {
	return []Check{
		{Name: "empty", Promise: "No settings at all are answered: with problems, or with none where it needs none.",
			Cure: "answer problems; a gRPC error is for what is no setting's fault", run: emptySettings},
		{Name: "unknown", Promise: "A setting that it does not know is a problem that names the key.",
			Cure: "refuse unknown keys: most of them are misspelt ones", run: unknownSetting},
		{Name: "wrong-type", Promise: "A value of the wrong type is a problem that names the key.",
			Cure: "check the type of each setting", run: wrongType},
		{Name: "missing", Promise: "Each required setting that is missing is a problem.",
			Cure: "check in Configure what the schema requires", run: missingSetting},
		{Name: "no-object", Promise: "Settings that are no JSON object are refused, and the process lives.",
			Cure: "answer a problem with an empty key", run: noObject},
		{Name: "problems", Promise: "Every problem says what is wrong and how to mend it, each in a line.",
			Cure: "fill text and cure: a person reads them at check", run: wholeProblems},
		{Name: "right", base: true, Promise: "The given settings are taken.",
			Cure: "mend the settings, or the channel", run: rightSettings},
		{Name: "fit", Promise: "The given settings fit the schema, by which the host checks them first.", needs: settings,
			Cure: "let the schema say what Configure takes", run: settingsFit},
		{Name: "again", Promise: "The same work folder and settings are taken again by the next start.", needs: settings,
			Cure: "open what is there already", run: settingsAgain},
		{Name: "offline", Promise: "Configure connects to nobody.", needs: settings | linux,
			Cure: "connect in Health and Send: check must work without the network", run: offline},
		{Name: "describe-after", Promise: "Describe answers after Configure as it did before.", needs: settings,
			Cure: "let settings change nothing of what it says of itself", run: describeAfter},
	}
}

// tried hands settings to a new process and returns its problems.
func (b *bench) tried(ctx context.Context, settings []byte) ([]*proto.Problem, error) {
	s, err := b.fresh(ctx)
	defer s.drop()
	if err != nil {
		return nil, err
	}
	problems, err := s.configure(ctx, settings)
	if err == nil && s.gone() {
		err = fmt.Errorf("the process ended; %s", s.lastWords())
	}
	b.problems = append(b.problems, problems...)
	return problems, err
}

func emptySettings(ctx context.Context, b *bench) verdict {
	problems, err := b.tried(ctx, []byte("{}"))
	if err != nil {
		return fail("%v", err)
	}
	return pass("%s", said(problems))
}

// said writes the first of some problems.
func said(problems []*proto.Problem) string {
	if len(problems) == 0 {
		return "no problem"
	}
	return strings.TrimSpace(problems[0].Key + " " + problems[0].Text)
}

func unknownSetting(ctx context.Context, b *bench) verdict {
	return b.named(ctx, "no_such_setting", with(b.settingsJSON(), "no_such_setting", 1))
}

// named tries settings that are wrong at a key.
func (b *bench) named(ctx context.Context, key string, settings []byte) verdict {
	problems, err := b.tried(ctx, settings)
	if err != nil {
		return fail("%v", err)
	}
	if !slices.ContainsFunc(problems, func(p *proto.Problem) bool { return p.Key == key }) {
		return fail("no problem names %s: %s", key, said(problems))
	}
	return pass("%s", said(problems))
}

// fewSettings is how many are tried without --full: each takes a start.
const fewSettings = 5

func wrongType(ctx context.Context, b *bench) verdict {
	tried := 0
	for _, name := range b.schema.names() {
		value, ok := b.schema.Properties[name].wrong()
		if !ok {
			continue
		}
		if tried == fewSettings && !b.opts.Full {
			break
		}
		tried++
		if v := b.named(ctx, name, with(b.settingsJSON(), name, value)); v.state != Passed {
			return v
		}
	}
	if tried == 0 {
		return skip("there is no setting of a plain type")
	}
	return pass("%d of %d settings tried", tried, len(b.schema.Properties))
}

func missingSetting(ctx context.Context, b *bench) verdict {
	for _, name := range b.schema.Required {
		var rest map[string]json.RawMessage
		if err := json.Unmarshal(b.settingsJSON(), &rest); err != nil {
			return fail("the settings are no JSON object: %v", err)
		}
		delete(rest, name)
		text, err := json.Marshal(rest)
		if err != nil {
			return fail("%v", err)
		}
		if v := b.named(ctx, name, text); v.state != Passed {
			return v
		}
	}
	if len(b.schema.Required) == 0 {
		return skip("no setting is required")
	}
	return pass("%s", strings.Join(b.schema.Required, ", "))
}

func noObject(ctx context.Context, b *bench) verdict {
	for _, text := range []string{`[]`, `"text"`, `{"a":`} {
		problems, err := b.tried(ctx, []byte(text))
		if err != nil {
			return fail("%s: %v", text, err)
		}
		if len(problems) == 0 {
			return fail("%s is taken", text)
		}
	}
	return pass("refused")
}

func wholeProblems(_ context.Context, b *bench) verdict {
	if len(b.problems) == 0 {
		return skip("there was no problem to look at")
	}
	for _, p := range b.problems {
		switch {
		case strings.TrimSpace(p.Text) == "":
			return fail("%q: no text", p.Key)
		case strings.TrimSpace(p.Cure) == "":
			return fail("%s %s: no cure", p.Key, p.Text)
		case strings.ContainsAny(p.Text+p.Cure, "\r\n"):
			return fail("%s: more than a line", p.Key)
		}
	}
	return pass("%d looked at", len(b.problems))
}

func rightSettings(ctx context.Context, b *bench) verdict {
	switch why := b.unsettled(ctx); {
	case why == "":
		return pass("no problem")
	case why == noSettings:
		return skip("%s", why)
	default:
		return fail("%s", why)
	}
}

func settingsFit(_ context.Context, b *bench) verdict {
	s, err := compiled(b.about.SettingsSchema)
	if err != nil {
		return fail("%v", err)
	}
	given, err := jsonschema.UnmarshalJSON(bytes.NewReader(b.settingsJSON()))
	if err != nil {
		return fail("%v", err)
	}
	if err := s.Validate(given); err != nil {
		return fail("%v", err)
	}
	return pass("they fit")
}

func settingsAgain(ctx context.Context, b *bench) verdict {
	if err := b.again(ctx, false); err != nil {
		return fail("%v", err)
	}
	return pass("taken again")
}

func offline(ctx context.Context, b *bench) verdict {
	if err := b.again(ctx, false); err != nil {
		return fail("%v", err)
	}
	list, err := foreignSockets(b.live.proc.pid(), false)
	if err != nil {
		return skip("cannot be seen: %v", err)
	}
	if len(list) > 0 {
		return fail("it is connected to %s", strings.Join(list, ", "))
	}
	return pass("no connection to another machine")
}

func describeAfter(ctx context.Context, b *bench) verdict {
	about, err := b.live.describe(ctx)
	if err != nil {
		return fail("%v", err)
	}
	if about.Name != b.about.Name || about.Medium != b.about.Medium || about.Capabilities.String() != b.about.Capabilities.String() {
		return fail("now %s, medium %s, %s", about.Name, about.Medium, about.Capabilities)
	}
	return pass("the same")
}
