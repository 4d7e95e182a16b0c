package message

import (
	"holdfast/engine/outbox"
)

// letterParts is the letter of asLetter in its parts, for a channel that lays it
// out itself. It says nothing that the text does not say, but for the slip, which
// repeats what is to be paid and how.
func (in Input) letterParts(w Words, m outbox.Message, blocks []block) *outbox.Letter {
	l := &outbox.Letter{Sender: in.letterSender(), Dated: in.placeAndDate(w, m.Date)}
	for _, b := range blocks {
		l.Body = append(l.Body, b.letterBlocks(w)...)
	}
	l.Slip = in.slip(w)
	return l
}

// letterSender is name and address of the company, a line each.
func (in Input) letterSender() []string {
	lines := []string{oneLine(in.Company.Name)}
	for _, line := range in.Company.Address {
		lines = appendLine(lines, line)
	}
	return lines
}

// letterBlocks are the paragraphs and tables of one block of a template.
func (b block) letterBlocks(w Words) []outbox.Block {
	switch b.Kind {
	case markDocuments, markStepDocuments:
		return documentTables(b.groups(), w)
	case markTotals:
		return totalTables(b.Parts.Totals)
	case markPay:
		return []outbox.Block{{Lines: payLines(b.Parts, w)}}
	case markFooter:
		return []outbox.Block{{Lines: b.Parts.Footer}}
	}
	return []outbox.Block{{Lines: b.Lines}}
}

// documentTables makes a table per group.
func documentTables(groups []group, w Words) []outbox.Block {
	var out []outbox.Block
	for _, g := range groups {
		t := &outbox.Table{
			Title: g.Title, Head: []string{w["head_document"], w["head_issued"], w["head_due"], w["head_late"], g.Head}, Right: 3,
		}
		for _, r := range g.Rows {
			t.Rows = append(t.Rows, outbox.Row{Cells: []string{r.Number, r.Issued, r.Due, r.Late, r.Open}, Note: r.Note})
		}
		out = append(out, outbox.Block{Table: t})
	}
	return out
}

// totalTables makes a table per currency.
func totalTables(totals []total) []outbox.Block {
	var out []outbox.Block
	for i, t := range totals {
		if i == 0 || t.Apart {
			out = append(out, outbox.Block{Table: &outbox.Table{Right: 1}})
		}
		last := out[len(out)-1].Table
		last.Rows = append(last.Rows, outbox.Row{Cells: []string{t.Label, t.Amount}, Strong: t.Strong})
	}
	return out
}

// slip is what a payment slip says: to whom and how to pay, what is asked, and
// who pays. nil where nothing is asked or the company has not said how to pay.
func (in Input) slip(w Words) []string {
	asked := in.asked()
	if in.Company.PayText == "" || len(asked) == 0 {
		return nil
	}
	return []string{
		oneLine(in.Company.Name), oneLine(in.Company.PayText), w["total_asked"] + w["colon"] + " " + w.moneys(asked), in.payerTitle(),
	}
}

// payerTitle names the payer's own account, or else the customer written to.
func (in Input) payerTitle() string {
	for _, a := range in.Accounts {
		if a.Customer.Account.Customer == in.Party.Payer {
			return in.groupTitle(a.Customer.Account)
		}
	}
	return in.groupTitle(in.customer().Account)
}
