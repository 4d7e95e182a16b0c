package dossier

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"holdfast/engine/fault"
)

// Save writes the dossier into a folder of its own below dir, whole or not at
// all: until every file is on disk the folder has another name. It returns
// fault.Conflict where the folder is there already, unless again is set; one
// that is no dossier is never replaced.
func (d *Dossier) Save(dir string, by Maker, again bool) (Manifest, error) {
	files, err := d.Files()
	if err != nil {
		return Manifest{}, err
	}
	slices.SortFunc(files, func(a, b File) int { return cmp.Compare(a.Name, b.Name) })
	m := Manifest{
		Folder: filepath.Join(dir, d.Folder()), Company: d.Creditor.Company, Customer: d.Customer.Account.Customer, Number: d.Customer.Number,
		Name: debtor(&d.Customer), Task: d.Matter.Task, Day: d.Day, By: by.By, At: by.At, Program: by.Program, Files: []Listed{}, Notes: d.Notes(),
	}
	for i := range files {
		m.Files = append(m.Files, Listed{files[i].Name, len(files[i].Data), files[i].SHA()})
	}
	return m, save(m.Folder, append(files, File{manifestFile, m.text()}), again)
}

// save writes files into a folder under another name and then gives it its own.
// What a process that was killed left behind is put right first.
func save(folder string, files []File, again bool) error {
	part, old := beside(folder, ".part"), beside(folder, ".old")
	if err := mend(folder, old); err != nil {
		return err
	}
	if err := free(folder, again); err != nil {
		return err
	}
	if err := os.RemoveAll(part); err != nil {
		return err
	}
	for _, f := range files {
		if err := write(filepath.Join(part, filepath.FromSlash(f.Name)), f.Data); err != nil {
			return errors.Join(err, os.RemoveAll(part))
		}
	}
	if err := os.Rename(folder, old); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.Rename(part, folder); err != nil {
		return errors.Join(err, mend(folder, old))
	}
	return os.RemoveAll(old)
}

// beside is a hidden folder next to a folder.
func beside(folder, ending string) string {
	return filepath.Join(filepath.Dir(folder), "."+filepath.Base(folder)+ending)
}

// mend puts an older dossier back whose place no newer one has taken; else it is
// of no use any more.
func mend(folder, old string) error {
	if _, err := os.Lstat(old); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if _, err := os.Lstat(folder); errors.Is(err, fs.ErrNotExist) {
		return os.Rename(old, folder)
	}
	return os.RemoveAll(old)
}

// free reports fault.Conflict where a folder must not be written.
func free(folder string, again bool) error {
	_, err := os.Lstat(folder)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case !again:
		return fault.New(fault.Conflict, "%s is there already", folder).WithCure("name another folder, or replace it with --force")
	}
	if _, err := os.Lstat(filepath.Join(folder, manifestFile)); err != nil {
		return fault.New(fault.Conflict, "%s has no %s: it is not a dossier, and is left alone", folder, manifestFile).
			WithCure("name another folder")
	}
	return nil
}

// write writes one file to disk, for its owner alone.
func write(path string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}
