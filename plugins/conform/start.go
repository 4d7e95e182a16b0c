package conform

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"os/exec"
	"strings"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/status"

	"holdfast/plugins/proto"
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

// line returns the fields of the running process's handshake.
func (b *bench) line(ctx context.Context) ([]string, *session, error) {
	s, err := b.unconfigured(ctx)
	if err != nil {
		return nil, s, err
	}
	line, _ := s.proc.said.firstLine()
	fields := strings.Split(strings.TrimSpace(line), "|")
	if len(fields) < 6 {
		return nil, s, errors.New("the handshake line has no six fields")
	}
	return fields, s, nil
}

// heardAddress reports whether the first process wrote a line that could name
// an address.
func (b *bench) heardAddress() bool {
	if len(b.outputs) == 0 {
		return false
	}
	line, _ := b.outputs[0].firstLine()
	return strings.Count(line, "|") >= 4
}

func address(ctx context.Context, b *bench) verdict {
	if b.broken != "" && !b.heardAddress() {
		return skip("it names no address")
	}
	fields, s, err := b.line(ctx)
	if err != nil {
		return fail("%v", err)
	}
	if err := near(s.proc.dir, fields[2], fields[3]); err != nil {
		return fail("%v", err)
	}
	return pass("%s %s", fields[2], fields[3])
}

func certificate(ctx context.Context, b *bench) verdict {
	fields, _, err := b.line(ctx)
	if err != nil {
		return fail("%v", err)
	}
	der, err := base64.RawStdEncoding.DecodeString(fields[5])
	if err != nil {
		return fail("the sixth field is no base64 without padding: %v", err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		return fail("the sixth field is no certificate: %v", err)
	}
	if now := time.Now(); now.Before(cert.NotBefore) || now.After(cert.NotAfter) {
		return fail("valid from %s to %s", cert.NotBefore, cert.NotAfter)
	}
	other, err := b.fresh(ctx)
	defer other.drop()
	if err != nil {
		return fail("a second start: %v", err)
	}
	if line, _ := other.proc.said.firstLine(); strings.Contains(line, fields[5]) {
		return fail("a second start shows the same certificate")
	}
	return pass("%s, another one at the next start", cert.PublicKeyAlgorithm)
}

func stranger(ctx context.Context, b *bench) verdict {
	return b.uninvited(ctx, credentials.NewTLS(&tls.Config{
		InsecureSkipVerify: true, //nolint:gosec // a stranger does not care whom he speaks to
	}))
}

func plaintext(ctx context.Context, b *bench) verdict {
	return b.uninvited(ctx, insecure.NewCredentials())
}

// uninvited speaks to the channel with other credentials than the host's.
func (b *bench) uninvited(ctx context.Context, creds credentials.TransportCredentials) verdict {
	fields, _, err := b.line(ctx)
	if err != nil {
		return fail("%v", err)
	}
	conn, err := grpc.NewClient("passthrough:channel", grpc.WithTransportCredentials(creds),
		grpc.WithContextDialer(func(ctx context.Context, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, fields[2], fields[3])
		}))
	if err != nil {
		return fail("%v", err)
	}
	defer conn.Close()
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	if _, err := proto.NewChannelClient(conn).Describe(ctx, new(proto.DescribeRequest)); err == nil {
		return fail("a stranger was answered")
	}
	return pass("a stranger is not answered")
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
