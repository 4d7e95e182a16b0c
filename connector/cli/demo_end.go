package cli

import "context"

// end counts what is left and tells the story.
func (d *demo) end(ctx context.Context) error {
	last, err := d.erp.Balance(ctx, d.figures.LastDay+1)
	if err != nil {
		return err
	}
	d.figures.OverdueLast = last.Overdue
	return d.WriteJSON(d.figures)
}
