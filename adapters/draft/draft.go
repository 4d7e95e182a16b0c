// Package draft writes the first draft of a preset for an ERP that nobody has
// written one for, from what the database's catalogue says of its tables. It
// guesses by names alone and says so at every line.
package draft

import (
	"fmt"
	"slices"
	"strings"

	"holdfast/adapters"
)

// Draft is what a draft is made of.
type Draft struct {
	Name   string // of the preset
	Engine string
	Tables []adapters.Table
	Schema string // written before the tables' names; empty: none
}

// Files returns the files of the preset's folder by name.
func (d Draft) Files() map[string]string {
	files := map[string]string{"tables.md": d.tables()}
	var guesses []guess
	for _, e := range entities {
		g := d.guess(e)
		guesses = append(guesses, g)
		if g.table.Name != "" || e.needed {
			files[e.name+".sql"] = d.query(g)
		}
	}
	files["preset.toml"] = d.toml(guesses)
	files["README.md"] = d.readme(guesses)
	return files
}

// query writes one SELECT.
func (d Draft) query(g guess) string {
	var b strings.Builder
	b.WriteString("-- DRAFT: guessed from the names of tables and columns, and never run on figures that anybody compared.\n")
	if g.table.Name == "" {
		fmt.Fprintf(&b, "-- No table was found that looks like %s: put the ERP's own in.\n", g.entity.name)
	} else {
		fmt.Fprintf(&b, "-- From %s%s.", g.table.Name, rowsText(g.table.Rows))
		if len(g.others) > 0 {
			fmt.Fprintf(&b, " It might as well be %s: tables.md lists them.", strings.Join(g.others, ", "))
		}
		b.WriteByte('\n')
	}
	b.WriteString("SELECT\n")
	first := true
	for _, c := range g.entity.columns {
		line := d.column(g, c)
		if strings.HasPrefix(line, "--") {
			b.WriteString("\t" + line + "\n")
			continue
		}
		sign := ", "
		if first {
			sign, first = "  ", false
		}
		b.WriteString("\t" + sign + line + "\n")
	}
	b.WriteString(d.from(g))
	return b.String()
}

// column writes one line of the SELECT. One that nobody guessed is a comment,
// unless it is required.
func (d Draft) column(g guess, c column) string {
	source, guessed := g.columns[c.name]
	switch {
	case guessed:
		return fmt.Sprintf("t.%s AS %s -- guessed", d.quote(source.Name), c.name)
	case c.constant != "":
		return fmt.Sprintf("%s AS %s -- CHECK: nothing was found, this is a constant", c.constant, c.name)
	case c.required:
		return fmt.Sprintf("NULL AS %s -- REQUIRED: nothing was found; a pull fails until it is here", c.name)
	}
	return fmt.Sprintf("-- , t.? AS %s", c.name)
}

// from writes the tables and the optional lines.
func (d Draft) from(g guess) string {
	if g.table.Name == "" {
		if d.Engine == "oracle" {
			return "FROM DUAL\n"
		}
		return ""
	}
	as := " AS t"
	if d.Engine == "oracle" {
		as = " t"
	}
	text := "FROM " + d.tableName(g.table) + as + "\nWHERE 1 = 1\n"
	col := func(name string) string { return "t." + d.quote(g.columns[name].Name) }
	has := func(name string) bool { _, ok := g.columns[name]; return ok }
	if g.entity.name == "documents" && has("open") {
		text += "\tAND (\n\t\t" + col("open") + " <> 0\n"
		if has("closed_on") {
			text += "\t\tOR " + col("closed_on") + " >= " + d.day() + " --? closed_since\n"
		}
		text += "\t)\n"
	}
	if has("changed_at") {
		text += "\tAND " + col("changed_at") + " >= :since --? since\n"
	}
	owner := "customer_id"
	if g.entity.name == "customers" {
		owner = "id"
	}
	if has(owner) {
		text += "\tAND " + col(owner) + " IN (:customers) --? customers\n"
	}
	if g.entity.name == "documents" && has("id") {
		text += "\tAND " + col("id") + " IN (:ids) --? ids\n"
	}
	return text
}

// day writes the bind of a day as the engine compares it.
func (d Draft) day() string {
	switch d.Engine {
	case "oracle":
		return "TO_DATE(:closed_since, 'YYYY-MM-DD')"
	case "sqlserver":
		return "CAST(:closed_since AS date)"
	}
	return ":closed_since"
}

