package cycle_test

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"holdfast/adapters"
	"holdfast/adapters/demoerp"
	"holdfast/engine/ar"
	"holdfast/engine/cycle"
	"holdfast/engine/fault"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
	"holdfast/engine/steps"
	"holdfast/engine/store"
)

// messages lists a plan's messages as the mailbox does.
func messages(rows []cycle.PlanRow, template map[string]string) []string {
	var list []string
	seen := map[string]bool{}
	for _, r := range rows {
		if r.Kind == "message" && !seen[r.Effect] {
			seen[r.Effect] = true
			list = append(list, fmt.Sprintf("%s %s", r.To, template[r.Step]))
		}
	}
	slices.Sort(list)
	return list
}

// templates maps each message step of the shipped library to its template.
func templates(h *house) map[string]string {
	m := map[string]string{}
	for _, s := range h.co.Book.Sequences {
		for _, r := range s.Steps {
			m[r.ID] = r.Template
		}
	}
	return m
}

func TestRunSendsWhatThePlanForesees(t *testing.T) {
	h := newHouse(t)
	try(h.cycle.Pull(t.Context(), h.co, false, false))(h)
	want := messages(h.plan(1), templates(h))
	if len(want) < 10 {
		t.Fatalf("the plan foresees %d messages; the demo ERP should owe more", len(want))
	}
	h.run()
	if diff := cmp.Diff(want, h.box.to()); diff != "" {
		t.Errorf("what arrived differs from the plan (-plan +mailbox):\n%s", diff)
	}
	sent := len(h.box.to())
	h.run()
	if again := len(h.box.to()) - sent; again != 0 {
		t.Errorf("a second run of the day sent %d messages", again)
	}
	if rows := h.plan(1); len(messages(rows, templates(h))) != 0 {
		t.Errorf("after the run the plan of that day still foresees messages: %v", messages(rows, templates(h)))
	}
}

func TestPlanOfSeveralDaysIsWhatTheDaysBring(t *testing.T) {
	h := newHouse(t)
	try(h.cycle.Pull(t.Context(), h.co, false, false))(h)
	plan := h.plan(10)
	for day := range 10 {
		h.today = monday + ar.Day(day)
		var rows []cycle.PlanRow
		for _, r := range plan {
			if r.Day == h.today {
				rows = append(rows, r)
			}
		}
		h.box.arrived = nil
		h.run()
		if diff := cmp.Diff(messages(rows, templates(h)), h.box.to()); diff != "" {
			t.Errorf("%s differs from the plan of the first day (-plan +mailbox):\n%s", h.today, diff)
		}
	}
}

func TestPaidBetweenPlanAndHandOverIsNotDunned(t *testing.T) {
	h := newHouse(t)
	try(h.cycle.Pull(t.Context(), h.co, false, false))(h)
	try(h.cycle.Decide(t.Context(), h.co, h.moment()))(h)
	waiting := try(h.cycle.Store.Deliveries(t.Context(), store.DeliveryFilter{States: []outbox.State{outbox.Rendered}}))(h)
	payer := waiting[0].Account.Customer
	h.must(h.erp.Pay(t.Context(), payer, h.today))
	sum := try(h.cycle.Deliver(t.Context(), "box", h.moment()))(h)
	if sum.Accepted != len(waiting)-1 {
		t.Errorf("%d of %d messages left, want all but the one whose customer paid", sum.Accepted, len(waiting))
	}
	d := try(h.cycle.Store.Delivery(t.Context(), waiting[0].ID))(h)
	if d.State != outbox.Superseded || d.Reason == "" {
		t.Errorf("the message to the customer who paid is %s for reason %q, want superseded with a reason", d.State, d.Reason)
	}
}

