package sequence

import (
	"embed"
	"io/fs"
)

//go:embed library/cases/*.toml
var cases embed.FS

// Cases is the shipped case files, which say by example what the shipped
// sequences do.
func Cases() fs.FS {
	sub, err := fs.Sub(cases, "library/cases")
	if err != nil {
		panic(err) // the folder is embedded: cannot happen
	}
	return sub
}
