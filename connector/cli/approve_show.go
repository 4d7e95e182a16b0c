package cli

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"holdfast/engine/ar"
	"holdfast/engine/cycle"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
	"holdfast/engine/store"
)

type approveShowVerb struct {
	ID  string `arg:"" help:"What the list names: m12, h3, q7 or v2."`
	Out string `type:"path" placeholder:"DIR" help:"Write a message's bytes, text, mail and attachments there as files."`
}

// shownApproval is one thing that waits, whole, as programs read it.
type shownApproval struct {
	approveRow
	Said      []outbox.Said   `json:"said"`
	Message   *messageRow     `json:"message,omitempty"`
	Files     []shownFile     `json:"files,omitempty"` // its attachments
	Hold      *shownHold      `json:"hold,omitempty"`
	Task      *store.Task     `json:"task,omitempty"`
	Behind    []shownDocument `json:"behind"` // the documents that it is about
	Customers []shownPlace    `json:"customer_positions"`

	content outbox.Message
}

// shownFile is one attachment.
type shownFile struct {
	Name string `json:"name"`
	Type string `json:"type"`
	Size int    `json:"size"`
	SHA  string `json:"sha"`
}

// shownHold is what a yes would write to the ERP.
type shownHold struct {
	Reason   string `json:"reason"`
	Level    string `json:"level"`
	Stops    string `json:"stops"`
	Writes   string `json:"writes"`
	Previous string `json:"previous"` // as the ERP has it now
}

// shownDocument is one document with its places in sequences.
type shownDocument struct {
	Document ar.DocumentID `json:"document"`
	Number   string        `json:"number"`
	Kind     ar.Kind       `json:"kind"`
	DueOn    ar.Day        `json:"due_on"`
	Open     string        `json:"open"` // decimal; empty where it is not open any more
	Currency ar.Currency   `json:"currency"`
	Places   []shownPlace  `json:"positions"`
}

// shownPlace is a position in a sequence with what is behind it.
type shownPlace struct {
	Sequence string          `json:"sequence"`
	Entered  ar.Day          `json:"entered"`
	Done     []sequence.Done `json:"done"`
	Ended    sequence.Reason `json:"ended,omitempty"`
}

// Run shows one thing that waits, or waited, for a yes.
func (v *approveShowVerb) Run(ctx context.Context, a *App) error {
	ref, err := outbox.ParseRef(v.ID)
	if err != nil {
		return err
	}
	if v.Out != "" && ref.Kind != outbox.RefMessage {
		return usage("--out writes the files of a message, and %s is a %s", ref, refKinds[ref.Kind]).WithCure("leave --out out")
	}
	c, done, err := a.ReadCycle(ctx)
	if err != nil {
		return err
	}
	defer done()
	s := &approvalShow{App: a, cycle: c}
	if err := s.read(ctx, ref); err != nil {
		return err
	}
	if v.Out != "" {
		if err := writeMessage(v.Out, ref.String(), s.delivery, s.shown.content); err != nil {
			return failed(err)
		}
	}
	if a.JSON {
		return a.WriteJSON(s.shown)
	}
	s.text()
	if v.Out != "" {
		a.Say("\nIts files are in %s.", v.Out)
	}
	return nil
}

// approvalShow gathers what is behind one approval.
type approvalShow struct {
	*App
	cycle    *cycle.Cycle
	company  *cycle.Company
	place    place
	approval outbox.Approval
	delivery outbox.Delivery
	shown    shownApproval
}

func (s *approvalShow) read(ctx context.Context, ref outbox.Ref) error {
	var err error
	if s.approval, err = s.cycle.Store.Approval(ctx, ref); err != nil {
		return err
	}
	id := s.approval.Account
	among, err := s.places(ctx, s.cycle.Store, "")
	if err != nil {
		return err
	}
	for i, co := range s.cycle.Companies {
		if co.Source == id.Source && co.ID == id.Company {
			s.company, s.place = co, among[i]
		}
	}
	if s.company == nil {
		return notFound("company", string(id.Company))
	}
	known, err := customers(ctx, s.cycle.Store, []ar.AccountID{id})
	if err != nil {
		return err
	}
	s.shown = shownApproval{
		approveRow: newApproveRow(&s.approval, s.place, known[id]), Said: append([]outbox.Said{}, s.approval.Said...),
		Behind: []shownDocument{}, Customers: []shownPlace{},
	}
	for _, part := range []func(context.Context) error{s.message, s.hold, s.question, s.behind} {
		if err := part(ctx); err != nil {
			return err
		}
	}
	return nil
}

// message reads the bytes that would leave.
func (s *approvalShow) message(ctx context.Context) error {
	if s.approval.Ref.Kind != outbox.RefMessage {
		return nil
	}
	var err error
	if s.delivery, err = s.cycle.Store.Delivery(ctx, s.approval.Ref.ID); err != nil {
		return err
	}
	if s.shown.content, err = outbox.Decode(s.delivery.Content); err != nil {
		return failed(err)
	}
	m := s.shown.content
	row := newMessageRow(newOutboxRow(s.delivery, s.place.Key, ar.Customer{Number: s.shown.CustomerNumber, Name: s.shown.Customer}), m)
	s.shown.Message = &row
	for _, f := range m.Attachments {
		sum := sha256.Sum256(f.Data)
		s.shown.Files = append(s.shown.Files, shownFile{f.Name, f.Type, len(f.Data), hex.EncodeToString(sum[:])})
	}
	return nil
}