func TestAMessageOfUnknownFateGoesAgainUnderTheSameKey(t *testing.T) {
	h := newHouse(t)
	broken := true
	h.box.answer = func(outbox.Message) (outbox.Sent, error) {
		if broken {
			broken = false
			return outbox.Sent{}, errors.New("the channel died")
		}
		return outbox.Sent{State: outbox.Accepted}, nil
	}
	report := h.run()
	if report.Delivered["box"].Uncertain != 1 {
		t.Fatalf("%d uncertain, want 1", report.Delivered["box"].Uncertain)
	}
	h.run()
	byKey := map[outbox.Key]int{}
	for _, m := range h.box.arrived {
		byKey[m.Key]++
	}
	if len(h.box.arrived) != len(byKey)+1 {
		t.Errorf("%d copies of %d messages arrived, want one double under its own key", len(h.box.arrived), len(byKey))
	}
	open := try(h.cycle.Store.Deliveries(t.Context(), store.DeliveryFilter{States: []outbox.State{outbox.Retry, outbox.Uncertain, outbox.Handed}}))(h)
	if len(open) != 0 {
		t.Errorf("%d deliveries are still open", len(open))
	}
}

func TestARefusedAddressIsLeftAloneAndGivenToAPerson(t *testing.T) {
	h := newHouse(t)
	var refused string
	h.box.answer = func(m outbox.Message) (outbox.Sent, error) {
		if refused == "" {
			refused = m.To[0].Address
		}
		if m.To[0].Address == refused {
			return outbox.Sent{State: outbox.Refused, Detail: "550 no such user"}, nil
		}
		return outbox.Sent{State: outbox.Accepted}, nil
	}
	h.run()
	h.today++
	if report := h.run(); report.Delivered["box"].Refused != 0 {
		t.Errorf("the refused address was tried again")
	}
	tasks := try(h.cycle.Store.Tasks(t.Context(), store.TaskFilter{Open: true}))(h)
	asked := slices.ContainsFunc(tasks, func(task store.Task) bool {
		return task.Reason == sequence.ReasonNoAddress && slices.ContainsFunc(h.contacts(task.Account), func(a string) bool { return a == refused })
	})
	other := slices.ContainsFunc(h.box.arrived, func(m outbox.Message) bool { return slices.Contains(h.sharers(refused), m.To[0].Address) })
	if !asked && !other {
		t.Errorf("after %s was refused neither another contact was written to nor a person asked", refused)
	}
}

// contacts lists the e-mail addresses of an account, as the ERP has them.
func (h *house) contacts(id ar.AccountID) []string {
	return h.addresses(`SELECT lower(email) FROM contact WHERE email IS NOT NULL AND customer_id = ?`, string(id.Customer))
}

// sharers lists the other addresses of the customer that an address is of.
func (h *house) sharers(address string) []string {
	return h.addresses(`SELECT lower(email) FROM contact WHERE email IS NOT NULL AND lower(email) <> lower(?1)
		AND customer_id IN (SELECT customer_id FROM contact WHERE lower(email) = lower(?1))`, address)
}

func (h *house) addresses(query, arg string) []string {
	h.t.Helper()
	rows := try(h.erp.DB().QueryContext(h.t.Context(), query, arg))(h)
	defer rows.Close()
	var list []string
	for rows.Next() {
		var a string
		h.must(rows.Scan(&a))
		list = append(list, a)
	}
	h.must(rows.Err())
	return list
}

func TestStopKeepsEverythingBack(t *testing.T) {
	h := newHouse(t)
	h.must(h.cycle.Store.Stop(t.Context(), "the auditors are here", "Ann", h.cycle.Clock.Now()))
	report := h.run()
	if report.Stopped == "" || len(h.box.arrived) != 0 {
		t.Errorf("stopped for %q, and %d messages left", report.Stopped, len(h.box.arrived))
	}
	h.must(h.cycle.Store.Resume(t.Context(), "Ann", h.cycle.Clock.Now()))
	if h.run(); len(h.box.arrived) == 0 {
		t.Error("after resume nothing left")
	}
}

