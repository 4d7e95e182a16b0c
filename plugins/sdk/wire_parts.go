package sdk

import "holdfast/plugins/proto"

func letterOf(l *proto.Letter) *Letter {
	if l == nil {
		return nil
	}
	letter := &Letter{Sender: l.Sender, Dated: l.Dated, Slip: l.Slip}
	for _, b := range l.Body {
		letter.Body = append(letter.Body, Block{Lines: b.Lines, Table: tableOf(b.Table)})
	}
	return letter
}

func tableOf(t *proto.Table) *Table {
	if t == nil {
		return nil
	}
	table := &Table{Title: t.Title, Head: t.Head, Right: int(t.Right)}
	for _, r := range t.Rows {
		table.Rows = append(table.Rows, Row{Cells: r.Cells, Note: r.Note, Strong: r.Strong})
	}
	return table
}

func callOf(c *proto.Call) *Call {
	if c == nil {
		return nil
	}
	return &Call{
		Script: c.Script, Machine: c.Machine, Menu: c.Menu, LinkText: c.LinkText, LinkSent: c.LinkSent,
		AskDay: c.AskDay, LastDay: c.LastDay, DayTaken: c.DayTaken, SpeakTo: c.SpeakTo, SpeakSaid: c.SpeakSaid,
		NotUnderstood: c.NotUnderstood, Goodbye: c.Goodbye,
	}
}

func cardOf(c *proto.Card) *Card {
	if c == nil {
		return nil
	}
	card := new(Card)
	for _, f := range c.Fields {
		card.Fields = append(card.Fields, Field{Name: f.Name, Value: f.Value})
	}
	for _, l := range c.Links {
		card.Links = append(card.Links, Link{Label: l.Label, URL: l.Url})
	}
	return card
}
