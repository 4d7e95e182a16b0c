package proto

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/reflect/protoreflect"
)

var update = flag.Bool("update", false, "take additions into the frozen contract")

const golden = "testdata/contract-v1.golden"

// TestContractIsFrozen: what contract 1 says, it says for ever. A channel built
// for it years ago must still be understood, so that nothing may be removed,
// renumbered, renamed or given another type. What is added, by a new number, is
// taken into the golden knowingly.
func TestContractIsFrozen(t *testing.T) {
	content, err := os.ReadFile(golden)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	frozen, now := linesOf(string(content)), contract()
	if lost := missing(frozen, now); len(lost) > 0 {
		t.Fatalf("contract 1 is frozen: channels in the field rely on these lines, which are no more in channel.proto.\n"+
			"Add fields with new numbers and leave the old ones as they are; what must differ is contract 2, in a package of its own.\n%s",
			strings.Join(lost, "\n"))
	}
	if *update {
		if err := os.WriteFile(golden, []byte(strings.Join(now, "\n")+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(frozen, now); diff != "" {
		t.Errorf("contract 1 has grown (+). If older hosts and channels may ignore that, and docs/write-a-channel.md says it, take it in:\n"+
			"go test ./plugins/proto -update\n%s", diff)
	}
}

// TestAFrozenLineIsMissed shows that the check above sees each kind of change.
func TestAFrozenLineIsMissed(t *testing.T) {
	now := contract()
	for i, line := range now {
		if lost := missing(now, slices.Delete(slices.Clone(now), i, i+1)); !slices.Equal(lost, []string{line}) {
			t.Errorf("without %q: %v", line, lost)
		}
	}
	if len(now) < 100 {
		t.Errorf("%d lines", len(now))
	}
}

func linesOf(text string) []string {
	return slices.DeleteFunc(strings.Split(text, "\n"), func(line string) bool { return line == "" })
}

// missing returns the lines that are gone.
func missing(frozen, now []string) []string {
	return slices.DeleteFunc(slices.Clone(frozen), func(line string) bool { return slices.Contains(now, line) })
}

// contract writes every part of channel.proto as a line of its own.
func contract() []string {
	file := File_channel_proto
	list := []string{fmt.Sprintf("package %s", file.Package()), fmt.Sprintf("handshake %d", Handshake().ProtocolVersion),
		fmt.Sprintf("cookie %s=%s", Handshake().MagicCookieKey, Handshake().MagicCookieValue)}
	for i := range file.Services().Len() {
		list = append(list, calls(file.Services().Get(i))...)
	}
	for i := range file.Messages().Len() {
		list = append(list, fields(file.Messages().Get(i))...)
	}
	for i := range file.Enums().Len() {
		list = append(list, values(file.Enums().Get(i))...)
	}
	return list
}

func calls(s protoreflect.ServiceDescriptor) (list []string) {
	for i := range s.Methods().Len() {
		m := s.Methods().Get(i)
		stream := ""
		if m.IsStreamingServer() {
			stream = "stream "
		}
		if m.IsStreamingClient() {
			stream += "of a stream "
		}
		list = append(list, fmt.Sprintf("rpc %s/%s(%s) %s%s", s.FullName(), m.Name(), m.Input().Name(), stream, m.Output().Name()))
	}
	return list
}

func fields(m protoreflect.MessageDescriptor) []string {
	list := []string{fmt.Sprintf("message %s", m.Name())}
	for i := range m.Fields().Len() {
		f := m.Fields().Get(i)
		kind := f.Kind().String()
		switch {
		case f.Message() != nil:
			kind = string(f.Message().Name())
		case f.Enum() != nil:
			kind = string(f.Enum().Name())
		}
		list = append(list, fmt.Sprintf("field %s.%s = %d %s %s", m.Name(), f.Name(), f.Number(), f.Cardinality(), kind))
	}
	return list
}

func values(e protoreflect.EnumDescriptor) (list []string) {
	for i := range e.Values().Len() {
		v := e.Values().Get(i)
		list = append(list, fmt.Sprintf("enum %s.%s = %d", e.Name(), v.Name(), v.Number()))
	}
	return list
}
