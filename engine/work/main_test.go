package work_test

import (
	"flag"
	"os"
	"testing"

	"holdfast/plugins/sdk"
)

// TestMain runs many tests at once: they wait more than they work. Started as a
// channel it serves texts.
func TestMain(m *testing.M) {
	if len(os.Args) == 4 && os.Args[1] == "channel" {
		sdk.Serve(&texts{})
		return
	}
	flag.Parse()
	if err := flag.Set("test.parallel", "8"); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}
