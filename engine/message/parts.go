package message

import (
	"slices"
	"strconv"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/sequence"
)

// parts are the tables and lists that markers stand for, worded.
type parts struct {
	Groups []group
	Step   []group // only the documents at the message's own step
	Totals []total
	Links  []link
	Pay    []string // how to pay otherwise
	Answer []link   // by which the customer answers
	Footer []string
}

// group is the documents of one account in one currency.
type group struct {
	Title string // empty where the message has only one account and currency
	Head  string // over the open amounts: it names the currency
	Rows  []row
}

// row is one document.
type row struct {
	Number, Issued, Due, Late, Open string
	Note                            string // order, wording of its step, dispute
}

// link is one pay link.
type link struct {
	Label, URL, Amount string
	Currency           ar.Currency
}

// parts words everything that the markers of a source stand for.
func (in Input) parts(w Words, s *source) (parts, error) {
	asked := in.asked()
	if len(asked) == 0 && (in.Intent.Purpose == sequence.Dunning || in.Intent.Purpose == sequence.Legal) {
		return parts{}, in.nothingAsked()
	}
	links, err := in.links(w, in.payable(s))
	if err != nil {
		return parts{}, err
	}
	lines := in.lines()
	atStep := slices.DeleteFunc(slices.Clone(lines), func(l sequence.Line) bool { return !l.AtStep })
	p := parts{
		Groups: in.groups(w, lines), Step: in.groups(w, atStep), Totals: in.totals(w, asked),
		Links: links, Pay: in.payTexts(w, len(links)),
	}
	p.Answer = in.answers(w, s)
	p.Footer = in.footer(w, s, p)
	return p, nil
}

// payable is what pay links ask for: a reminder that names only the documents at
// its step asks for those alone.
func (in Input) payable(s *source) ar.Balance {
	own := in.askedAtStep()
	if in.Intent.About == nil && in.owed() && s.marked(markStepDocuments) && !s.marked(markDocuments) && len(own) > 0 {
		return own
	}
	return in.asked()
}

// askedAtStep is what is asked for the documents at the intent's own step, of
// which credits of the account may cover a part.
func (in Input) askedAtStep() ar.Balance {
	var own ar.Balance
	for _, m := range in.asked() {
		var sum int64
		for _, line := range in.Intent.Lines {
			if line.AtStep && line.Document.Currency == m.Currency {
				sum += line.Asked
			}
		}
		if sum = min(sum, m.Minor); sum > 0 {
			own = own.Add(sum, m.Currency)
		}
	}
	return own
}

// nothingAsked refuses a message that would ask for zero or less.
func (in Input) nothingAsked() error {
	return fault.New(fault.Invalid, "a reminder to %s would ask for nothing", in.Party).
		WithCure("nothing was rendered; the next decision plans anew")
}

// asked are the amounts above zero.
func (in Input) asked() ar.Balance {
	var out ar.Balance
	for _, m := range in.Intent.Asked {
		if m.Minor > 0 {
			out = out.Add(m.Minor, m.Currency)
		}
	}
	return out
}

// groups splits the named documents by account, in the order of the party's
// accounts, and by currency. Credits are left to the totals.
func (in Input) groups(w Words, lines []sequence.Line) []group {
	type place struct {
		account  ar.AccountID
		currency ar.Currency
	}
	var order []place
	rows := map[place][]row{}
	for _, line := range lines {
		if line.Document.Open <= 0 {
			continue
		}
		p := place{line.Document.Account, line.Document.Currency}
		if rows[p] == nil {
			order = append(order, p)
		}
		rows[p] = append(rows[p], in.row(w, line))
	}
	var out []group
	for _, p := range order {
		g := group{Rows: rows[p], Head: w["head_open"] + ", " + string(p.currency)}
		if len(order) > 1 {
			g.Title = in.groupTitle(p.account)
		}
		out = append(out, g)
	}
	return out
}

// lines are the intent's lines in the order of the party's accounts.
func (in Input) lines() []sequence.Line {
	var out []sequence.Line
	known := map[ar.AccountID]bool{}
	for _, a := range in.Accounts {
		known[a.Customer.Account] = true
		for _, line := range in.Intent.Lines {
			if line.Document.Account == a.Customer.Account {
				out = append(out, line)
			}
		}
	}
	for _, line := range in.Intent.Lines {
		if !known[line.Document.Account] {
			out = append(out, line)
		}
	}
	return out
}

// groupTitle names an account.
func (in Input) groupTitle(id ar.AccountID) string {
	for _, a := range in.Accounts {
		if a.Customer.Account == id {
			return oneLine(a.Customer.Name) + " (" + oneLine(a.Customer.Number) + ")"
		}
	}
	return oneLine(string(id.Customer))
}

// row words one document.
func (in Input) row(w Words, line sequence.Line) row {
	d := line.Document
	r := row{Number: documentName(d), Issued: d.IssuedOn.String(), Due: d.DueOn.String(), Open: w.amount(d.Open, d.Currency)}
	if late := d.DaysPastDue(in.Today); late > 0 {
		r.Late = strconv.Itoa(late)
	}
	var notes []string
	if d.PONumber != "" {
		notes = append(notes, w.say("your_order", oneLine(d.PONumber)))
	}
	if line.Label != "" {
		notes = append(notes, w.named("label", line.Label))
	}
	if line.Disputed > 0 {
		notes = append(notes, w.say("in_dispute", w.money(line.Disputed, d.Currency)))
	}
	r.Note = joinNotes(notes)
	return r
}

// documentName is the number, with the instalment where there are several.
func documentName(d ar.Document) string {
	name := oneLine(d.Number)
	if name == "" {
		name = oneLine(string(d.ID))
	}
	if d.Instalment > 1 {
		name += " (" + strconv.Itoa(d.Instalment) + ")"
	}
	return name
}
