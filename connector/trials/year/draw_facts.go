package year

import (
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/intake"
)

// tell adds a fact on a day of the walk; on the first nobody is known yet.
func (d *drawing) tell(f intake.Fact) {
	if f.On <= d.First || f.On >= d.last {
		return
	}
	f.By, f.At = "Ann", f.On.Time(time.UTC).Add(10*time.Hour)
	d.history.Facts = append(d.history.Facts, f)
}

// wishes draws how a customer wants to be dealt with.
func (d *drawing) wishes(account ar.AccountID, from ar.Day) {
	on := max(from, d.First) + ar.Day(d.between(1, max(2, d.Days/2)))
	switch d.random.IntN(50) {
	case 0:
		d.tell(intake.Fact{Kind: intake.Preference, Account: account, On: on, Code: intake.PaysOn, Value: "15,last"})
	case 1:
		d.tell(intake.Fact{Kind: intake.Preference, Account: account, On: on, Code: intake.WantsPeople, Value: intake.Yes})
	case 2:
		d.tell(intake.Fact{Kind: intake.Preference, Account: account, On: on, Code: intake.DirectDebit, Value: intake.Yes})
	case 3:
		d.tell(intake.Fact{Kind: intake.DoNotContact, Account: account, On: on, Channel: "email"})
	case 4:
		d.tell(intake.Fact{Kind: intake.Pause, Account: account, On: on, Day: on + ar.Day(d.between(5, 25)), Code: "audit"})
	case 5:
		d.tell(intake.Fact{Kind: intake.Reply, Account: account, On: on, Text: "we look into it"})
	case 6:
		d.tell(intake.Fact{Kind: intake.Event, Account: account, On: on, Code: intake.CopyRequested})
	}
}

// told draws what people told of an invoice: a promise, a plan, a dispute or a
// pause of that invoice alone.
func (d *drawing) told(v *invoiced) {
	on := v.due + ar.Day(d.between(2, 20))
	f := intake.Fact{Account: v.account, On: on, Documents: []intake.Covered{{Document: v.id, Number: v.number, Currency: "USD"}}}
	switch d.random.IntN(6) {
	case 0, 1, 2:
		f.Kind, f.Day = intake.Promise, on+ar.Day(d.between(3, 20))
		f.Amount = ar.Balance{{Minor: v.open, Currency: "USD"}}
	case 3:
		half := v.open / 2
		f.Kind = intake.Plan
		f.Parts = []intake.Part{
			{Day: on + 10, Amount: ar.Money{Minor: half, Currency: "USD"}}, {Day: on + 40, Amount: ar.Money{Minor: v.open - half, Currency: "USD"}},
		}
	case 4:
		f.Kind, f.Code, f.Owner = intake.Dispute, "quantity", "sales"
	default:
		f.Kind, f.Day, f.Code = intake.Pause, on+15, "waits for a document"
	}
	d.tell(f)
}
