package conform

import (
	"errors"
	"os"
)

// askToEnd is not for Windows, which has no such signal.
func askToEnd(*os.Process) error { return errors.ErrUnsupported }