func TestAHoldIsWarnedPlacedAndLiftedOnPayment(t *testing.T) {
	h := newHouse(t)
	h.must(h.cycle.Store.PutSetting(t.Context(), cycle.HoldsEnabled(h.co), "yes", "Ann", h.cycle.Clock.Now()))
	held := ar.HoldEntry{}
	for range 60 {
		h.run()
		placed := try(h.cycle.Store.Holds(t.Context(), store.HoldFilter{States: []ar.EntryState{ar.EntryPlaced}}))(h)
		if len(placed) > 0 {
			held = placed[0]
			break
		}
		h.today++
	}
	if held.ID == 0 {
		t.Fatal("no hold was placed in 60 days")
	}
	customer := held.Account.Customer
	if err := h.erp.Ship(t.Context(), customer); !errors.Is(err, demoerp.ErrRefused) {
		t.Errorf("shipping to a held customer gives %v, want it refused by the ERP", err)
	}
	h.must(h.erp.Pay(t.Context(), customer, h.today))
	h.run()
	if err := h.erp.Ship(t.Context(), customer); err != nil {
		t.Errorf("after payment the shipment is still refused: %v", err)
	}
	after := try(h.cycle.Store.Holds(t.Context(), store.HoldFilter{Accounts: []ar.AccountID{held.Account}}))(h)
	if after[0].State != ar.EntryReleased || !after[0].Previous.Same(ar.HoldState{Held: ar.Valued, Value: "N"}) {
		t.Errorf("the journal says %s with previous value %s", after[0].State, after[0].Previous)
	}
}

// swap puts another ERP database in the place of the house's own.
func (h *house) swap(seed uint64, today ar.Day) {
	h.t.Helper()
	path := h.dir + "/erp.db"
	for _, suffix := range []string{"", "-wal", "-shm"} {
		os.Remove(path + suffix)
	}
	h.must(demoerp.Create(h.t.Context(), path, demoerp.Options{Seed: seed, Customers: 60, Today: today}))
}

func TestAnOlderCopyOfTheERPStopsEverything(t *testing.T) {
	for _, full := range []bool{false, true} {
		h := newHouse(t)
		try(h.cycle.Pull(t.Context(), h.co, true, false))(h)
		h.co.Adapter.(*adapters.ERP).Close()
		h.erp.Close()
		h.swap(7, monday-20)
		h.reopenAdapter()
		_, err := h.cycle.Pull(t.Context(), h.co, full, false)
		if !fault.Is(err, fault.Replaced) || !strings.Contains(err.Error(), "--erp-restored") {
			t.Fatalf("full %t: the older copy gives %v", full, err)
		}
		if report := h.runBroken(); report.Stopped == "" || len(h.box.arrived) > 0 {
			t.Errorf("full %t: stopped for %q, and %d messages left", full, report.Stopped, len(h.box.arrived))
		}
	}
}

func TestAnERPWhoseClockIsADayOffIsLeftAlone(t *testing.T) {
	h := newHouse(t)
	h.cycle.Clock = shifted(25 * time.Hour)
	_, err := h.cycle.Pull(t.Context(), h.co, false, false)
	if err == nil || !strings.Contains(err.Error(), "another day") {
		t.Errorf("a clock 25 hours off gives %v", err)
	}
}

// shifted is the machine's clock, set wrong.
type shifted time.Duration

func (s shifted) Now() time.Time { return time.Now().Add(time.Duration(s)) }

func TestALiveRunThatWouldSendTooMuchSendsNothing(t *testing.T) {
	h := newHouse(t)
	h.co.Limits.Volume = 5
	h.cycle.Channels["box"] = cycle.Lane{Channel: h.box, InFlight: 4}
	report := h.run()
	if alarm := report.Delivered["box"].Alarm; !strings.Contains(alarm, "the limit of a day is 5") || !report.NeedsPerson() || len(h.box.arrived) != 0 {
		t.Errorf("%d messages left, alarm %q", len(h.box.arrived), alarm)
	}
	try(h.cycle.Run(t.Context(), func(*cycle.Company) cycle.Moment { return cycle.Moment{Day: h.today, Rehearsal: true} }))(h)
	if len(h.box.arrived) <= 5 {
		t.Errorf("a rehearsal sent %d messages", len(h.box.arrived))
	}
	h.today++
	try(h.cycle.Decide(t.Context(), h.co, h.moment()))(h)
	v := try(h.cycle.Store.Volume(t.Context(), h.co.Source, h.co.ID, h.co.Mode, h.today))(h)
	if v.Largest != len(h.box.arrived) || v.Ready == 0 || v.Today != 0 {
		t.Errorf("the day after %d messages the volume is %+v", len(h.box.arrived), v)
	}
}

