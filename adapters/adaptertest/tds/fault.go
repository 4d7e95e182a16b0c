package tds

import (
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Faults are put in by what a request says. A request may carry its own fault as
// a comment: /*tds:1205*/ answers with that error, /*tds:drop*/ cuts the
// connection off before it is carried out, /*tds:drop-after*/ when it is, before
// the answer; /*tds:drop-after-commit*/ when the next COMMIT is;
// /*tds:delay=500*/ waits for that many milliseconds.
type Faults struct {
	mu   sync.Mutex
	list []*armed
}

// armed is a fault that waits for its request.
type armed struct {
	substring string
	fault     fault
	left      int
}

// Inject makes the next requests that hold substring, as many as times says, fail
// as the comment /*tds:WHAT*/ would make them. Requests of the protocol itself read
// BEGIN TRANSACTION, COMMIT TRANSACTION and ROLLBACK TRANSACTION.
func (f *Faults) Inject(substring, what string, times int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.list = append(f.list, &armed{substring, readFault("/*tds:" + what + "*/"), times})
}

// fault is what happens to one request.
type fault struct {
	number          int
	drop, dropAfter bool
	dropCommit      bool
	delay           time.Duration
}

// of returns the fault of a request.
func (f *Faults) of(request string) fault {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, a := range f.list {
		if a.left > 0 && strings.Contains(request, a.substring) {
			a.left--
			return a.fault
		}
	}
	return readFault(request)
}

var faultComment = regexp.MustCompile(`/\*tds:([a-z0-9-]+)(?:=(\d+))?\*/`)

// readFault reads the comments of a request.
func readFault(request string) (f fault) {
	for _, m := range faultComment.FindAllStringSubmatch(request, -1) {
		switch m[1] {
		case "drop":
			f.drop = true
		case "drop-after":
			f.dropAfter = true
		case "drop-after-commit":
			f.dropCommit = true
		case "delay":
			n, _ := strconv.Atoi(m[2])
			f.delay = time.Duration(n) * time.Millisecond
		default:
			f.number, _ = strconv.Atoi(m[1])
		}
	}
	return f
}
