package adaptertest_test

import (
	"testing"

	"holdfast/adapters/adaptertest"
)

func TestSQLite(t *testing.T) { adaptertest.Run(t, adaptertest.SQLite) }

func TestPostgres(t *testing.T) { adaptertest.Run(t, adaptertest.PostgresBench) }

func TestSQLServer(t *testing.T) { adaptertest.Run(t, adaptertest.SQLServer) }

func TestOracle(t *testing.T) { adaptertest.Run(t, adaptertest.Oracle) }