func TestAStateThatComesToAnotherMachineStops(t *testing.T) {
	h := newHouse(t)
	h.cycle.Host = "here"
	try(h.cycle.Pull(t.Context(), h.co, false, false))(h)
	h.cycle.Host = "there"
	if _, err := h.cycle.Pull(t.Context(), h.co, false, false); !fault.Is(err, fault.Replaced) || !strings.Contains(err.Error(), "--erp-moved") {
		t.Errorf("a copied state gives %v", err)
	}
	if report := h.runBroken(); report.Stopped == "" || len(h.box.arrived) > 0 {
		t.Errorf("stopped for %q, and %d messages left", report.Stopped, len(h.box.arrived))
	}
	try(h.cycle.Rebind(t.Context(), h.co, "Ann"))(h)
	h.must(h.cycle.Store.Resume(t.Context(), "Ann", h.cycle.Clock.Now()))
	if h.run(); len(h.box.arrived) == 0 {
		t.Error("after a person said what happened nothing left")
	}
}

func TestAnApprovedMessageLeavesAsTheBytesThatWereApproved(t *testing.T) {
	h := newHouse(t)
	source := strings.Replace(string(h.co.Book.Sequence("past-due").Source), `template = "past-due-1"`, "template = \"past-due-1\"\napprove = \"always\"", 1)
	s, problems := sequence.Parse("past-due.toml", []byte(source), steps.All())
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	h.co.Book, problems = sequence.NewBook([]*sequence.Sequence{s}, nil, h.co.Book.Policy, steps.All())
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	h.run()
	if len(h.box.arrived) != 0 {
		t.Fatalf("%d messages left without a yes", len(h.box.arrived))
	}
	waiting := try(h.cycle.Store.Deliveries(t.Context(), store.DeliveryFilter{States: []outbox.State{outbox.Waiting}}))(h)
	approved := map[outbox.Key]bool{}
	for _, d := range waiting {
		approved[d.Key] = true
		try(h.cycle.Store.SayYes(t.Context(), h.word("Ann", outbox.Ref{Kind: outbox.RefMessage, ID: d.ID})))(h)
	}
	h.today = monday + 5 // a Saturday: the yes is kept for Monday
	h.run()
	if len(h.box.arrived) != 0 {
		t.Fatalf("%d messages left on a Saturday", len(h.box.arrived))
	}
	h.today += 2
	h.run()
	if len(h.box.arrived) == 0 {
		t.Error("nothing left on Monday, although the yes was kept")
	}
	for _, m := range h.box.arrived {
		if !approved[m.Key] {
			t.Errorf("to %s left what nobody said yes to", m.To[0].Address)
		}
	}
}

func TestRemindersWaitUntilReceiptsArePosted(t *testing.T) {
	h := newHouse(t)
	h.co.Cash, h.co.CashLag = []cycle.CashSource{{Name: "bank", Weekdays: [7]bool{1: true, 2: true, 3: true, 4: true, 5: true}}}, 2
	report := h.run()
	if report.Kept()[sequence.ReasonCashBehind] == 0 || report.Companies[0].Behind == "" {
		t.Fatalf("nothing waits for receipts: %+v", report)
	}
	for _, m := range h.box.arrived {
		if strings.HasPrefix(m.Subject, "past-due") {
			t.Errorf("a reminder left: %s", m.Subject)
		}
	}
	tasks := try(h.cycle.Store.Tasks(t.Context(), store.TaskFilter{Open: true}))(h)
	if !slices.ContainsFunc(tasks, func(task store.Task) bool { return task.Reason == sequence.ReasonCashBehind }) {
		t.Error("nobody was told that receipts are behind")
	}
	courtesies := len(h.box.arrived)
	through := ar.Freshness{Source: "main", Company: demoerp.CompanyID, Name: "bank", PostedThrough: ar.MustDay("2026-03-12")}
	h.must(h.cycle.Store.SetCash(t.Context(), through, "Ann", h.cycle.Clock.Now()))
	if h.run(); len(h.box.arrived) == courtesies {
		t.Error("receipts are posted two business days back, and the reminders still wait")
	}
}

