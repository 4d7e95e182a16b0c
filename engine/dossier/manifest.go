package dossier

import (
	"bytes"
	"fmt"
	"time"

	"holdfast/engine/ar"
)

// manifestFile lists all other files of a dossier.
const manifestFile = "MANIFEST.txt"

// Manifest says what is in a dossier, who made it and when.
type Manifest struct {
	Folder   string        `json:"folder"`
	Company  string        `json:"company"`
	Customer ar.CustomerID `json:"customer_id"`
	Number   string        `json:"customer_number"`
	Name     string        `json:"customer"`
	Task     int64         `json:"task"`
	Day      ar.Day        `json:"as_of"`
	By       string        `json:"made_by"`
	At       time.Time     `json:"made_at"`
	Program  string        `json:"made_with"`
	Files    []Listed      `json:"files"` // in the order of their names
	Notes    []string      `json:"notes"` // what it lacks, for a person
}

// Listed is one file as a manifest names it.
type Listed struct {
	Name  string `json:"name"`
	Bytes int    `json:"bytes"`
	SHA   string `json:"sha256"`
}

// Maker is who made a dossier, when and with which program.
type Maker struct {
	By      string
	At      time.Time
	Program string
}

// text writes the manifest as `sha256sum --check` reads it: what begins with #
// is for people.
func (m *Manifest) text() []byte {
	var b bytes.Buffer
	head := func(label, text string) { fmt.Fprintf(&b, "# %-9s %s\n", label, oneLine(text)) }
	head("Dossier", "of customer "+join(" ", m.Number, m.Name)+fmt.Sprintf(", task %d of company %s", m.Task, m.Company))
	head("As of", m.Day.String())
	head("Made by", m.By)
	head("Made at", m.At.UTC().Format(time.RFC3339))
	head("Made with", m.Program)
	for _, note := range m.Notes {
		head("Note", note)
	}
	fmt.Fprintf(&b, "#\n# SHA-256 of each file; sha256sum --check %s compares them.\n", manifestFile)
	for _, f := range m.Files {
		fmt.Fprintf(&b, "%s  %s\n", f.SHA, f.Name)
	}
	return b.Bytes()
}

// oneLine keeps a text of the ERP from beginning a line of its own.
func oneLine(text string) string {
	return string(bytes.Join(bytes.Fields([]byte(text)), []byte(" ")))
}
