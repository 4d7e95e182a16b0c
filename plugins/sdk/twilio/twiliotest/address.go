package twiliotest

import (
	"fmt"
	"net"
	"os"
	"sync/atomic"
	"testing"
)

// nextPort is where FreeAddress looks next.
var nextPort atomic.Int32

// FreeAddress is one on loopback that nobody has just now, for webhooks. It lies
// below the ports that systems give to connections, so that none takes it between
// two processes of a channel.
func FreeAddress(t testing.TB) string {
	t.Helper()
	for range 1000 {
		address := fmt.Sprintf("127.0.0.1:%d", 20000+(os.Getpid()*37+int(nextPort.Add(1)))%12000)
		if l, err := net.Listen("tcp", address); err == nil {
			_ = l.Close()
			return address
		}
	}
	t.Fatal("there is no free port")
	return ""
}
