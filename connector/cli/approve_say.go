package cli

import (
	"context"
	"errors"
	"os/user"
	"strings"
	"time"

	"holdfast/connector/service"
	"holdfast/engine/ar"
	"holdfast/engine/outbox"
	"holdfast/engine/store"
)

type approveYesVerb struct {
	IDs      []string `arg:"" optional:"" name:"id" help:"What the list names: m12 h3 q7 v2."`
	SHA      string   `name:"sha" placeholder:"HEX" help:"The SHA-256 that was looked at, or how it begins; refused where the message has other bytes. With one message."`
	All      bool     `help:"All that waits, as far as the next flags let it; never a volume alarm."`
	Sequence string   `placeholder:"NAME" help:"With --all: only of this sequence."`
	Below    ar.Money `placeholder:"SUM" help:"With --all: only below this sum, such as \"500.00 USD\", in that currency alone."`
	Company  string   `placeholder:"KEY" help:"With --all: only this company."`
	By       string   `placeholder:"NAME" help:"Speak for somebody else; only root or an administrator may, and the journal says so."`
}

// Run says yes, to one thing after the other.
func (v *approveYesVerb) Run(ctx context.Context, a *App) error {
	switch {
	case v.All == (len(v.IDs) > 0):
		return usage("say what to say yes to").WithCure("name it as the list does, m12, or --all")
	case !v.All && (v.Sequence != "" || v.Below != ar.Money{} || v.Company != ""):
		return usage("--sequence, --below and --company go with --all").WithCure("add --all, or leave them out")
	case v.SHA != "" && len(v.IDs) != 1:
		return usage("--sha goes with one message").WithCure("say yes to them one by one")
	}
	s, err := a.approver(ctx, v.By)
	if err != nil {
		return err
	}
	defer s.store.Close()
	if s.refs, err = refs(v.IDs); v.All {
		s.refs, err = v.all(ctx, s)
	}
	if err != nil {
		return err
	}
	return s.say(ctx, func(w outbox.Word) (outbox.Approval, error) {
		w.SHA = v.SHA
		return s.store.SayYes(ctx, w)
	})
}

// all lists what --all means: what the person has not said yes to, yet.
func (v *approveYesVerb) all(ctx context.Context, s *approver) ([]outbox.Ref, error) {
	var list []outbox.Ref
	found := false
	for _, p := range s.among {
		if v.Company != "" && p.Key != v.Company {
			continue
		}
		found = true
		waiting, err := s.store.Approvals(ctx, p.ERP.Source, p.ERP.ID, p.Mode, p.today())
		if err != nil {
			return nil, err
		}
		for i := range waiting {
			if v.means(&waiting[i]) && !s.spoke(&waiting[i]) {
				list = append(list, waiting[i].Ref)
			}
		}
	}
	if !found {
		return nil, notFound("company", v.Company)
	}
	return list, nil
}

// means reports whether --all reaches something.
func (v *approveYesVerb) means(a *outbox.Approval) bool {
	if a.Ref.Kind == outbox.RefVolume || v.Sequence != "" && a.Sequence != v.Sequence {
		return false
	}
	if v.Below == (ar.Money{}) {
		return true
	}
	for _, m := range a.Amount {
		if m.Currency != v.Below.Currency || m.Minor >= v.Below.Minor {
			return false
		}
	}
	return len(a.Amount) > 0
}

type approveNoVerb struct {
	IDs    []string `arg:"" name:"id" help:"What the list names: m12 h3 q7 v2."`
	Reason string   `required:"" placeholder:"TEXT" help:"Why; it stands in the journal and in the list."`
	By     string   `placeholder:"NAME" help:"Speak for somebody else; only root or an administrator may, and the journal says so."`
}

// Help says more than the line in the list of verbs.
func (v *approveNoVerb) Help() string {
	return "A message is dropped and its step passed over, for the documents that it was for. A hold is withdrawn and not proposed again " +
		"by the same step while what it was for is open; \"hold place\" still can. A question is answered no."
}

// Run says no, to one thing after the other.
func (v *approveNoVerb) Run(ctx context.Context, a *App) error {
	if v.Reason == "" {
		return usage("--reason is empty").WithCure("say in a few words why not")
	}
	s, err := a.approver(ctx, v.By)
	if err != nil {
		return err
	}
	defer s.store.Close()
	if s.refs, err = refs(v.IDs); err != nil {
		return err
	}
	return s.say(ctx, func(w outbox.Word) (outbox.Approval, error) {
		w.Reason = v.Reason
		return s.store.SayNo(ctx, w)
	})
}

