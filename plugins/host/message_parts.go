package host

import (
	"holdfast/engine/outbox"
	"holdfast/plugins/proto"
)

func letterOf(l *outbox.Letter) *proto.Letter {
	if l == nil {
		return nil
	}
	letter := &proto.Letter{Sender: l.Sender, Dated: l.Dated, Slip: l.Slip}
	for _, b := range l.Body {
		letter.Body = append(letter.Body, &proto.Block{Lines: b.Lines, Table: tableOf(b.Table)})
	}
	return letter
}

func tableOf(t *outbox.Table) *proto.Table {
	if t == nil {
		return nil
	}
	table := &proto.Table{Title: t.Title, Head: t.Head, Right: uint32(t.Right)}
	for _, r := range t.Rows {
		table.Rows = append(table.Rows, &proto.Row{Cells: r.Cells, Note: r.Note, Strong: r.Strong})
	}
	return table
}

func callOf(c *outbox.Call) *proto.Call {
	if c == nil {
		return nil
	}
	return &proto.Call{
		Script: c.Script, Machine: c.Machine, Menu: c.Menu, LinkText: c.LinkText, LinkSent: c.LinkSent,
		AskDay: c.AskDay, LastDay: c.LastDay, DayTaken: c.DayTaken, SpeakTo: c.SpeakTo, SpeakSaid: c.SpeakSaid,
		NotUnderstood: c.NotUnderstood, Goodbye: c.Goodbye,
	}
}

func cardOf(c *outbox.Card) *proto.Card {
	if c == nil {
		return nil
	}
	card := new(proto.Card)
	for _, f := range c.Fields {
		card.Fields = append(card.Fields, &proto.Field{Name: f.Name, Value: f.Value})
	}
	for _, l := range c.Links {
		card.Links = append(card.Links, &proto.Link{Label: l.Label, Url: l.URL})
	}
	return card
}
