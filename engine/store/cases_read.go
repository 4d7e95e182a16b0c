package store

import (
	"cmp"
	"context"
	"database/sql"

	"holdfast/engine/ar"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
)

// receiptsAtOnce bounds how many documents one query looks up by name.
const receiptsAtOnce = 500

// lateHold is for how many days a released hold is still shown to a decision.
const lateHold = 60

// touchDays is for how many days a message counts against gaps and caps.
const touchDays = 30

func (b *caseBatch) readStates(ctx context.Context, tx *sql.Tx) error {
	args := []any{b.company.no, string(b.sel.Mode)}
	for _, payer := range b.payers {
		args = append(args, payer)
	}
	rows, err := tx.QueryContext(ctx, `SELECT payer, version, running, quiet, state FROM party_state
		WHERE company_no = ? AND mode = ? AND payer IN (`+placeholders(len(b.payers))+`)`, args...)
	return each(rows, err, func(rows *sql.Rows) error {
		var payer ar.CustomerID
		var version int64
		var running int
		var quiet bool
		var state string
		if err := rows.Scan(&payer, &version, &running, &quiet, &state); err != nil {
			return err
		}
		b.awake[payer] = running > 0 || !quiet
		b.byPayer[payer].Version = version
		return fromJSON(state, &b.byPayer[payer].State)
	})
}

// readCustomers fills the accounts and notes where each one stands.
func (b *caseBatch) readCustomers(ctx context.Context, tx *sql.Tx) error {
	args := []any{b.company.no}
	for _, payer := range b.payers {
		args = append(args, payer)
	}
	rows, err := tx.QueryContext(ctx, `SELECT `+customerTable.fields("")+` FROM customer
		WHERE company_no = ? AND payer IN (`+placeholders(len(b.payers))+`) ORDER BY payer, id`, args...)
	b.ids = []any{b.company.no}
	return each(rows, err, func(rows *sql.Rows) error {
		v, err := scanCustomer(b.company, rows)
		if err != nil {
			return err
		}
		c := b.byPayer[v.Payer]
		c.Accounts = append(c.Accounts, sequence.Account{Customer: v})
		b.accounts[v.Account.Customer] = place{c, len(c.Accounts) - 1}
		b.ids = append(b.ids, string(v.Account.Customer))
		return nil
	})
}

// ofAccounts runs a query on the batch's accounts; where ends in what narrows
// it further, and column names the customer.
func (b *caseBatch) ofAccounts(ctx context.Context, tx *sql.Tx, query, column, rest string, f func(*sql.Rows) error, args ...any) error {
	if len(b.ids) < 2 {
		return nil
	}
	all := append(b.ids[:len(b.ids):len(b.ids)], args...)
	rows, err := tx.QueryContext(ctx, query+` WHERE company_no = ? AND `+column+` IN (`+placeholders(len(b.ids)-1)+`)`+rest, all...)
	return each(rows, err, f)
}

func (b *caseBatch) readDocuments(ctx context.Context, tx *sql.Tx) error {
	scan := newDocumentScan(b.company)
	var at place
	var of ar.CustomerID
	return b.ofAccounts(ctx, tx, `SELECT `+documentTable.fields("")+` FROM document`, "customer_id",
		` AND open <> 0 AND voided = 0 ORDER BY customer_id, id`, func(rows *sql.Rows) error {
			d, err := scan.next(rows)
			if err != nil {
				return err
			}
			if at.c == nil || of != d.Account.Customer {
				of = d.Account.Customer
				at = b.accounts[of]
			}
			a := at.account()
			a.Documents = append(a.Documents, d)
			return nil
		})
}

// readContacts reads the contacts; one without a country is where its customer is.
func (b *caseBatch) readContacts(ctx context.Context, tx *sql.Tx) error {
	return b.ofAccounts(ctx, tx, `SELECT `+contactTable.fields("")+` FROM contact`, "customer_id", ` ORDER BY customer_id, id`,
		func(rows *sql.Rows) error {
			v, err := scanContact(b.company, rows)
			if err == nil {
				a := b.accounts[v.Account.Customer].account()
				v.Address.Country = cmp.Or(v.Address.Country, a.Customer.Address.Country)
				a.Contacts = append(a.Contacts, v)
			}
			return err
		})
}

