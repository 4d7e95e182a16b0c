package store

import (
	"database/sql"

	"holdfast/engine/ar"
)

// fields is the columns that hold no more than what scanDocument and
// scanCustomer need: all but the hash, which only the swap compares.
func (t table) fields(prefix string) string {
	short := t
	if short.columns[len(short.columns)-1] == "hash" {
		short.columns = short.columns[:len(short.columns)-1]
	}
	return short.list(prefix)
}

// documentScan reads documents of one company from rows of
// documentTable.fields. It keeps what does not change from row to row.
type documentScan struct {
	company company
	doc     ar.Document
	base    sql.NullInt64
	extra   string
	changed int64
	dest    []any
}

func newDocumentScan(c company) *documentScan {
	s := &documentScan{company: c}
	d := &s.doc
	s.dest = []any{(*string)(&d.Account.Customer), (*string)(&d.ID), &d.Number, (*string)(&d.Kind), &d.Instalment,
		(*int32)(&d.IssuedOn), (*int32)(&d.PostedOn), (*int32)(&d.DueOn), (*string)(&d.Currency), &d.Amount, &d.Open, &s.base,
		&d.PONumber, &d.OrderNumber, &d.ShipToID, (*string)(&d.RelatedID), &d.ConsolidationNo, &d.Disputed, &d.DisputedAmount,
		&d.DisputeReason, &d.Voided, (*int32)(&d.ClosedOn), &s.extra, &s.changed}
	return s
}

// next reads one row.
func (s *documentScan) next(rows *sql.Rows) (ar.Document, error) {
	if err := rows.Scan(s.dest...); err != nil {
		return ar.Document{}, err
	}
	d := s.doc
	d.Account = s.company.account(d.Account.Customer)
	if s.base.Valid {
		base := s.base.Int64
		d.BaseOpen = &base
	}
	d.ChangedAt = fromInstant(s.changed)
	if s.extra == "" {
		return d, nil
	}
	extra, err := decodeExtra(s.extra)
	d.Extra = extra
	return d, err
}

// scanCustomer reads one row of customerTable.fields.
func scanCustomer(c company, rows *sql.Rows) (ar.Customer, error) {
	var v ar.Customer
	var limit sql.NullInt64
	var extra string
	var changed int64
	err := rows.Scan(&v.Account.Customer, &v.Number, &v.Name, &v.LegalName, &v.Parent, &v.Payer, &v.Currency, &limit,
		&v.TermsCode, &v.PaymentMethod, &v.DebtorKind, &v.CashInAdvance, &v.DunningBlock, &v.Language,
		&v.Address.Line1, &v.Address.Line2, &v.Address.Postcode, &v.Address.City, &v.Address.Region, &v.Address.Country,
		&v.TimeZone, &v.Collector, &v.SalesRep, &v.Segment, &v.Active, &v.OnHold, &v.HoldVersion, &extra, &changed)
	if err != nil {
		return v, err
	}
	v.Account = c.account(v.Account.Customer)
	if limit.Valid {
		v.CreditLimit = &limit.Int64
	}
	v.ChangedAt = fromInstant(changed)
	v.Extra, err = decodeExtra(extra)
	return v, err
}

func scanContact(c company, rows *sql.Rows) (ar.Contact, error) {
	var v ar.Contact
	err := rows.Scan(&v.Account.Customer, &v.ID, &v.SiteID, &v.Role, &v.Name, &v.Email, &v.Phone, &v.Mobile, &v.Language,
		&v.Valid, &v.Address.Line1, &v.Address.Line2, &v.Address.Postcode, &v.Address.City, &v.Address.Region, &v.Address.Country)
	v.Account = c.account(v.Account.Customer)
	return v, err
}

func scanApplication(c company, rows *sql.Rows) (ar.Application, error) {
	var v ar.Application
	err := rows.Scan(&v.Document, &v.ID, &v.Account.Customer, &v.Receipt, &v.AppliedOn, &v.PostedOn, &v.Amount,
		&v.Discount, &v.WriteOff, &v.Reversed)
	v.Account = c.account(v.Account.Customer)
	return v, err
}

func scanOrder(c company, rows *sql.Rows) (ar.Order, error) {
	var v ar.Order
	err := rows.Scan(&v.Account.Customer, &v.ID, &v.Currency, &v.Amount, &v.Prepaid, &v.OnHold)
	v.Account = c.account(v.Account.Customer)
	return v, err
}

func scanFlaw(c company, rows *sql.Rows) (ar.Flaw, error) {
	var v ar.Flaw
	err := rows.Scan(&v.Account.Customer, &v.Entity, &v.ID, &v.Field, &v.Reason)
	v.Account = c.account(v.Account.Customer)
	return v, err
}

// each runs f on every row of a query.
func each(rows *sql.Rows, err error, f func(*sql.Rows) error) error {
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := f(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}
