package adaptertest_test

import (
	"flag"
	"os"
	"testing"

	"holdfast/adapters/adaptertest"
)

// The lines that run beside each other wait for locks, timeouts and silent
// servers, and not for a processor.
func TestMain(m *testing.M) {
	flag.Parse()
	asked := false
	flag.Visit(func(f *flag.Flag) { asked = asked || f.Name == "test.parallel" })
	if !asked {
		_ = flag.Set("test.parallel", "8") // the flag is there: this is a test
	}
	os.Exit(m.Run())
}

func TestSQLite(t *testing.T) { adaptertest.Run(t, adaptertest.SQLite) }

func TestPostgres(t *testing.T) { adaptertest.Run(t, adaptertest.PostgresBench) }

func TestSQLServer(t *testing.T) { adaptertest.Run(t, adaptertest.SQLServer) }

func TestOracle(t *testing.T) { adaptertest.Run(t, adaptertest.Oracle) }
