package conform

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
)

func schemaObject(_ context.Context, b *bench) verdict {
	if len(b.about.SettingsSchema) == 0 {
		return fail("there is none")
	}
	if err := json.Unmarshal(b.about.SettingsSchema, &b.schema); err != nil {
		return fail("it is no JSON Schema of an object: %v", err)
	}
	if b.schema.Type != "object" {
		return fail("its type is %q", b.schema.Type)
	}
	return pass("%d settings", len(b.schema.Properties))
}

func schemaValid(_ context.Context, b *bench) verdict {
	if _, err := compiled(b.about.SettingsSchema); err != nil {
		return fail("%v", err)
	}
	return pass("it can be used")
}

func schemaDraft(_ context.Context, b *bench) verdict {
	if strings.TrimSuffix(b.schema.Draft, "#") != "https://json-schema.org/draft/2020-12/schema" {
		return fail("$schema is %q", b.schema.Draft)
	}
	return pass("2020-12")
}

func schemaClosed(_ context.Context, b *bench) verdict {
	if b.schema.Additional == nil || *b.schema.Additional {
		return fail("additionalProperties is not false")
	}
	return pass("a misspelt setting is found")
}

func schemaTypes(_ context.Context, b *bench) verdict {
	for _, name := range b.schema.names() {
		if !b.schema.Properties[name].typed() {
			return fail("%s has neither type nor enum", name)
		}
	}
	return pass("all %d", len(b.schema.Properties))
}

func schemaWords(_ context.Context, b *bench) verdict {
	bare := 0
	for _, p := range b.schema.Properties {
		if strings.TrimSpace(p.Description) == "" {
			bare++
		}
	}
	if 2*bare > len(b.schema.Properties) {
		return fail("%d of %d have no description", bare, len(b.schema.Properties))
	}
	return pass("%d of %d", len(b.schema.Properties)-bare, len(b.schema.Properties))
}

func schemaRequired(_ context.Context, b *bench) verdict {
	for _, name := range b.schema.Required {
		if !slices.Contains(b.schema.names(), name) {
			return fail("%s is required and not named", name)
		}
	}
	return pass("%d required", len(b.schema.Required))
}

func schemaSecrets(_ context.Context, b *bench) verdict {
	marked := 0
	for _, name := range b.schema.names() {
		switch p := b.schema.Properties[name]; {
		case p.Secret:
			marked++
		case secretName.MatchString(name) && p.Type != "boolean" && !b.schema.namesSecret(name):
			return fail("%s is not marked", name)
		}
	}
	return pass("%d marked", marked)
}
