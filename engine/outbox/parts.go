package outbox

// Letter is the letter of Message.Text in its parts, for a channel that lays it
// out itself. The receiver's address is Message.Postal.
type Letter struct {
	Sender []string `json:"sender"`         // name and address, a line each
	Dated  string   `json:"dated"`          // place and date
	Body   []Block  `json:"body"`           // from the salutation to the footer
	Slip   []string `json:"slip,omitempty"` // what a payment slip says, a line each; nil: none
}

// Block is a paragraph, or a table where Table is not nil.
type Block struct {
	Lines []string `json:"lines,omitempty"`
	Table *Table   `json:"table,omitempty"`
}

// Table is rows under a head, which may be nil. Cells from Right on, counted
// from 0, stand to the right.
type Table struct {
	Title string   `json:"title,omitempty"`
	Head  []string `json:"head,omitempty"`
	Rows  []Row    `json:"rows"`
	Right int      `json:"right"`
}

// Row is one row of a table. Note stands below it, over its whole width; Strong
// is such as what is asked in all.
type Row struct {
	Cells  []string `json:"cells"`
	Note   string   `json:"note,omitempty"`
	Strong bool     `json:"strong,omitempty"`
}

// Call is what an automatic call says, in Message.Language.
type Call struct {
	Script        string `json:"script"`               // said to whoever answers; names no amount
	Machine       string `json:"machine,omitempty"`    // left with an answering machine; empty: hang up
	Menu          string `json:"menu,omitempty"`       // the choices that follow, as far as there are any
	LinkText      string `json:"link_text,omitempty"`  // text message with the link to pay, for key 1; empty: no such choice
	LinkSent      string `json:"link_sent,omitempty"`  // said when it was sent
	AskDay        string `json:"ask_day,omitempty"`    // asks for a day of payment as day and month, for key 2; empty: no such choice
	LastDay       string `json:"last_day,omitempty"`   // the last day that can be promised, 2026-12-31
	DayTaken      string `json:"day_taken,omitempty"`  // said when a day was taken; %s is the day
	SpeakTo       string `json:"speak_to,omitempty"`   // telephone number that key 3 connects to; empty: somebody calls back
	SpeakSaid     string `json:"speak_said,omitempty"` // said before; empty: no such choice
	NotUnderstood string `json:"not_understood,omitempty"`
	Goodbye       string `json:"goodbye,omitempty"`
}

// Card is what a chat shows beside subject and text.
type Card struct {
	Fields []Field `json:"fields,omitempty"`
	Links  []Link  `json:"links,omitempty"`
}

// Field is one line of a card.
type Field struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Link is a link of a card.
type Link struct {
	Label string `json:"label"`
	URL   string `json:"url"`
}
