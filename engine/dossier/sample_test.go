package dossier

import (
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/intake"
	"holdfast/engine/outbox"
)

var today = ar.MustDay("2026-10-30")

var account = ar.AccountID{Source: "demo", Company: "1", Customer: "7"}

func invoice(number, due string, amount, open int64, cur ar.Currency) ar.Document {
	return ar.Document{
		ID: ar.DocumentID("id-" + number), Account: account, Number: number, Kind: ar.Invoice, IssuedOn: ar.MustDay(due) - 30,
		PostedOn: ar.MustDay(due) - 30, DueOn: ar.MustDay(due), Currency: cur, Amount: amount, Open: open, PONumber: "PO-" + number,
	}
}

// sent is one message as a channel took it.
func sent(id int64, day string, state outbox.State, m outbox.Message) Sent {
	content, sha, err := m.Encode()
	if err != nil {
		panic(err)
	}
	s := Sent{Message: m, Delivery: outbox.Delivery{
		ID: id, Mode: outbox.Live, Account: account, Channel: "mail", Medium: "email", Recipient: "ap@anders.example", Step: "first",
		Template: "past-due-1", Day: ar.MustDay(day), State: state, SHA: sha, Content: content, Provider: "250 queued as 4711",
		ChangedAt: time.Date(2026, 10, 5, 13, 30, 0, 0, time.UTC),
	}}
	if len(m.Postal) > 0 {
		s.Delivery.Medium, s.Delivery.Step, s.Delivery.Template = "letter", "final", "final-notice"
	} else {
		s.Mail = []byte("Subject: " + m.Subject + "\r\n\r\n" + m.Text)
	}
	return s
}

// sample is an account with two invoices handed to legal, one part-paid and in
// part disputed, one in euros; and with a credit that is set against nothing.
func sample() *Dossier {
	limit := int64(5000000)
	part, euro, later := invoice("INV-1", "2026-09-01", 120000, 90000, "USD"), invoice("INV-2", "2026-10-01", 50000, 50000, "EUR"),
		invoice("INV-3", "2026-11-15", 70000, 70000, "USD")
	receipt := ar.Document{ID: "r1", Account: account, Number: "RC-1", Kind: ar.Receipt, PostedOn: ar.MustDay("2026-09-20"), Currency: "USD", Amount: -30000}
	credit := ar.Document{ID: "c1", Account: account, Number: "CM-1", Kind: ar.CreditMemo, PostedOn: ar.MustDay("2026-10-02"), Currency: "USD", Amount: -10000, Open: -10000}
	contested := []intake.Covered{{Document: "id-INV-1", Number: "INV-1", Currency: "USD", Open: 90000, Amount: 25000}}
	return &Dossier{
		Creditor: Creditor{Company: "1", Name: "Harbourline Supply Co", Address: []string{"12 Quay Street", "Portland, ME 04101"}}, Base: "USD", Day: today,
		Matter: Matter{Task: 12, Mode: outbox.Live, To: "legal", Sequence: "past-due", Step: "agency", Reason: "its day has come", OpenedOn: today,
			DueOn: today + 3, Documents: []ar.DocumentID{"id-INV-1", "id-INV-2"}},
		Customer: ar.Customer{Account: account, Number: "C/7", Name: "Anders & Søn", LegalName: "Anders og Søn A/S", Payer: "7", TermsCode: "NET30", CreditLimit: &limit,
			Address: ar.Address{Line1: "Havnegade 1", Postcode: "5000", City: "Odense", Country: "DK"}},
		Contacts:  []ar.Contact{{Account: account, Role: "ap", Name: "Pat Payable", Email: "ap@anders.example", Valid: true}},
		Documents: []ar.Document{part, euro, later, receipt, credit},
		Applied: []ar.Application{{Account: account, ID: "a1", Receipt: "r1", Document: "id-INV-1", AppliedOn: ar.MustDay("2026-09-21"),
			PostedOn: ar.MustDay("2026-09-21"), Amount: 30000}},
		Sent: []Sent{
			sent(5, "2026-10-05", outbox.Accepted, outbox.Message{Subject: "Reminder", Text: "Please pay.", To: []outbox.Mailbox{{Address: "ap@anders.example"}}}),
			sent(6, "2026-10-12", outbox.Refused, outbox.Message{Subject: "Reminder 2", Text: "Please pay now."}),
			sent(7, "2026-10-20", outbox.Accepted, outbox.Message{Subject: "Final notice", Text: "Anders og Søn A/S\n\nLast notice.", Postal: []string{"Anders og Søn A/S", "Havnegade 1", "5000 Odense"}}),
		},
		Calls: []Call{{Day: ar.MustDay("2026-10-14"), Script: "call-past-due", By: "person:dana", Outcome: intake.Promised, Text: "pays on Friday"}},
		Told: []Told{
			{Fact: intake.Fact{ID: 1, Kind: intake.Dispute, Account: account, Documents: contested, Code: "damaged", Text: "wet", By: "person:dana", On: today - 9}, State: "open"},
			{Fact: intake.Fact{ID: 2, Kind: intake.Promise, Account: account, Day: today - 7, Amount: ar.Balance{{Minor: 65000, Currency: "USD"}}, By: "person:dana", On: today - 16}, State: "broken"},
			{Fact: intake.Fact{ID: 3, Kind: intake.Pause, Account: account, Day: today + 5, Code: "trade fair", By: "person:kim", On: today - 3},
				Ended: &intake.Fact{Kind: intake.End, Code: intake.Withdrawn, By: "person:kim", On: today - 2}},
		},
		Holds: []ar.HoldEntry{{ID: 1, Account: account, State: ar.EntryPlaced, Level: ar.HoldStopsShipments, Previous: ar.HoldState{Held: ar.Valued, Value: "N"},
			Reason: "cheque returned", Proposer: "person:dana", PlacedOn: today - 10}},
		Copies: []Copy{{Document: "id-INV-1", Number: "INV-1", Ext: ".pdf", Data: []byte("%PDF")},
			{Document: "id-INV-2", Number: "INV-2", Missing: "not found where copies are kept"}},
		Statement: []byte("statement"),
	}
}
