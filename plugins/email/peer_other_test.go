//go:build !linux

package email_test

import "os/exec"

func endWithUs(*exec.Cmd) {}
