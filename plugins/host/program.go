package host

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"holdfast/engine/fault"
)

// Prefix begins the file name of every third party's channel.
const Prefix = "holdfast-channel-"

// Program is an executable with the SHA-256 that it must have.
type Program struct {
	Path     string
	Checksum []byte
}

// Self is the running program. Call it once at start: a file replaced later is
// then refused until the service is started again.
func Self() (Program, error) {
	path, err := os.Executable()
	if err != nil {
		return Program{}, fault.New(fault.Unknown, "find the own executable: %w", err)
	}
	path, err = filepath.EvalSymlinks(path)
	if err != nil {
		return Program{}, fault.New(fault.Unknown, "find the own executable: %w", err)
	}
	sum, err := Sum(path)
	return Program{Path: path, Checksum: sum}, err
}

// Sum returns the SHA-256 of a file.
func Sum(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fault.New(fault.NotFound, "read the executable: %w", err)
	}
	defer f.Close()
	return sumOf(f)
}

// Own returns the config by which the program serves its own channel to
// itself, as `holdfast channel serve NAME`.
func (p Program) Own(name string) Config {
	return Config{Name: name, Command: []string{p.Path, "channel", "serve", name}, Checksum: p.Checksum}
}

// ThirdParty returns the config of the executable holdfast-channel-NAME in
// folder, pinned by its SHA-256 in hex.
func ThirdParty(folder, name, sum string) (Config, error) {
	checksum, err := hex.DecodeString(strings.TrimSpace(sum))
	if err != nil || len(checksum) != sha256.Size {
		return Config{}, fault.New(fault.Invalid, "channel %s: %q is no SHA-256 in hex", name, sum).
			WithCure("put the output of `sha256sum %s` into the config", Prefix+name)
	}
	if err := named(name); err != nil {
		return Config{}, err
	}
	folder, err = filepath.Abs(folder)
	if err != nil {
		return Config{}, fault.New(fault.Invalid, "folder of channels: %w", err)
	}
	return Config{Name: name, Command: []string{filepath.Join(folder, Prefix+name+suffix())}, Checksum: checksum, Folder: folder}, nil
}

// suffix ends the file name of an executable.
func suffix() string {
	if runtime.GOOS == "windows" {
		return ".exe"
	}
	return ""
}
