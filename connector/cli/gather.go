package cli

import (
	"context"

	"holdfast/engine/ar"
	"holdfast/engine/store"
)

// gathered is what some companies have of one kind, with the customers that it
// is about.
type gathered[T any] struct {
	list  []T
	among []place
	known map[ar.AccountID]ar.Customer
}

// key returns the configured key of an account's company.
func (g gathered[T]) key(id ar.AccountID) string { return keyOf(g.among, id.Source, id.Company) }

// gather reads from the state what the company of a key has, or all for "".
func gather[T any](ctx context.Context, a *App, key string, account func(T) ar.AccountID,
	read func(*store.Store, place) ([]T, error)) (gathered[T], error) {
	var g gathered[T]
	st, err := a.ReadStore(ctx)
	if err != nil {
		return g, err
	}
	defer st.Close()
	if g.among, err = a.places(ctx, st, key); err != nil {
		return g, err
	}
	var ids []ar.AccountID
	for _, p := range g.among {
		of, err := read(st, p)
		if err != nil {
			return g, err
		}
		for _, row := range of {
			g.list, ids = append(g.list, row), append(ids, account(row))
		}
	}
	g.known, err = customers(ctx, st, ids)
	return g, err
}
