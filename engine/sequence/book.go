// Package sequence holds what a company's sequences say and decides, for one
// party on one day, what happens next and why. It reads no clock, no disk and
// no network.
package sequence

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"sort"
	"sync"
	"time"

	"holdfast/engine/tomlfile"
)

// Book is all sequences and the policy of one company together, since rank,
// gap and caps span them. It is safe for use by several goroutines.
type Book struct {
	Sequences []*Sequence // current versions, the highest rank first
	Policy    Policy
	steps     []Step
	versions  map[string]*Sequence // by hash, earlier versions too
	hash      string
	zones     sync.Map // time zone name → *time.Location
}

// NewBook binds sequences to a policy. earlier are versions that subjects may
// still be pinned to. Sequences that could fight over a subject are problems.
func NewBook(current, earlier []*Sequence, policy Policy, steps []Step) (*Book, tomlfile.Problems) {
	b := &Book{Sequences: slices.Clone(current), Policy: policy, steps: steps, versions: map[string]*Sequence{}}
	sort.Slice(b.Sequences, func(i, j int) bool {
		x, y := b.Sequences[i], b.Sequences[j]
		return x.Rank > y.Rank || x.Rank == y.Rank && x.Name < y.Name
	})
	for _, s := range append(slices.Clone(earlier), current...) {
		b.versions[s.Hash] = s
	}
	b.hash = b.fingerprint()
	return b, b.conflicts()
}

// Hash changes whenever the book would decide differently.
func (b *Book) Hash() string { return b.hash }

// Sequence returns the current version of a sequence, nil where there is none
// of that name.
func (b *Book) Sequence(name string) *Sequence {
	for _, s := range b.Sequences {
		if s.Name == name {
			return s
		}
	}
	return nil
}

// version returns the version a position is pinned to, nil where it is gone, or
// where its sequence has no file any more.
func (b *Book) version(p *Position) *Sequence {
	if b.Sequence(p.Sequence) == nil {
		return nil
	}
	return b.versions[p.Hash]
}

// conflicts finds sequences that share a name, or a rank and a subject.
func (b *Book) conflicts() tomlfile.Problems {
	var problems tomlfile.Problems
	for i, s := range b.Sequences {
		for _, o := range b.Sequences[:i] {
			switch {
			case s.Name == o.Name:
				problems = append(problems, s.Problem("name", "two sequences have this name, the other in "+o.File, "rename one"))
			case s.Rank == o.Rank && s.Subject == o.Subject:
				problems = append(problems, s.Problem("rank", fmt.Sprintf("rank %d is also that of %s, and both take the subject %s", s.Rank, o.Name, s.Subject),
					"give each its own rank, so that it is plain who speaks"))
			}
		}
	}
	return problems
}

// fingerprint hashes the sequences and the policy.
func (b *Book) fingerprint() string {
	h := sha256.New()
	for _, s := range b.Sequences {
		fmt.Fprintf(h, "%s %s\n", s.Name, s.Hash)
	}
	p := b.Policy
	zone := p.Zone.String()
	var country string
	if p.Business != nil {
		country = p.Business.Code
	}
	packs := ""
	if p.Packs != nil {
		packs = p.Packs.Hash()
	}
	p.Zone, p.Business, p.Countries, p.Packs = nil, nil, nil, nil
	text, err := json.Marshal(p)
	if err != nil {
		panic(fmt.Sprintf("policy cannot be written as JSON: %v", err)) // plain data: cannot happen
	}
	fmt.Fprintf(h, "%s %s %s %s", zone, country, packs, text)
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// zone returns a time zone by name, the company's where the name is empty or
// unknown.
func (b *Book) zone(name string) *time.Location {
	if name == "" {
		return b.Policy.Zone
	}
	if loc, ok := b.zones.Load(name); ok {
		return loc.(*time.Location)
	}
	loc, err := time.LoadLocation(name)
	if err != nil {
		loc = b.Policy.Zone
	}
	b.zones.Store(name, loc)
	return loc
}
