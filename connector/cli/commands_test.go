package cli

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write docs/commands.md anew below its mark")

// mark ends the part of docs/commands.md that people write.
const mark = "<!-- From here on made from the program's own flags: go test ./connector/cli -run Commands -update -->\n"

// docs/commands.md names every verb with its arguments and flags, as the program
// itself knows them.
func TestCommandsPage(t *testing.T) {
	const page = "../../docs/commands.md"
	content, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	head, got, found := strings.Cut(string(content), mark)
	if !found {
		t.Fatalf("%s has no line\n%s", page, mark)
	}
	want := commandsPage(t)
	if *update {
		if err := os.WriteFile(page, []byte(head+mark+want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s is not what the program says (-program +page); run go test ./connector/cli -run Commands -update\n%s", page, diff)
	}
}

// commandsPage writes every verb that is not hidden.
func commandsPage(t *testing.T) string {
	parser, err := kong.New(&verbs{}, kong.Name("holdfast"))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, leaf := range parser.Model.Leaves(true) {
		writeVerb(&b, leaf)
	}
	return b.String()
}

func writeVerb(b *strings.Builder, leaf *kong.Node) {
	fmt.Fprintf(b, "\n## %s\n\n%s\n", strings.TrimSuffix(leaf.FullPath(), " "), leaf.Help)
	if leaf.Detail != "" {
		fmt.Fprintf(b, "%s\n", leaf.Detail)
	}
	var rows []string
	for _, arg := range leaf.Positional {
		name := strings.ToUpper(arg.Name)
		if !arg.Required {
			name = "[" + name + "]"
		}
		rows = append(rows, fmt.Sprintf("| `%s` | %s |", name, arg.Help))
	}
	for n := leaf; n.Parent != nil; n = n.Parent {
		for _, f := range n.Flags {
			if !f.Hidden {
				rows = append(rows, writeFlag(f))
			}
		}
	}
	if len(rows) > 0 {
		fmt.Fprintf(b, "\n| | |\n|---|---|\n%s\n", strings.Join(rows, "\n"))
	}
}

func writeFlag(f *kong.Flag) string {
	name := "--" + f.Name
	if f.Short != 0 {
		name = "-" + string(f.Short) + ", " + name
	}
	if !f.IsBool() {
		name += " " + f.FormatPlaceHolder()
	}
	help := f.Help
	if f.Required {
		help += " Required."
	}
	return fmt.Sprintf("| `%s` | %s |", name, help)
}
