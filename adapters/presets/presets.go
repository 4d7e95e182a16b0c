// Package presets holds what is particular to one ERP, as data: a folder with
// preset.toml and one SQL file per entity, whose column aliases are the
// canonical names. The folders are embedded; a site's own folder goes before.
package presets

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"holdfast/engine/fault"
)

//go:embed */preset.toml */*.sql modes/*/*/*.sql
var embedded embed.FS

// Load reads the preset of a name. A file in siteDir/NAME goes before the
// embedded file of the same name, so that a site changes one query and keeps
// the rest; siteDir may be empty.
func Load(name, siteDir string) (*Preset, error) {
	files, site, err := gather(name, siteDir)
	if err != nil {
		return nil, err
	}
	if files["preset.toml"] == nil {
		return nil, unknownPreset(name, siteDir)
	}
	p, err := decode(files["preset.toml"].where, files["preset.toml"].text)
	if err != nil {
		return nil, err
	}
	p.Site, p.Queries = site, map[string]*Query{}
	for base, f := range files {
		stem, isSQL := strings.CutSuffix(base, ".sql")
		if !isSQL {
			continue
		}
		q, err := parse(stem, f.where, string(f.text))
		if err != nil {
			return nil, err
		}
		p.Queries[stem] = q
	}
	return p, p.validate(files["preset.toml"].where)
}

// List reads every preset, embedded or of the site, in the order of the names.
func List(siteDir string) ([]*Preset, error) {
	names, err := listNames(siteDir)
	if err != nil {
		return nil, err
	}
	list := make([]*Preset, 0, len(names))
	for _, name := range names {
		p, err := Load(name, siteDir)
		if err != nil {
			return nil, err
		}
		list = append(list, p)
	}
	return list, nil
}

// file is one file of a preset with the name that errors show.
type file struct {
	where string
	text  []byte
}

// gather reads the files of a preset, the site's over the embedded ones.
func gather(name, siteDir string) (files map[string]*file, site bool, err error) {
	if name == "" || name != path.Base(name) || strings.ContainsAny(name, `\:`) {
		return nil, false, fault.New(fault.Invalid, "%q is not the name of a preset", name)
	}
	files = map[string]*file{}
	sub, err := fs.Sub(embedded, name)
	if err != nil {
		return nil, false, fault.New(fault.Invalid, "%q is not the name of a preset", name)
	}
	if _, err := readInto(files, sub, "presets/"+name); err != nil || siteDir == "" {
		return files, false, err
	}
	dir := filepath.Join(siteDir, name)
	n, err := readInto(files, os.DirFS(dir), dir)
	return files, n > 0, err
}

// readInto adds the files of a folder and returns how many there were; a
// folder that does not exist has none.
func readInto(files map[string]*file, from fs.FS, where string) (n int, err error) {
	entries, err := fs.ReadDir(from, ".")
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, fault.New(fault.Invalid, "preset folder %s: %w", where, err)
	}
	for _, entry := range entries {
		base := entry.Name()
		if entry.IsDir() || base != "preset.toml" && path.Ext(base) != ".sql" {
			continue
		}
		text, err := fs.ReadFile(from, base)
		if err != nil {
			return n, fault.New(fault.Invalid, "preset file %s/%s: %w", where, base, err)
		}
		files[base] = &file{where: where + "/" + base, text: text}
		n++
	}
	return n, nil
}

func listNames(siteDir string) ([]string, error) {
	var names []string
	add := func(from fs.FS) error {
		found, err := fs.Glob(from, "*/preset.toml")
		for _, f := range found {
			names = append(names, path.Dir(f))
		}
		return err
	}
	if err := add(embedded); err != nil {
		return nil, fmt.Errorf("embedded presets: %w", err)
	}
	if siteDir != "" {
		if err := add(os.DirFS(siteDir)); err != nil {
			return nil, fmt.Errorf("presets of the site: %w", err)
		}
	}
	slices.Sort(names)
	return slices.Compact(names), nil
}

func unknownPreset(name, siteDir string) error {
	names, err := listNames(siteDir)
	if err != nil {
		return err
	}
	return fault.New(fault.NotFound, "there is no preset %q", name).
		WithCure("take one of %s, or copy presets/generic into your presets folder", strings.Join(names, ", "))
}
