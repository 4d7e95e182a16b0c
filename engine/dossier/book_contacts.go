package dossier

import (
	"cmp"
	"slices"

	"holdfast/engine/ar"
	"holdfast/engine/outbox"
	"holdfast/engine/workbook"
)

var contactColumns = []column{
	{"Day", 11.5, workbook.HeadCentre}, {"What", 8, workbook.Head}, {"Channel", 10, workbook.Head}, {"Address", 24, workbook.HeadIndented},
	{"Template", 16, workbook.HeadIndented}, {"Subject, or what was said", 30, workbook.HeadIndented}, {"State", 15, workbook.HeadIndented},
	{"At", 19, workbook.HeadIndented}, {"Provider's id", 22, workbook.HeadIndented}, {"File", 24, workbook.HeadIndented},
}

// contact is one row of the sheet Contacts.
type contact struct {
	day   ar.Day
	cells []workbook.Cell
}

// contacted writes every message that went and every call, day by day.
func (d *Dossier) contacted(book *workbook.Book) error {
	about := "Every message that went and every call. The files have the bytes that were sent; At is when the channel answered last."
	p := d.table(book, "Contacts", about, contactColumns)
	var all []contact
	for i := range d.Sent {
		all = append(all, d.sentRow(i))
	}
	for i := range d.Calls {
		all = append(all, callRow(&d.Calls[i]))
	}
	slices.SortStableFunc(all, func(a, b contact) int { return cmp.Compare(a.day, b.day) })
	for _, c := range all {
		p.row(c.cells...)
	}
	p.empty("Nobody wrote or called.")
	return p.err
}

func (d *Dossier) sentRow(i int) contact {
	s := &d.Sent[i]
	of := &s.Delivery
	address := of.Recipient
	if len(s.Message.Postal) > 0 {
		address = join(", ", s.Message.Postal...)
	}
	return contact{of.Day, []workbook.Cell{
		day(of.Day), text(mediumText(of.Medium)), text(of.Channel), wrapped(address), wrapped(of.Template), wrapped(s.Message.Subject),
		wrapped(stateText(of)), wrapped(d.at(of)), wrapped(of.Provider), wrapped(d.messageFile(i)),
	}}
}

// at is when a message reached its state, in the company's zone.
func (d *Dossier) at(of *outbox.Delivery) string {
	if of.ChangedAt.IsZero() {
		return ""
	}
	return of.ChangedAt.In(d.zone()).Format("2006-01-02 15:04 MST")
}

func callRow(c *Call) contact {
	state := first(join(", by ", words(c.Outcome), person(c.By)), "Nobody has called yet")
	return contact{c.Day, []workbook.Cell{
		day(c.Day), text("Call"), text("telephone"), wrapped(c.Address), wrapped(c.Script), wrapped(c.Text), wrapped(state), text(""), text(""), text(""),
	}}
}
