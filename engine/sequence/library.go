package sequence

import (
	"embed"
	"io/fs"
	"path"
	"strings"

	"holdfast/engine/tomlfile"
)

//go:embed library/*.toml
var library embed.FS

// Library is the shipped sequence files, one a sequence.
func Library() fs.FS {
	sub, err := fs.Sub(library, "library")
	if err != nil {
		panic(err) // the folder is embedded: cannot happen
	}
	return sub
}

// Load parses every *.toml of a folder, in the order of their names. label is
// put before each file's name in problems.
func Load(folder fs.FS, label string, kinds []Step) ([]*Sequence, tomlfile.Problems) {
	var sequences []*Sequence
	var problems tomlfile.Problems
	entries, err := fs.ReadDir(folder, ".")
	if err != nil {
		return nil, tomlfile.Problems{{File: label, What: err.Error(), Cure: "name a folder that can be read"}}
	}
	for _, entry := range entries {
		if entry.IsDir() || !strings.HasSuffix(entry.Name(), ".toml") {
			continue
		}
		name := path.Join(label, entry.Name())
		data, err := fs.ReadFile(folder, entry.Name())
		if err != nil {
			problems = append(problems, tomlfile.Problem{File: name, What: err.Error(), Cure: "make the file readable"})
			continue
		}
		s, found := Parse(name, data, kinds)
		problems = append(problems, found...)
		if s != nil {
			sequences = append(sequences, s)
		}
	}
	return sequences, problems
}
