package host

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/hashicorp/go-plugin"

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
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return nil, fault.New(fault.Transient, "read the executable %s: %w", path, err)
	}
	return h.Sum(nil), nil
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
	if name == "" || name != filepath.Base(name) || strings.ContainsAny(name, `/\`) || name[0] == '.' {
		return Config{}, fault.New(fault.Invalid, "%q is no name of a channel", name)
	}
	file := Prefix + name
	if runtime.GOOS == "windows" {
		file += ".exe"
	}
	folder, err = filepath.Abs(folder)
	if err != nil {
		return Config{}, fault.New(fault.Invalid, "folder of channels: %w", err)
	}
	return Config{Name: name, Command: []string{filepath.Join(folder, file)}, Checksum: checksum, Folder: folder}, nil
}

// verify refuses an executable that is not the one meant. It is called right
// before every start.
func verify(cfg Config) error {
	path := cfg.Command[0]
	if cfg.Folder != "" {
		if err := contained(cfg.Folder, path); err != nil {
			return err
		}
	}
	// A hash remembers what it has read, so that each start needs a fresh one.
	ok, err := (&plugin.SecureConfig{Checksum: cfg.Checksum, Hash: sha256.New()}).Check(path)
	if err != nil {
		return fault.New(fault.NotFound, "channel %s: read its executable: %w", cfg.Name, err)
	}
	if !ok {
		return fault.New(fault.Denied, "channel %s: the SHA-256 of %s is not the expected one", cfg.Name, path).
			WithCure("if the file was replaced on purpose, pin its new SHA-256; for Holdfast's own channels start the service again")
	}
	return nil
}

// contained refuses an executable that is a link, lies outside its folder, or
// may be changed by others.
func contained(folder, path string) error {
	info, err := os.Lstat(path)
	if err != nil {
		return fault.New(fault.NotFound, "channel executable: %w", err)
	}
	if !info.Mode().IsRegular() {
		return fault.New(fault.Denied, "%s is a link or no regular file", path).WithCure("put the executable itself there")
	}
	realFolder, err := filepath.EvalSymlinks(folder)
	if err != nil {
		return fault.New(fault.NotFound, "folder of channels: %w", err)
	}
	realPath, err := filepath.EvalSymlinks(path)
	if err != nil {
		return fault.New(fault.NotFound, "channel executable: %w", err)
	}
	if filepath.Dir(realPath) != realFolder {
		return fault.New(fault.Denied, "%s lies outside the folder of channels %s", path, folder).
			WithCure("move the executable into the folder")
	}
	for _, p := range []string{realFolder, realPath} {
		if err := ownedByUs(p); err != nil {
			return err
		}
	}
	return nil
}
