package conform_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unicode"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"holdfast/plugins/proto"
)

// fake is a channel that keeps every promise but those that its flaws name.
type fake struct {
	proto.UnimplementedChannelServer
	name  string
	flaws []string

	folder   string
	token    string
	began    time.Time
	describe atomic.Int64
	healths  atomic.Int64
	flying   atomic.Int64
	set      atomic.Bool
	hog      []byte

	mu      sync.Mutex
	record  []entry
	refused map[string]bool
	new     int
}

// entry is an accepted message, a line of the record.
type entry struct {
	Key, ID string
	At      time.Time
}

func (f *fake) has(flaw string) bool { return slices.Contains(f.flaws, flaw) }

const goodSchema = `{"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "additionalProperties": false, "required": ["token"],
"properties": {"token": {"type": "string", "writeOnly": true, "description": "Of the provider."}, "size": {"type": "integer", "description": "Of nothing."}}}`

const openSchema = `{"type": "object", "required": ["colour"], "properties": {"token": {"type": "string", "writeOnly": true}, "api_key": {"type": "string"}, "size": {}}}`

func (f *fake) Describe(context.Context, *proto.DescribeRequest) (*proto.DescribeResponse, error) {
	d := &proto.DescribeResponse{
		Name: f.name, Version: "1.0.0", ContractVersion: 1, Medium: "email", SettingsSchema: []byte(goodSchema),
		Capabilities: &proto.Capabilities{Lookup: true, Events: true},
	}
	if f.has("speechless") {
		return nil, status.Error(codes.Internal, "no idea who I am")
	}
	if f.has("misdescribed") {
		d.Name, d.Version, d.Medium = "Nobody!", strconv.FormatInt(f.describe.Add(1), 10), "pigeon"
		_ = os.WriteFile("litter", nil, 0o600)
	}
	if f.has("open-schema") {
		d.SettingsSchema = []byte(openSchema)
	}
	if f.has("no-schema") {
		d.SettingsSchema, d.ContractVersion = []byte("[]"), 2
	}
	if f.has("modest") {
		d.Capabilities = new(proto.Capabilities)
	}
	if f.has("changes") && f.set.Load() {
		d.Medium = "sms"
	}
	if f.has("stuck") && f.set.Load() {
		time.Sleep(time.Hour)
	}
	return d, nil
}

func (f *fake) Configure(_ context.Context, r *proto.ConfigureRequest) (*proto.ConfigureResponse, error) {
	if f.has("empty-is-an-error") && string(r.Settings) == "{}" {
		return nil, status.Error(codes.Internal, "no settings")
	}
	if problem := f.check(r.Settings); problem != nil {
		if f.has("curt") {
			problem.Cure = ""
		}
		return &proto.ConfigureResponse{Problems: []*proto.Problem{problem}}, nil
	}
	f.folder, f.refused = r.WorkFolder, map[string]bool{}
	f.set.Store(true)
	f.misbehave()
	return new(proto.ConfigureResponse), f.open()
}

// check reads the settings.
func (f *fake) check(text []byte) *proto.Problem {
	var given map[string]any
	err := json.Unmarshal(text, &given)
	f.token, _ = given["token"].(string)
	switch {
	case f.has("takes-anything"):
		return nil
	case f.has("stubborn"):
		return &proto.Problem{Key: "token", Text: "is wrong", Cure: "mend it"}
	case err != nil || given == nil:
		return &proto.Problem{Text: "no JSON object", Cure: "pass one"}
	case f.token == "":
		return &proto.Problem{Key: "token", Text: "is missing or no text", Cure: "write it"}
	}
	for key, value := range given {
		if _, number := value.(float64); key != "token" && (key != "size" || !number) {
			return &proto.Problem{Key: key, Text: "is wrong", Cure: "mend it"}
		}
	}
	return nil
}