// hold says what would be written, and reads what stands in the ERP.
func (s *approvalShow) hold(ctx context.Context) error {
	if s.approval.Ref.Kind != outbox.RefHold {
		return nil
	}
	can := s.company.Adapter.Capability()
	s.shown.Hold = &shownHold{Reason: s.approval.What, Level: can.Level.String(), Stops: can.Stops, Writes: can.Value.String()}
	seen, err := s.company.Adapter.Hold(ctx, s.approval.Account)
	if err != nil {
		s.shown.Hold.Previous = "cannot be read now: " + err.Error()
		return nil
	}
	s.shown.Hold.Previous = seen.String()
	return nil
}

func (s *approvalShow) question(ctx context.Context) error {
	if s.approval.Ref.Kind != outbox.RefQuestion {
		return nil
	}
	t, err := s.cycle.Store.Task(ctx, s.approval.Ref.ID)
	s.shown.Task = &t
	return err
}

// behind reads the documents and the positions that it is about.
func (s *approvalShow) behind(ctx context.Context) error {
	if s.approval.Account.Customer == "" {
		return nil
	}
	account, err := s.cycle.Store.IntakeAccount(ctx, s.approval.Account)
	if err != nil {
		return err
	}
	cs, _, err := s.cycle.CaseOf(ctx, s.company, s.cycle.Today(s.company), s.approval.Account)
	if err != nil {
		return err
	}
	places := map[ar.DocumentID][]shownPlace{}
	for _, p := range cs.State.Positions {
		at := shownPlace{p.Sequence, p.EnteredOn, append([]sequence.Done{}, p.Done...), p.Ended}
		switch {
		case p.Subject.Document != "":
			places[p.Subject.Document] = append(places[p.Subject.Document], at)
		case p.Subject.Customer == s.approval.Account.Customer:
			s.shown.Customers = append(s.shown.Customers, at)
		}
	}
	for _, id := range s.approval.Documents {
		d := shownDocument{Document: id, Number: string(id), Places: append([]shownPlace{}, places[id]...)}
		if i := slices.IndexFunc(account.Closed, func(c closedDocument) bool { return c.ID == id }); i >= 0 {
			d.Number = account.Closed[i].Number
		}
		for _, doc := range account.Documents {
			if doc.ID == id {
				d.Number, d.Kind, d.DueOn, d.Currency = doc.Number, doc.Kind, doc.DueOn, doc.Currency
				d.Open = ar.FormatAmount(doc.Open, doc.Currency)
			}
		}
		s.shown.Behind = append(s.shown.Behind, d)
	}
	return nil
}

// text writes it for a person.
func (s *approvalShow) text() {
	r := &s.shown
	head := func(name, text string) {
		if text != "" {
			s.Say("%-12s %s", name+":", text)
		}
	}
	s.Say("%s: %s, company %s, %s", r.ID, r.Kind, r.Company, r.State)
	if r.Message == nil {
		head("Customer", first(r.Customer, string(r.CustomerID)))
	}
	head("Why", r.reasonWords(s.place))
	head("Yes", r.yeses())
	for _, w := range r.Said {
		head(map[bool]string{true: "Said yes", false: "Said no"}[w.Yes], saidText(w))
	}
	if len(r.Amount) > 0 {
		head("Amount", r.Amount.String())
	}
	switch {
	case r.Message != nil:
		head("SHA-256", r.SHA)
		for _, f := range r.Files {
			head("File", fmt.Sprintf("%s, %s bytes, SHA-256 %s", f.Name, number(f.Size), f.SHA))
		}
		s.Say("")
		s.showMessage(*r.Message, r.content)
	case r.Hold != nil:
		head("Reason", r.Hold.Reason)
		head("A hold", r.Hold.Level)
		head("Reaches", r.Hold.Stops)
		head("Writes", fmt.Sprintf("%s where the ERP has %s now", r.Hold.Writes, r.Hold.Previous))
	case r.Task != nil:
		head("Question", first(r.Task.Text, r.Task.Script, r.What))
		head("Asked", r.Task.Role)
		head("About", r.Task.Detail)
		head("Due", dayText(r.Task.DueOn))
	default:
		s.Say("\n%s", r.What)
	}
	s.textBehind()
}

func saidText(w outbox.Said) string {
	text := w.By + " on " + w.At.Format("2006-01-02 15:04")
	if w.Account != "" {
		text += ", typed by " + w.Account
	}
	return strings.TrimSuffix(text+": "+w.Reason, ": ")
}

// textBehind writes the documents with what was done about each.
func (s *approvalShow) textBehind() {
	var lines [][]string
	for _, d := range s.shown.Behind {
		open := strings.TrimSpace(d.Open + " " + string(d.Currency))
		lines = append(lines, []string{d.Number, string(d.Kind), d.DueOn.String(), first(open, "not open"), placesText(d.Places)})
	}
	if len(lines) > 0 {
		s.Say("\nBehind it:")
		s.Table([]Column{{"Document", false}, {"Kind", false}, {"Due", false}, {"Open", true}, {"So far", false}}, lines)
	}
	if text := placesText(s.shown.Customers); text != "" {
		s.Say("\nThe customer: %s", text)
	}
}

// stepsShown is how many of the last steps of a position are told.
const stepsShown = 3

// placesText writes positions in a line: "past-due: reminder-1 sent 2026-09-01".
func placesText(places []shownPlace) string {
	var list []string
	for _, p := range places {
		var done []string
		if len(p.Done) > stepsShown {
			done = append(done, "...")
		}
		for _, d := range p.Done[max(0, len(p.Done)-stepsShown):] {
			done = append(done, d.Step+" "+string(d.How)+" "+d.On.String())
		}
		list = append(list, strings.TrimSuffix(p.Sequence+": "+first(strings.Join(done, ", "), "nothing yet"), ": "))
	}
	return strings.Join(list, "; ")
}