func (d Draft) tableName(t adapters.Table) string {
	if d.Schema == "" {
		return d.quote(t.Name)
	}
	return d.quote(d.Schema) + "." + d.quote(t.Name)
}

// quote writes a name as SQL; plain names stay as they are.
func (d Draft) quote(name string) string {
	plain := name != "" && !strings.ContainsFunc(name, func(r rune) bool {
		return r != '_' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (d.Engine == "postgres" || r < 'A' || r > 'Z')
	})
	switch {
	case plain && (name[0] < '0' || name[0] > '9'):
		return name
	case d.Engine == "sqlserver":
		return "[" + strings.ReplaceAll(name, "]", "]]") + "]"
	}
	return `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
}

func rowsText(n int64) string {
	if n <= 0 {
		return ""
	}
	return fmt.Sprintf(", about %d rows", n)
}

// toml writes preset.toml.
func (d Draft) toml(guesses []guess) string {
	var b strings.Builder
	fmt.Fprintf(&b, `# A draft, written from the catalogue of a database. docs/presets.md says what each key means.
name     = %q
title    = "A draft: nobody has checked it"
engine   = %q
versions = []
# live: tried on the ERP; schema: on its tables; source: read in its code; docs: from documents only.
verified = "docs"
sources  = []
limits   = ["It is a draft: every column was guessed by its name."]
# column, database, schema, prefix or session: what keeps companies apart.
company  = "column"

# Holds are not written. See adapters/presets/generic for the files that it takes.
[hold]
level = 0
stops = "nothing that is known"
mode  = "none"

# The ERP's codes and what they are called here. Look at what the column really holds.
[codes.kind]
# IN = "invoice"
# CM = "credit_memo"

# The columns that the queries use; check names each one that is missing.
[fingerprint]
`, d.Name, d.Engine)
	for _, g := range guesses {
		if g.table.Name == "" {
			continue
		}
		var names []string
		for _, c := range g.entity.columns {
			if source, ok := g.columns[c.name]; ok && !slices.Contains(names, source.Name) {
				names = append(names, source.Name)
			}
		}
		for i, name := range names {
			names[i] = fmt.Sprintf("%q", d.quote(name))
		}
		fmt.Fprintf(&b, "%q = [%s]\n", d.tableName(g.table), strings.Join(names, ", "))
	}
	return b.String()
}

// tables lists every table with its columns, for whoever goes on.
func (d Draft) tables() string {
	var b strings.Builder
	fmt.Fprintf(&b, "# Tables\n\nWhat the catalogue says. Keys are marked with *.\n")
	for _, t := range d.Tables {
		fmt.Fprintf(&b, "\n## %s\n\n", t.Name)
		if t.Rows > 0 {
			fmt.Fprintf(&b, "About %d rows.\n\n", t.Rows)
		}
		for _, c := range t.Columns {
			key := ""
			if c.Key {
				key = "*"
			}
			fmt.Fprintf(&b, "- `%s`%s %s\n", c.Name, key, c.Type)
		}
	}
	return b.String()
}

func (d Draft) readme(guesses []guess) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\nA draft. Nothing of it was compared with the ERP.\n\n## What it reads\n\n| entity | table | guessed | others |\n|---|---|---|---|\n", d.Name)
	for _, g := range guesses {
		table := g.table.Name
		if table == "" {
			table = "none found"
		}
		fmt.Fprintf(&b, "| %s | %s | %d of %d columns | %s |\n", g.entity.name, table, len(g.columns), len(g.entity.columns), strings.Join(g.others, ", "))
	}
	b.WriteString(`
## Rights

Write the GRANT statements of the reading login here, and into preset.toml.

## Hold

None. Look for the column that the ERP itself asks before it ships, and say what it really stops.

## Versions

Write which version of the ERP this was drafted on.

## Sources

The database's own catalogue: tables.md.

## Known limits

Everything, until somebody has gone through this list:

1. What is one row of documents: an invoice, or an instalment? Is its id unique, and does it stay?
2. Which sign has a credit memo, and where is money that is not applied yet?
3. Is the open amount a column, and does it follow a part payment at once?
4. Is the due day a column, or does it follow from terms?
5. Which currency are the amounts in?
6. What moves when a payment is booked: is changed_at enough?
7. Drafts, voided rows, other companies: are they left out?

Then: holdfast preset probe, holdfast check, and holdfast report aging beside the ERP's own list of open items.
`)
	return b.String()
}
