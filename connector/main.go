// Command holdfast follows a company's receivables: it reads the ERP's own
// database, decides each day what happens next with every account, sends it
// through channels, and holds and releases credit.
package main

import (
	"os"
	_ "time/tzdata" // zones on machines that bring none

	"holdfast/connector/cli"
)

func main() {
	os.Exit(cli.Main(parts(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
