package work_test

import (
	"flag"
	"os"
	"testing"
)

// TestMain runs many tests at once: they wait more than they work.
func TestMain(m *testing.M) {
	flag.Parse()
	if err := flag.Set("test.parallel", "8"); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}