// misbehave does what no channel should do when it is configured.
func (f *fake) misbehave() {
	if f.has("noisy") {
		fmt.Fprintln(os.Stderr, "my token is "+f.token)
		fmt.Fprintln(os.Stderr, strings.Repeat("x", 10_000))
		for i := range 500 {
			fmt.Fprintln(os.Stderr, "line", i)
		}
		fmt.Println("hello, world")
		_ = os.WriteFile(filepath.Join(f.folder, "..", "stray"), nil, 0o600)
		f.hog = make([]byte, 300<<20)
		for i := 0; i < len(f.hog); i += 4096 { // a byte of each page
			f.hog[i] = 1
		}
		_ = exec.Command("/bin/sleep", "3600").Start()
	}
	if f.has("once") {
		mark := filepath.Join(f.folder, "used")
		if _, err := os.Stat(mark); err == nil {
			os.Exit(1)
		}
		_ = os.WriteFile(mark, nil, 0o600)
	}
	if f.has("connects") {
		connectAbroad()
	}
}

func (f *fake) path() string { return filepath.Join(f.folder, "record") }

// open reads the record, or begins it.
func (f *fake) open() error {
	text, err := os.ReadFile(f.path())
	if os.IsNotExist(err) || f.has("forgetful") {
		f.began = time.Now()
		return f.write(entry{At: f.began})
	}
	for i, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		var e entry
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			return err
		}
		if i == 0 {
			f.began = e.At
			continue
		}
		f.record = append(f.record, e)
	}
	return err
}

