package host

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"holdfast/engine/fault"
)

// Found is a file in the folder of channels whose name is that of a channel.
type Found struct {
	Name string // of the channel
	Path string
	Sum  []byte // SHA-256; nil where Err is not
	Err  error  // why it would not be started, whatever is pinned
}

// channelName is what a channel may be called: its file and its folders are.
var channelName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]*$`)

// Find returns the channels in a folder in the order of their names, and starts
// none. A folder that is not there holds none.
func Find(folder string) ([]Found, error) {
	entries, err := os.ReadDir(folder)
	if os.IsNotExist(err) {
		return nil, nil
	}
	if err != nil {
		return nil, fault.New(fault.Denied, "read the folder of channels: %w", err).WithCure("let the user who runs holdfast read it")
	}
	var list []Found
	for _, e := range entries {
		name, ok := strings.CutPrefix(e.Name(), Prefix)
		bare, executable := strings.CutSuffix(name, suffix())
		if ok && executable {
			list = append(list, look(folder, bare))
		}
	}
	return list, nil
}

// look opens one file as a start would.
func look(folder, name string) Found {
	f := Found{Name: name, Path: filepath.Join(folder, Prefix+name+suffix())}
	if f.Err = named(name); f.Err != nil {
		return f
	}
	im, err := openImage(folder, f.Path)
	if err != nil {
		f.Err = err
		return f
	}
	defer im.close()
	f.Sum = im.sum
	return f
}

// named refuses what is no name of a channel.
func named(name string) error {
	if channelName.MatchString(name) {
		return nil
	}
	return fault.New(fault.Invalid, "%q is no name of a channel", name).WithCure("use letters, digits, dots, - and _ without blanks")
}