func refs(ids []string) ([]outbox.Ref, error) {
	var list []outbox.Ref
	for _, id := range ids {
		ref, err := outbox.ParseRef(id)
		if err != nil {
			return nil, err
		}
		list = append(list, ref)
	}
	return list, nil
}

// approver is a person who says yes or no.
type approver struct {
	*App
	store *store.Store
	said  outbox.Said
	among []place
	refs  []outbox.Ref
	rows  []spokenRow
}

// spokenRow is what came of one word, as programs read it.
type spokenRow struct {
	ID    outbox.Ref           `json:"id"`
	State outbox.ApprovalState `json:"state"` // empty where it failed
	Needs int                  `json:"needs"`
	Yes   []string             `json:"yes"`
	Error string               `json:"error"`
}

// approver opens the state for a person's words. The person is who is logged in;
// by names another one, for whom only an administrator may speak.
func (a *App) approver(ctx context.Context, by string) (*approver, error) {
	s := &approver{App: a, said: outbox.Said{By: person(), At: time.Now()}}
	if login := login(); login != s.said.By {
		s.said.Account = login
	}
	if by != "" {
		if !service.Administrator() {
			return nil, usage("--by speaks for somebody else, and only root or an administrator may").
				WithCure("log in as %s, or leave --by out", by)
		}
		s.said.By, s.said.Account = by, s.said.By
	}
	var err error
	if s.store, err = a.FactStore(ctx); err != nil {
		return nil, err
	}
	if s.among, err = a.places(ctx, s.store, ""); err != nil {
		return nil, errors.Join(err, s.store.Close())
	}
	return s, nil
}

// login names the account that the program runs under.
func login() string {
	u, err := user.Current()
	if err != nil || u.Username == "" {
		return "unknown"
	}
	return u.Username
}

// spoke reports whether the person said yes before.
func (s *approver) spoke(a *outbox.Approval) bool {
	for _, by := range a.Yes() {
		if strings.EqualFold(by, s.said.By) {
			return true
		}
	}
	return false
}

// say says a word to each thing, in a transaction of its own, and tells what
// came of each. One that fails keeps none of the others back.
func (s *approver) say(ctx context.Context, word func(outbox.Word) (outbox.Approval, error)) error {
	var failures []error
	for _, ref := range s.refs {
		after, err := s.about(ctx, ref, word)
		row := spokenRow{ID: ref, State: after.State, Needs: after.Needs, Yes: append([]string{}, after.Yes()...)}
		if err != nil {
			row.Error = err.Error()
			failures = append(failures, err)
		} else if !s.JSON {
			s.Say("%s %s", ref, spokenText(&after))
		}
		if after.State == outbox.ApprovalWaits {
			s.Waits()
		}
		s.rows = append(s.rows, row)
	}
	if s.JSON {
		failures = append(failures, s.WriteJSON(s.rows))
	} else if len(s.refs) == 0 {
		s.Say("Nothing of that kind waits for your yes.")
	}
	return failed(errors.Join(failures...))
}

// about says a word to one thing, under the rules of its company.
func (s *approver) about(ctx context.Context, ref outbox.Ref, word func(outbox.Word) (outbox.Approval, error)) (outbox.Approval, error) {
	a, err := s.store.Approval(ctx, ref)
	if err != nil {
		return outbox.Approval{}, err
	}
	w := outbox.Word{Said: s.said, Ref: ref}
	for _, p := range s.among {
		if p.ERP.Source == a.Account.Source && p.ERP.ID == a.Account.Company {
			w.Day, w.TwoAbove = p.today(), p.Approve.TwoAbove
		}
	}
	if w.Day.IsZero() {
		return outbox.Approval{}, notFound("company", string(a.Account.Company))
	}
	return word(w)
}

// spokenText says what came of a word.
func spokenText(a *outbox.Approval) string {
	switch a.State {
	case outbox.ApprovalWaits:
		return "has the yes of " + join(a.Yes()) + ", and needs that of one more person"
	case outbox.ApprovalDeclined:
		return map[outbox.RefKind]string{
			outbox.RefMessage:  "is declined: the message is dropped, and its step passed over",
			outbox.RefHold:     "is declined: the hold is withdrawn",
			outbox.RefQuestion: "is answered: no",
			outbox.RefVolume:   "is declined: nothing leaves today",
		}[a.Ref.Kind]
	}
	return map[outbox.RefKind]string{
		outbox.RefMessage:  "is approved: it leaves after its last look",
		outbox.RefHold:     "is approved: the next cycle writes the hold after its last look",
		outbox.RefQuestion: "is answered: yes",
		outbox.RefVolume:   "is released for today: the next cycle sends them after their last look",
	}[a.Ref.Kind]
}
