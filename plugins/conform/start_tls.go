package conform

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"net"
	"strings"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/credentials/insecure"

	"holdfast/plugins/proto"
)

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