func (f *fake) write(e entry) error {
	if f.has("forgetful") {
		return nil
	}
	line, err := json.Marshal(e)
	if err != nil {
		return err
	}
	file, err := os.OpenFile(f.path(), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer file.Close()
	_, err = file.Write(append(line, '\n'))
	return err
}

var keyForm = regexp.MustCompile(`^[0-9a-f]{32}$`)

func answer(state proto.State, id, detail string) (*proto.SendResponse, error) {
	return &proto.SendResponse{Outcome: &proto.Outcome{State: state, ProviderId: id, Detail: detail}}, nil
}

func (f *fake) Send(_ context.Context, r *proto.SendRequest) (*proto.SendResponse, error) {
	if f.has("refuser") {
		return answer(proto.State_STATE_REFUSED, "", "no")
	}
	if f.has("picky") {
		if n := f.flying.Add(1); n > 1 {
			defer f.flying.Add(-1)
			return answer(proto.State_STATE_RETRY, "", "busy")
		}
		defer f.flying.Add(-1)
		time.Sleep(20 * time.Millisecond) // long enough for another to come
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if sent := f.refuse(r); sent != nil {
		return sent, nil
	}
	if i := slices.IndexFunc(f.record, func(e entry) bool { return e.Key == r.Key }); i >= 0 && !f.has("gullible") {
		return answer(proto.State_STATE_ACCEPTED, f.record[i].ID, "")
	}
	f.new++
	e := entry{Key: r.Key, ID: fmt.Sprintf("%s-%d-%d", r.Key, os.Getpid(), f.new), At: time.Now()}
	detail := ""
	switch {
	case f.has("picky"):
		e.ID = "one for all"
	case f.has("noisy"):
		detail = "with " + f.token + "\nand more"
	}
	f.record = append(f.record, e)
	if err := f.write(e); err != nil {
		return nil, err
	}
	return answer(proto.State_STATE_ACCEPTED, e.ID, detail)
}

// refuse answers what must not leave, and what a picky channel will not take.
func (f *fake) refuse(r *proto.SendRequest) *proto.SendResponse {
	m := r.Message
	why, state := "", proto.State_STATE_REFUSED
	switch {
	case f.has("gullible"):
		if strings.HasPrefix(r.Key, "../") {
			_ = os.WriteFile(filepath.Join(f.folder, r.Key), nil, 0o600)
		}
		return nil
	case f.has("crashes") && m.GetDate() == "":
		os.Exit(1)
	case !keyForm.MatchString(r.Key) || m == nil || len(m.To) == 0 || m.Date == "":
		why = "not whole"
	case broken(m):
		why = "a line break"
	case f.has("picky") && odd(m):
		why, state = "not what I know", proto.State_STATE_RETRY
	}
	if why == "" {
		return nil
	}
	return &proto.SendResponse{Outcome: &proto.Outcome{State: state, Detail: why}}
}

// broken reports whether a header would have a line break.
func broken(m *proto.Message) bool {
	parts := []string{m.Subject, m.From.GetName(), m.To[0].Name, m.To[0].Address}
	for _, a := range m.Attachments {
		parts = append(parts, a.Name, a.Type)
	}
	return strings.IndexFunc(strings.Join(parts, ""), unicode.IsControl) >= 0
}

// odd reports whether a message is any other than an ordinary one.
func odd(m *proto.Message) bool {
	return len(m.Attachments) > 0 || len(m.Text) > 1000 || m.Language != "en" || m.Purpose != "courtesy" || m.To[0].Name == "" ||
		m.Call != nil || m.Tag == "" || len(m.ProtoReflect().GetUnknown()) > 0 || strings.ContainsAny(m.Text, "Łé")
}

func (f *fake) Lookup(_ context.Context, r *proto.LookupRequest) (*proto.LookupResponse, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	handed, err := time.Parse(time.RFC3339Nano, r.HandedAt)
	o := &proto.Outcome{State: proto.State_STATE_UNCERTAIN}
	i := slices.IndexFunc(f.record, func(e entry) bool { return e.Key == r.Key })
	switch {
	case f.has("gullible"):
		o = &proto.Outcome{State: proto.State_STATE_ACCEPTED, ProviderId: "sure"}
	case f.has("forgetful"), f.has("modest"):
		o.State = proto.State_STATE_RETRY
	case i >= 0:
		o = &proto.Outcome{State: proto.State_STATE_ACCEPTED, ProviderId: f.record[i].ID}
	case err == nil && !handed.Before(f.began):
		o.State = proto.State_STATE_RETRY
	}
	return &proto.LookupResponse{Outcome: o}, nil
}

func (f *fake) Events(r *proto.EventsRequest, stream grpc.ServerStreamingServer[proto.Event]) error {
	f.mu.Lock()
	record := slices.Clone(f.record)
	f.mu.Unlock()
	from, err := strconv.Atoi(r.Cursor)
	if r.Cursor != "" && err != nil && f.has("strict-cursors") {
		return status.Error(codes.InvalidArgument, "no such cursor")
	}
	if err != nil || from < 0 || from > len(record) || f.has("ignores-cursors") {
		from = 0
	}
	for i := from; i < len(record); i++ {
		e := &proto.Event{
			Cursor: strconv.Itoa(i + 1), Kind: proto.EventKind_EVENT_KIND_DELIVERED, Key: record[i].Key, At: record[i].At.Format(time.RFC3339Nano),
		}
		if f.has("renumbers") {
			e.Cursor = fmt.Sprint(os.Getpid(), "-", i)
		}
		if f.has("odd-events") {
			e = &proto.Event{Kind: 99, At: "yesterday"}
		}
		for n := 1; f.has("endless") && n < 20_000; n++ {
			if err := stream.Send(e); err != nil {
				return err
			}
		}
		if err := stream.Send(e); err != nil {
			return err
		}
	}
	return nil
}

func (f *fake) Health(context.Context, *proto.HealthRequest) (*proto.HealthResponse, error) {
	n := f.healths.Add(1)
	switch {
	case f.has("stuck"):
		time.Sleep(time.Hour)
	case f.has("sickly"):
		if n > 50 {
			os.Exit(1)
		}
		return new(proto.HealthResponse), nil
	case f.has("leaky"):
		if _, err := os.Open(os.DevNull); err != nil {
			return nil, err
		}
	}
	return &proto.HealthResponse{Ok: true}, nil
}