// readReceipts finds the newest application to each part-paid document.
func (b *caseBatch) readReceipts(ctx context.Context, tx *sql.Tx) error {
	part := map[ar.DocumentID]*sequence.Account{}
	ids := []any{b.company.no}
	for i := range b.cases {
		for j := range b.cases[i].Accounts {
			a := &b.cases[i].Accounts[j]
			for k := range a.Documents {
				if d := &a.Documents[k]; d.Amount != d.Open {
					part[d.ID] = a
					ids = append(ids, string(d.ID))
				}
			}
		}
	}
	for from := 1; from < len(ids); from += receiptsAtOnce {
		some := append([]any{ids[0]}, ids[from:min(from+receiptsAtOnce, len(ids))]...)
		rows, err := tx.QueryContext(ctx, `SELECT document_id, MAX(applied_on) FROM application
			WHERE company_no = ? AND document_id IN (`+placeholders(len(some)-1)+`) AND reversed = 0 GROUP BY document_id`, some...)
		err = each(rows, err, func(rows *sql.Rows) error {
			var id ar.DocumentID
			var on int32
			if err := rows.Scan(&id, &on); err != nil {
				return err
			}
			a := part[id]
			if a.LastReceipts == nil {
				a.LastReceipts = map[ar.DocumentID]ar.Day{}
			}
			a.LastReceipts[id] = ar.Day(on)
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (b *caseBatch) readOrders(ctx context.Context, tx *sql.Tx) error {
	return b.ofAccounts(ctx, tx, `SELECT `+orderTable.fields("")+` FROM sales_order`, "customer_id", ` ORDER BY customer_id, id`,
		func(rows *sql.Rows) error {
			v, err := scanOrder(b.company, rows)
			if err == nil {
				a := b.accounts[v.Account.Customer].account()
				a.Orders = append(a.Orders, v)
			}
			return err
		})
}

func (b *caseBatch) readFlaws(ctx context.Context, tx *sql.Tx) error {
	return b.ofAccounts(ctx, tx, `SELECT `+flawTable.fields("")+` FROM flaw`, "customer_id", ` ORDER BY customer_id, entity, id, field`,
		func(rows *sql.Rows) error {
			v, err := scanFlaw(b.company, rows)
			if err == nil {
				a := b.accounts[v.Account.Customer].account()
				a.Flaws = append(a.Flaws, v)
			}
			return err
		})
}

func (b *caseBatch) readHolds(ctx context.Context, tx *sql.Tx) error {
	return b.ofAccounts(ctx, tx, `SELECT `+holdColumns+` FROM hold_journal`, "customer_id",
		` AND mode = ? AND (live = 1 OR state = ? AND released_on > ?) ORDER BY id`,
		func(rows *sql.Rows) error {
			h, err := scanHold(rows)
			if err != nil {
				return err
			}
			h.Account = b.company.account(h.Account.Customer)
			c := b.accounts[h.Account.Customer].c
			c.Holds = append(c.Holds, h.HoldEntry)
			return nil
		}, string(b.sel.Mode), string(ar.EntryReleased), int64(b.sel.Today)-lateHold)
}

func (b *caseBatch) readPending(ctx context.Context, tx *sql.Tx) error {
	args := []any{b.company.no, string(b.sel.Mode)}
	for _, state := range pendingStates {
		args = append(args, string(state))
	}
	for _, payer := range b.payers {
		args = append(args, payer)
	}
	rows, err := tx.QueryContext(ctx, `SELECT id, payer, state, occasions, cover FROM delivery WHERE company_no = ? AND mode = ?
		AND state IN (`+placeholders(len(pendingStates))+`) AND payer IN (`+placeholders(len(b.payers))+`) ORDER BY id`, args...)
	return each(rows, err, func(rows *sql.Rows) error {
		var p sequence.Pending
		var payer ar.CustomerID
		var occasions string
		if err := rows.Scan(&p.Delivery, &payer, &p.State, &occasions, &p.Cover); err != nil {
			return err
		}
		if err := fromJSON(occasions, &p.Occasions); err != nil {
			return err
		}
		b.byPayer[payer].Pending = append(b.byPayer[payer].Pending, p)
		return nil
	})
}

// pendingStates are those of a delivery whose occasions wait.
var pendingStates = [...]outbox.State{
	outbox.Rendered, outbox.Waiting, outbox.Reserved, outbox.Handed, outbox.Retry, outbox.Uncertain,
}

// readTouches finds the messages that went to any address of each party.
func (b *caseBatch) readTouches(ctx context.Context, tx *sql.Tx) error {
	since := int64(b.sel.Today) - touchDays
	return b.ofAddresses(ctx, tx, `SELECT t.channel, t.medium, t.address, t.purpose, t.on_day, t.payer, c.source, c.id
		FROM touch t JOIN company c ON c.no = t.company_no
		WHERE t.mode = ? AND t.on_day > ? AND t.on_day <= ? AND t.address IN (`, `) ORDER BY t.on_day, t.id`,
		func(rows *sql.Rows) error {
			var t sequence.Touch
			err := rows.Scan(&t.Channel, &t.Medium, &t.Address, &t.Purpose, (*int32)(&t.On), &t.Party.Payer, &t.Party.Source, &t.Party.Company)
			for _, c := range b.owners[t.Address] {
				c.Touches = append(c.Touches, t)
			}
			return err
		}, string(b.sel.Mode), since, int64(b.sel.Today))
}

// findAddresses lists every address of the batch with the cases that have it, a
// letter box for each account.
func (b *caseBatch) findAddresses(context.Context, *sql.Tx) error {
	for i := range b.cases {
		c := &b.cases[i]
		for j := range c.Accounts {
			a := &c.Accounts[j]
			b.own(c, sequence.PostalAddress(a.Customer.Account))
			for k := range a.Contacts {
				for _, address := range sequence.Addresses(&a.Contacts[k]) {
					b.own(c, address)
				}
			}
		}
	}
	return nil
}

// own notes that a case has an address.
func (b *caseBatch) own(c *sequence.Case, address string) {
	known := b.owners[address]
	if len(known) > 0 && known[len(known)-1] == c {
		return
	}
	if len(known) == 0 {
		b.named = append(b.named, address)
	}
	b.owners[address] = append(known, c)
}
