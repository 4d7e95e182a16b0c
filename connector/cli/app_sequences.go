package cli

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"holdfast/engine/message"
	"holdfast/engine/policy"
	"holdfast/engine/sequence"
)

// loadSequences reads the config's own sequences, or the shipped ones.
func (a *App) loadSequences() ([]*sequence.Sequence, error) {
	folder, label := sequence.Library(), "shipped"
	if a.config.Sequences != "" {
		folder, label = os.DirFS(a.config.Sequences), a.config.Sequences
	}
	all, problems := sequence.Load(folder, label, a.Parts.Steps)
	if err := problems.Err(); err != nil {
		return nil, usage("%w", err)
	}
	if len(all) == 0 {
		return nil, usage("there is no sequence in %s", label).WithCure("put *.toml files there, or leave sequences out of the config to use what is shipped")
	}
	return all, nil
}

// loadPacks reads the shipped contact rules and, over them, the config's own.
func (a *App) loadPacks() (*policy.Packs, error) {
	var site fs.FS
	if a.config.Policies != "" {
		site = os.DirFS(a.config.Policies)
	}
	packs, problems := policy.Load(site)
	for i := range problems {
		if !strings.HasPrefix(problems[i].File, "shipped") {
			problems[i].File = filepath.Join(a.config.Policies, problems[i].File)
		}
	}
	if err := problems.Err(); err != nil {
		return nil, usage("%w", err)
	}
	return packs, nil
}

// loadTemplates reads the shipped templates and, over them, the config's own.
func (a *App) loadTemplates() (*message.Templates, error) {
	var site fs.FS
	if a.config.Templates != "" {
		site = os.DirFS(a.config.Templates)
	}
	t, err := message.New(site)
	if err != nil {
		return nil, usage("templates: %w", err)
	}
	return t, nil
}

// pinned returns the versions of sequences that subjects may be pinned to, as
// the state has kept them. Where effects are meant, those of today are kept.
func (b *builder) pinned(ctx context.Context) ([]*sequence.Sequence, error) {
	if b.options.Effects {
		for _, s := range b.current {
			if err := b.store.KeepSequence(ctx, s.Name, s.Hash, s.Source, time.Now()); err != nil {
				return nil, err
			}
		}
	}
	versions, err := b.store.Sequences(ctx)
	if err != nil {
		return nil, err
	}
	var all []*sequence.Sequence
	var unread []error
	for _, v := range versions {
		s, problems := sequence.Parse(v.Name, v.Source, b.Parts.Steps)
		if err := problems.Err(); err != nil {
			unread = append(unread, err)
			continue
		}
		all = append(all, s)
	}
	if err := errors.Join(unread...); err != nil {
		b.Log().Warn("an earlier version of a sequence cannot be read any more", "because", err)
	}
	return all, nil
}
