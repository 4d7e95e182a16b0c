//go:build race

package email_test

// raced says that memory is that of the race detector too.
const raced = true