func TestDataThatAreTooOldSendNothing(t *testing.T) {
	h := newHouse(t)
	try(h.cycle.Pull(t.Context(), h.co, false, false))(h)
	try(h.cycle.Decide(t.Context(), h.co, h.moment()))(h)
	h.co.Limits.MaxAge = 0
	sum := try(h.cycle.Deliver(t.Context(), "box", h.moment()))(h)
	if sum.Accepted != 0 || sum.Kept[sequence.ReasonDataAge] == 0 {
		t.Errorf("%d messages left on old data, %v kept back", sum.Accepted, sum.Kept)
	}
}

func TestAStopTakesHoldWhileMessagesLeave(t *testing.T) {
	h := newHouse(t)
	h.cycle.Channels["box"] = cycle.Lane{Channel: h.box, InFlight: 1, Local: true, Every: 300 * time.Millisecond}
	h.box.answer = func(outbox.Message) (outbox.Sent, error) {
		if len(h.box.arrived) == 0 {
			h.must(h.cycle.Store.Stop(t.Context(), "wrong price list", "Ann", h.cycle.Clock.Now()))
		}
		return outbox.Sent{State: outbox.Accepted}, nil
	}
	h.run()
	ready := try(h.cycle.Store.Deliveries(t.Context(), store.DeliveryFilter{States: []outbox.State{outbox.Rendered}}))(h)
	if n := len(h.box.arrived); n == 0 || n > 8 || len(ready) == 0 {
		t.Errorf("%d messages left although somebody stopped at the first, %d are kept", n, len(ready))
	}
}

func TestAYesToAHoldOnASundayIsCarriedOutOnMonday(t *testing.T) {
	h := newHouse(t)
	h.must(h.cycle.Store.PutSetting(t.Context(), cycle.HoldsEnabled(h.co), "yes", "Ann", h.cycle.Clock.Now()))
	var proposed []ar.HoldEntry
	for len(proposed) == 0 && h.today < monday+90 {
		h.run()
		proposed = try(h.cycle.Store.Holds(t.Context(), store.HoldFilter{States: []ar.EntryState{ar.EntryProposed}}))(h)
		h.today++
	}
	if len(proposed) == 0 {
		t.Fatal("no hold needed a yes in 90 days")
	}
	for h.today.Weekday() != time.Sunday {
		h.today++
	}
	e := proposed[0]
	w := store.HoldWrite{Entry: e, Was: ar.EntryProposed, Mode: h.co.Mode, By: "person:Ann", Day: h.today, At: h.cycle.Clock.Now()}
	w.Entry.State = ar.EntryPlanned
	if _, err := h.cycle.Store.PutHold(t.Context(), w); !fault.Is(err, fault.Denied) {
		t.Errorf("a proposed hold is decided without a yes: %v", err)
	}
	try(h.cycle.Store.SayYes(t.Context(), h.word("Ann", outbox.Ref{Kind: outbox.RefHold, ID: e.ID})))(h)
	state := func() ar.EntryState {
		all := try(h.cycle.Store.Holds(t.Context(), store.HoldFilter{Accounts: []ar.AccountID{e.Account}}))(h)
		return all[len(all)-1].State
	}
	if h.run(); state() != ar.EntryPlanned {
		t.Errorf("on Sunday the hold is %s, want it kept", state())
	}
	h.today++
	if h.run(); state() != ar.EntryPlaced {
		t.Errorf("on Monday the hold is %s", state())
	}
}
