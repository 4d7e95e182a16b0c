package conform

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// groupOf lists the processes of a group, but for its leader.
func groupOf(leader int) []string {
	stats, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		return nil
	}
	var list []string
	for _, path := range stats {
		raw, err := os.ReadFile(path)
		if err != nil {
			continue // it ended meanwhile
		}
		name, rest, _ := strings.Cut(string(raw), ") ")
		fields := strings.Fields(rest)
		if len(fields) < 3 || fields[2] != strconv.Itoa(leader) || strings.HasPrefix(name, strconv.Itoa(leader)+" (") || fields[0] == "Z" {
			continue
		}
		list = append(list, strings.Replace(name, " (", " ", 1))
	}
	return list
}

// peakMemory returns the most memory that a process ever had, in bytes.
func peakMemory(pid int) (int64, error) {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(raw)) {
		if value, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kib, err := strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(value), " kB"), 10, 64)
			return kib << 10, err
		}
	}
	return 0, errors.New("/proc says nothing of its memory")
}

// descriptors counts the open files of a process.
func descriptors(pid int) (int, error) {
	entries, err := os.ReadDir(fmt.Sprintf("/proc/%d/fd", pid))
	return len(entries), err
}

// tcpListen is the state of a socket that listens, in /proc/net/tcp.
const tcpListen = "0A"

// foreignSockets lists the TCP sockets of a process whose own or far address is
// not on loopback: those that listen, or those that are connected.
func foreignSockets(pid int, listening bool) ([]string, error) {
	own, err := socketsOf(pid)
	if err != nil {
		return nil, err
	}
	var list []string
	for _, table := range []string{"tcp", "tcp6"} {
		raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/net/%s", pid, table))
		if err != nil {
			return nil, err
		}
		for scan := bufio.NewScanner(bytes.NewReader(raw)); scan.Scan(); {
			f := strings.Fields(scan.Text())
			if len(f) < 10 || !slices.Contains(own, f[9]) || (f[3] == tcpListen) != listening {
				continue
			}
			end := f[2]
			if listening {
				end = f[1]
			}
			if address, foreign := addressOf(end); foreign {
				list = append(list, address)
			}
		}
	}
	return list, nil
}

// socketsOf lists the inodes of a process's sockets.
func socketsOf(pid int) ([]string, error) {
	dir := fmt.Sprintf("/proc/%d/fd", pid)
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var list []string
	for _, e := range entries {
		link, err := os.Readlink(filepath.Join(dir, e.Name()))
		if inode, ok := strings.CutPrefix(link, "socket:["); err == nil && ok {
			list = append(list, strings.TrimSuffix(inode, "]"))
		}
	}
	return list, nil
}

// addressOf reads an address of /proc/net/tcp, whose words of four bytes stand
// in the machine's order.
func addressOf(text string) (address string, foreign bool) {
	digits, port, _ := strings.Cut(text, ":")
	raw, err := hex.DecodeString(digits)
	if err != nil || len(raw)%4 != 0 {
		return text, true
	}
	for i := 0; i < len(raw); i += 4 {
		slices.Reverse(raw[i : i+4])
	}
	ip := net.IP(raw)
	n, err := strconv.ParseUint(port, 16, 16)
	if err != nil {
		return text, true
	}
	return net.JoinHostPort(ip.String(), strconv.FormatUint(n, 10)), !ip.IsLoopback()
}
