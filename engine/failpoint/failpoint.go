// Package failpoint names the lines of the program after which a kill hurts
// most. In a build with the tag failpoint the process kills itself there, once,
// where a file beside the executable says so; in every other build nothing is
// left of it.
package failpoint

// Point is one line at which a process can be made to die.
type Point string

// The points on a message's way out, in their order. The first five are the
// program's, the others its channel's.
const (
	Reserved  Point = "reserved"  // taken out of the outbox, nothing said
	Looked    Point = "looked"    // the last look let it go
	Handed    Point = "handed"    // the intent is on disk, the channel not called
	Answered  Point = "answered"  // the channel has answered, nothing on disk
	Settled   Point = "settled"   // the outcome is on disk
	Intended  Point = "intended"  // the channel's record has the key, nothing has left
	Delivered Point = "delivered" // the provider took it, the record does not know
	Recorded  Point = "recorded"  // the record knows, the program was not answered
)

// Points lists every point.
var Points = []Point{Reserved, Looked, Handed, Answered, Settled, Intended, Delivered, Recorded}

// FileName is the file beside the executable that says where to die: a point, a
// blank, and at which time of passing it, from 1. It is renamed before.
const FileName = "failpoint.txt"
