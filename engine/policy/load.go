package policy

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"hash"
	"io/fs"
	"slices"
	"strings"

	"holdfast/engine/tomlfile"
)

//go:embed packs/*.toml
var shipped embed.FS

// Shipped returns the folder of the packs that come with the program.
func Shipped() fs.FS {
	sub, err := fs.Sub(shipped, "packs")
	if err != nil {
		panic(err) // the folder is embedded: cannot happen
	}
	return sub
}

// Load reads the shipped packs and a site's *.toml over them: a file of the same
// name replaces the shipped pack. site may be nil. With problems there are no
// packs.
func Load(site fs.FS) (*Packs, tomlfile.Problems) {
	l := loader{packs: map[string]Pack{}, sum: sha256.New()}
	l.folder(Shipped(), "shipped policies/")
	if site != nil {
		l.folder(site, "")
	}
	p := &Packs{}
	for _, name := range tomlfile.Sorted(l.packs) {
		p.list = append(p.list, l.packs[name])
		p.rules = append(p.rules, l.packs[name].Rules...)
	}
	if len(p.rules) > maxRules {
		l.problems = append(l.problems, tomlfile.Problem{
			File: "policies", What: fmt.Sprintf("all packs together have %d rules, and %d is the most", len(p.rules), maxRules),
			Cure: "replace shipped packs that do not concern you by shorter files of the same name",
		})
	}
	if len(l.problems) > 0 {
		return nil, l.problems
	}
	p.hash = hex.EncodeToString(l.sum.Sum(nil)[:8])
	p.index()
	return p, nil
}

// loader collects packs by name; a later one replaces an earlier.
type loader struct {
	packs    map[string]Pack
	problems tomlfile.Problems
	sum      hash.Hash // of all files
}

func (l *loader) folder(folder fs.FS, label string) {
	files, err := fs.Glob(folder, "*.toml")
	if err == nil {
		_, err = fs.Stat(folder, ".")
	}
	if err != nil {
		l.problems = append(l.problems, tomlfile.Problem{File: label, What: err.Error(), Cure: "name a folder of packs that can be read"})
		return
	}
	slices.Sort(files)
	for _, name := range files {
		l.file(folder, label, name)
	}
}

func (l *loader) file(folder fs.FS, label, name string) {
	data, err := fs.ReadFile(folder, name)
	if err != nil {
		l.problems = append(l.problems, tomlfile.Problem{File: label + name, What: err.Error(), Cure: "make the file readable"})
		return
	}
	fmt.Fprintf(l.sum, "%s %d\n%s", name, len(data), data)
	base := strings.TrimSuffix(name, ".toml")
	pack, problems := parse(label+name, base, data)
	l.problems = append(l.problems, problems...)
	l.packs[base] = pack
}
