package cli

import (
	"bufio"
	"fmt"
	"os"
	"os/user"
	"strings"

	"holdfast/engine/ar"
)

// person names who calls the command, for the journals: who logged in, where
// sudo was used.
func person() string {
	if name := os.Getenv("SUDO_USER"); name != "" && os.Geteuid() == 0 {
		return name
	}
	u, err := user.Current()
	if err != nil || u.Username == "" {
		return "unknown"
	}
	return u.Username
}

// byPerson is the actor that stands in the journals for what a person did.
func byPerson() string { return ar.ProposedBy(person()) }

// Confirmed asks a question on the terminal and reports whether the answer was
// yes. With the flag --yes it does not ask; without it and without a terminal
// nobody can answer, which is an error of usage.
func (a *App) Confirmed(yes bool, question string) (bool, error) {
	if yes {
		return true, nil
	}
	if !isTerminal(a.In) {
		return false, usage("this asks %q, and nobody can answer here", question).WithCure("run it at a terminal, or add --yes")
	}
	fmt.Fprintf(a.Out, "%s [y/N] ", question)
	answer, _ := bufio.NewReader(a.In).ReadString('\n')
	switch strings.ToLower(strings.TrimSpace(answer)) {
	case "y", "yes":
		return true, nil
	}
	return false, nil
}

// note writes a line for a person beside what a program may read.
func (a *App) note(format string, args ...any) {
	fmt.Fprintf(a.Err, format+"\n", args...)
}
