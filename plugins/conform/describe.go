package conform

import (
	"context"
	"os"
	"regexp"
	"time"

	gproto "google.golang.org/protobuf/proto"

	"holdfast/plugins/proto"
)

func describeChecks() []Check {
	return []Check{
		{Name: "answers", base: true, Promise: "Describe answers before Configure, within 5 s.",
			Cure: "answer Describe from what the program knows of itself", run: answersDescribe},
		{Name: "same", Promise: "Describe says the same each time.",
			Cure: "answer the same always: the host asks at every start", run: sameDescription},
		{Name: "touches-nothing", Promise: "Describe leaves nothing in the work folder.",
			Cure: "make files in Configure", run: touchesNothing},
		{Name: "contract", Promise: "It speaks version 1 of the contract.",
			Cure: "answer contract_version = 1", run: contractVersion},
		{Name: "name", Promise: "It has the name that its file has behind holdfast-channel-.",
			Cure: "rename the file, or the channel: the host refuses another name", run: rightName},
		{Name: "name-form", Promise: "Its name is small letters, digits and dashes, at most 40.",
			Cure: "people write it into the config: keep it plain", run: nameForm},
		{Name: "version", Promise: "Its version is of the form 1.2.3.",
			Cure: "count versions as semver.org says", run: versionForm},
		{Name: "medium", Promise: "Its medium is email, sms, voice, letter, chat or file.",
			Cure: "say what a person would call it; sequences choose by it", run: knownMedium},
		{Name: "schema", base: true, Promise: "The schema of its settings is a JSON object that describes an object.",
			Cure: `answer {"type": "object", "additionalProperties": false, "properties": {}} where there are no settings`, run: schemaObject},
		{Name: "schema-valid", Promise: "The schema keeps the rules of JSON Schema and refers to nothing outside itself.",
			Cure: "see what is wrong with it; the host refuses the channel", run: schemaValid},
		{Name: "schema-draft", Promise: "The schema is of draft 2020-12.",
			Cure: `write "$schema": "https://json-schema.org/draft/2020-12/schema"`, run: schemaDraft},
		{Name: "schema-closed", Promise: "The schema allows no setting that it does not name.",
			Cure: `write "additionalProperties": false`, run: schemaClosed},
		{Name: "schema-types", Promise: "The schema says of each setting what its values are.",
			Cure: "give each property a type or an enum", run: schemaTypes},
		{Name: "schema-words", Promise: "The schema describes each setting that its name does not explain.",
			Cure: "give most properties a description: it is what people see in errors", run: schemaWords},
		{Name: "schema-required", Promise: "The schema requires only settings that it names.",
			Cure: "name in properties what stands in required", run: schemaRequired},
		{Name: "schema-secrets", Promise: `A password, token, secret or key is marked "writeOnly": true.`,
			Cure: "mark it: only marked values are kept out of logs", run: schemaSecrets},
	}
}

func answersDescribe(ctx context.Context, b *bench) verdict {
	s, err := b.unconfigured(ctx)
	if err != nil {
		return fail("%v", err)
	}
	began := time.Now()
	about, err := s.describe(ctx)
	if err != nil {
		b.broken = "it does not describe itself"
		return fail("%v", err)
	}
	b.about = about
	if took := time.Since(began); took > 5*time.Second {
		return fail("it took %s", took.Round(time.Millisecond))
	}
	return pass("%s %s, medium %s", about.Name, about.Version, about.Medium)
}

func sameDescription(ctx context.Context, b *bench) verdict {
	s, err := b.unconfigured(ctx)
	if err != nil {
		return fail("%v", err)
	}
	second, err := s.describe(ctx)
	if err != nil {
		return fail("the second time: %v", err)
	}
	other, err := b.fresh(ctx)
	defer other.drop()
	if err != nil {
		return fail("the second start: %v", err)
	}
	third, err := other.describe(ctx)
	if err != nil {
		return fail("after a second start: %v", err)
	}
	if !gproto.Equal(b.about, second) || !gproto.Equal(b.about, third) {
		return fail("first %v, then %v, after another start %v", b.about, second, third)
	}
	return pass("three times the same")
}

func touchesNothing(ctx context.Context, b *bench) verdict {
	s, err := b.fresh(ctx)
	defer s.drop()
	if err == nil {
		_, err = s.describe(ctx)
	}
	if err != nil {
		return fail("%v", err)
	}
	entries, err := os.ReadDir(s.folder)
	if err != nil {
		return fail("the work folder is gone: %v", err)
	}
	if len(entries) > 0 {
		return fail("it made %s", entries[0].Name())
	}
	return pass("the work folder is empty")
}

func contractVersion(_ context.Context, b *bench) verdict {
	if v := b.about.ContractVersion; v != proto.ContractVersion {
		return fail("it speaks version %d", v)
	}
	return pass("1")
}

func rightName(_ context.Context, b *bench) verdict {
	switch {
	case b.opts.Name == "":
		return fail("the file is not called %sNAME, so that the host would not find it; the channel is called %q", Prefix, b.about.Name)
	case b.opts.Name != b.about.Name:
		return fail("the file says %q, the channel %q", b.opts.Name, b.about.Name)
	}
	return pass("%s", b.about.Name)
}

var (
	goodName    = regexp.MustCompile(`^[a-z][a-z0-9-]{0,39}$`)
	goodVersion = regexp.MustCompile(`^\d+\.\d+\.\d+([-+][0-9A-Za-z.+-]+)?$`)
)

func nameForm(_ context.Context, b *bench) verdict {
	if !goodName.MatchString(b.about.Name) {
		return fail("%q", b.about.Name)
	}
	return pass("%s", b.about.Name)
}

func versionForm(_ context.Context, b *bench) verdict {
	if !goodVersion.MatchString(b.about.Version) {
		return fail("%q", b.about.Version)
	}
	return pass("%s", b.about.Version)
}

func knownMedium(_ context.Context, b *bench) verdict {
	if !b.media("email", "sms", "voice", "letter", "chat", "file") {
		return fail("%q", b.about.Medium)
	}
	return pass("%s", b.about.Medium)
}
