package main

// bug is one line of the engine made wrong.
type bug struct {
	property, what string
	file, old, new string
	pkg, test      string
}

const (
	lives   = "TestLivesKeepTheRules"
	engine  = "engine/sequence"
	decides = "TestTheSameCaseGivesTheSameDecision"
)

// bugs are planted one at a time.
var bugs = []bug{
	{"no step skipped", "a step is passed over with the one before it", engine + "/decide_due.go",
		"if !p.did(r.ID, n) {", "if !p.did(r.ID, n) && (i == 0 || i%3 != 1) {", engine, lives},
	{"none repeated", "what was sent on every fifth day is forgotten", engine + "/state.go",
		"if p == nil || p.Episode != o.Episode || p.did(o.Step, o.Repeat) {\n\t\t\tcontinue\n\t\t}\n\t\tp.Done = append(p.Done, Done{Step: o.Step, Repeat: o.Repeat, On: on, How: how, Until: until})",
		"if p == nil || p.Episode != o.Episode || p.did(o.Step, o.Repeat) || on%5 == 0 {\n\t\t\tcontinue\n\t\t}\n\t\tp.Done = append(p.Done, Done{Step: o.Step, Repeat: o.Repeat, On: on, How: how, Until: until})", engine, lives},
	{"spacing kept", "a late step pulls the next to its own planned day", engine + "/decide_due.go",
		"return max(planned, last.On+max(0, planned-before.At.day(d, v))), true", "return planned, true", engine, lives},
	{"one message a party a day", "a reminder does not look what goes today already", "engine/steps/message/message.go",
		`case v.Speaks != "":`, `case v.Speaks == "nobody":`, engine, lives},
	{"gap kept over all sequences", "only the party's own sequence counts: the gap looks one day short", engine + "/view_message.go",
		"today-last < ar.Day(max(gap, 1))", "today-last < ar.Day(max(gap, 1))-1", engine, lives},
	{"nothing for a paid document", "what was paid is not seen", engine + "/view.go",
		"case doc.Open > 0:", "case doc.Amount > 0:\n\t\t\tunpaid := *doc\n\t\t\tunpaid.Open, doc = doc.Amount, &unpaid", engine, lives},
	{"nothing for a wholly disputed document", "what was told is not put over the ERP's document", engine + "/view_told.go",
		"if amount <= doc.DisputedOpen() {", "if amount > 0 || amount <= doc.DisputedOpen() {", engine, lives},
	{"nothing while a promise is open", "promises cover nothing", engine + "/view_standing.go",
		"h.Subject.Kind != SubjectPromise || h.State != ToldOpen", "h.Subject.Kind != SubjectPromise || h.State == ToldOpen", engine, lives},
	{"nothing automated to white glove", "the preference is not heard", engine + "/view_terms.go",
		"t.people = yes", "t.people = t.people || yes && t.noStatement", engine, lives},
	{"an opt-out holds", "only the channel is compared", engine + "/view_terms.go",
		`if SameAddress(f.Address, address, v.countryOf(f.Account)) || f.Address == "" && v.ours(f.Account) {`, `if f.Address == "" && v.ours(f.Account) {`, engine, lives},
	{"every statement gone by its day", "the nth business day is counted nine too far", engine + "/moment.go",
		"MonthEnd(), m.Nth, v", "MonthEnd(), m.Nth+9, v", engine, lives},
	{"no hold without its accepted warning", "any done step counts as the warning", "engine/steps/hold/hold.go",
		"if done.Step != d.Rung.WarnedBy || done.How != sequence.DoneSent {", "if done.Step != d.Rung.WarnedBy {", engine, lives + "|TestAHoldAndWhatStandsInItsWay"},
	{"a warning is spoken", "another's words cover it", "engine/steps/message/message.go",
		"warns := d.Sequence.Warns(d.Rung.ID) && d.Rung != lead.Rung", "warns := d.Sequence.Warns(d.Rung.ID) && d.Rung == nil", engine, "TestAWarning"},
	{"the warning is old enough", "its age is not asked", "engine/steps/hold/hold.go",
		"if !ago.Passed(done.On, v.Case.Today, v.Book.Policy.Business) {", "if !ago.Passed(done.On, v.Case.Today+300, v.Book.Policy.Business) {", engine, lives + "|TestAHoldAndWhatStandsInItsWay"},
	{"a residual under the floor is never chased", "the floor of documents is not asked", engine + "/view_standing.go",
		"isAway, isUndated, isDisputed, isTolerated,", "isAway, isUndated, isDisputed,", engine, lives},
	{"a part-paid one is asked about first", "deductions are not suspected", engine + "/view_standing.go",
		"isOurs, isDeduction, isBeforePayRun", "isOurs, isBeforePayRun", engine, lives},
	{"every overdue residual in one state", "a document before its pay run has none", engine + "/view_standing.go",
		"isDeduction, isBeforePayRun", "isDeduction", engine, lives},
	{"no currency added to another", "sums forget their currency", engine + "/view_sum.go",
		"t.sum = t.sum.Add(part, doc.Currency)", "t.sum = t.sum.Add(part, t.base.Currency)", engine, lives},
	{"no more asked than is owed", "credits are not taken off", engine + "/view.go",
		"net[i].Minor = max(0, net[i].Minor-v.Credits.In(net[i].Currency))", "net[i].Minor = max(0, net[i].Minor)", engine, lives},
	{"no message during a pause", "a pause ends a day early", engine + "/view_terms.go",
		"case f.Kind == intake.Pause && len(f.Documents) == 0 && v.Case.Today <= f.Day:", "case f.Kind == intake.Pause && len(f.Documents) == 0 && v.Case.Today < f.Day:", engine, lives},
	{"the same case, the same decision", "steps are planned in the order of a map", engine + "/decide.go",
		"for _, step := range v.Book.steps {", "for _, step := range map[string]Step{\"a\": v.Book.steps[0], \"b\": v.Book.steps[1], \"c\": v.Book.steps[2], \"d\": v.Book.steps[3], \"e\": v.Book.steps[4], \"f\": v.Book.steps[5]} {", engine, decides},
}
