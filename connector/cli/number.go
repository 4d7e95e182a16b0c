package cli

import "strconv"

// itoa writes a number for a cell.
func itoa(n int64) string { return strconv.FormatInt(n, 10) }
