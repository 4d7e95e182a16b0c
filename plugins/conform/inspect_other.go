//go:build !linux

package conform

import "errors"

// What these systems do not show; the checks that ask are skipped.

func peakMemory(int) (int64, error)              { return 0, errors.ErrUnsupported }
func descriptors(int) (int, error)               { return 0, errors.ErrUnsupported }
func foreignSockets(int, bool) ([]string, error) { return nil, errors.ErrUnsupported }
