package conform

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/status"
)

func startChecks() []Check {
	return []Check{
		{Name: "ready", base: true, Promise: "It starts without any environment of the host's and can be spoken to within 20 s.",
			Cure: "print the handshake line and flush it; serve gRPC with the certificate that the line carries", run: ready},
		{Name: "handshake-line", Promise: "The first line on standard output is 1|1|NETWORK|ADDRESS|grpc|CERTIFICATE and nothing else.",
			Cure: "print nothing before it, and these six fields in this order", run: handshakeLine},
		{Name: "address", Promise: "It listens in the folder that PLUGIN_UNIX_SOCKET_DIR names, or on loopback.",
			Cure: "listen on a Unix socket below PLUGIN_UNIX_SOCKET_DIR, or on 127.0.0.1", run: address},
		{Name: "certificate", Promise: "Each start makes a certificate of its own for localhost, valid now.", needs: started,
			Cure: "make key and certificate at start; nothing of them is kept", run: certificate},
		{Name: "stranger", Promise: "Whoever has not the host's certificate is not answered.", needs: started,
			Cure: "require a client certificate and accept only that of PLUGIN_CLIENT_CERT", run: stranger},
		{Name: "plaintext", Promise: "Nobody is answered without TLS.", needs: started,
			Cure: "serve with TLS only", run: plaintext},
		{Name: "alive", Promise: `gRPC's health service says SERVING of the service "plugin".`, needs: started,
			Cure: "register grpc.health.v1.Health beside the channel", run: alive},
		{Name: "listens", Promise: "Before it has settings it listens nowhere but for the host.", needs: started | linux,
			Cure: "open other listeners in Configure, where the settings ask for them", run: listens},
		{Name: "two-at-once", Promise: "Two of it run beside each other, each in its own work folder.", needs: started,
			Cure: "keep locks, sockets and files in the work folder", run: twoAtOnce},
		{Name: "by-hand", Promise: "Started by hand, without the cookie, it says what it is and ends with an error.",
			Cure: "end with exit code 1 and a sentence where HOLDFAST_CHANNEL is not as it must be", run: byHand},
	}
}

func ready(ctx context.Context, b *bench) verdict {
	began := time.Now()
	s, err := b.unconfigured(ctx)
	if err == nil {
		_, err = s.describe(ctx)
	}
	if code := status.Code(err); err != nil && (code == codes.Unavailable || code == codes.DeadlineExceeded || b.idle == nil) {
		b.broken = "it does not start: see ready"
		return fail("%v; %s", err, s.lastWords())
	}
	return pass("after %s", time.Since(began).Round(time.Millisecond))
}

func handshakeLine(ctx context.Context, b *bench) verdict {
	if len(b.outputs) == 0 {
		return fail("it was not started")
	}
	line, whole := b.outputs[0].firstLine()
	fields := strings.Split(strings.TrimRight(line, "\r"), "|")
	switch {
	case !whole:
		return fail("%q has no end", line)
	case len(fields) != 6 && len(fields) != 7: // Go's go-plugin may add one on multiplexing
		return fail("%d fields: %q", len(fields), line)
	case fields[0] != "1" || fields[1] != "1" || fields[4] != "grpc":
		return fail("%q", line)
	}
	return pass("%.60s…", line)
}

func alive(ctx context.Context, b *bench) verdict {
	s, err := b.unconfigured(ctx)
	if err != nil {
		return fail("%v", err)
	}
	answer, err := bounded(ctx, s, b.callWithin(), func(ctx context.Context) (*grpc_health_v1.HealthCheckResponse, error) {
		return grpc_health_v1.NewHealthClient(s.conn).Check(ctx, &grpc_health_v1.HealthCheckRequest{Service: "plugin"})
	})
	if err != nil {
		return fail("%v", err)
	}
	if answer.Status != grpc_health_v1.HealthCheckResponse_SERVING {
		return fail("it says %s", answer.Status)
	}
	return pass("SERVING")
}

func listens(ctx context.Context, b *bench) verdict {
	s, err := b.unconfigured(ctx)
	if err != nil {
		return fail("%v", err)
	}
	list, err := foreignSockets(s.proc.pid(), true)
	if err != nil {
		return skip("cannot be seen: %v", err)
	}
	if len(list) > 0 {
		return fail("it listens on %s", strings.Join(list, ", "))
	}
	return pass("nowhere else")
}

func twoAtOnce(ctx context.Context, b *bench) verdict {
	if _, err := b.unconfigured(ctx); err != nil {
		return fail("%v", err)
	}
	other, err := b.fresh(ctx)
	defer other.drop()
	if err != nil {
		return fail("the second: %v", err)
	}
	if _, err := other.describe(ctx); err != nil {
		return fail("the second: %v", err)
	}
	return pass("both answer")
}

func byHand(ctx context.Context, b *bench) verdict {
	dir, err := b.folder()
	if err != nil {
		return fail("%v", err)
	}
	ctx, cancel := context.WithTimeout(ctx, b.callWithin())
	defer cancel()
	cmd := exec.CommandContext(ctx, b.opts.Command[0], b.opts.Command[1:]...)
	cmd.Env, cmd.Dir, cmd.WaitDelay = append([]string{"TMPDIR=" + dir}, b.opts.Env...), dir, time.Second
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return fail("it still runs after %s", b.callWithin())
	case err == nil:
		return fail("it ends as if all were well")
	case !errors.As(err, &exit):
		return fail("%v", err)
	case len(strings.TrimSpace(string(out))) == 0:
		return fail("it says nothing")
	}
	return pass("%s: %s", fmt.Sprint(exit), oneLine(string(out)))
}
