package message

import "holdfast/engine/ar"

// total is one line of the sums; Strong is what is asked.
type total struct {
	Label, Amount string
	Strong        bool
	Apart         bool // begins another currency
}

// totals sums each currency from what is open to what is asked.
func (in Input) totals(w Words, asked ar.Balance) []total {
	sums := in.sums()
	for _, m := range asked {
		sums.open = sums.open.Add(0, m.Currency)
	}
	var out []total
	for _, m := range sums.open {
		lines := sums.lines(w, m.Currency, asked.In(m.Currency))
		if len(out) > 0 && len(lines) > 0 {
			lines[0].Apart = true
		}
		out = append(out, lines...)
	}
	return out
}

// sums are the amounts behind the totals.
type sums struct{ open, disputed, credits ar.Balance }

// sums adds up the named documents, and the credits of the whole party.
func (in Input) sums() sums {
	var s sums
	for _, line := range in.Intent.Lines {
		if d := line.Document; d.Open > 0 {
			s.open = s.open.Add(d.Open, d.Currency)
			s.disputed = s.disputed.Add(line.Disputed, d.Currency)
		}
	}
	for _, a := range in.Accounts {
		for _, d := range a.Documents {
			if d.Open < 0 {
				s.credits = s.credits.Add(d.Open, d.Currency)
			}
		}
	}
	return s
}

// lines words one currency. Whatever else keeps open and asked apart, such as
// a promise, stands on a line of its own, so that the lines always add up.
func (s sums) lines(w Words, cur ar.Currency, asked int64) []total {
	var out []total
	add := func(word string, minor int64, strong bool) {
		if minor != 0 {
			out = append(out, total{Label: w[word], Amount: w.money(minor, cur), Strong: strong})
		}
	}
	open, disputed, credits := s.open.In(cur), s.disputed.In(cur), s.credits.In(cur)
	add("total_open", open, false)
	add("total_disputed", -disputed, false)
	add("total_credits", credits, false)
	if asked > 0 {
		add("total_other", asked-(open-disputed+credits), false)
		add("total_asked", asked, true)
	}
	return out
}
