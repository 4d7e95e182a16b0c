package store

import (
	"strings"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

// rowOf returns the table of a record and its values in that table's order.
func rowOf(rec ar.Record) (table, []any, error) {
	switch r := rec.(type) {
	case *ar.Document:
		row, err := documentRow(r)
		return documentTable, row, err
	case *ar.Customer:
		row, err := customerRow(r)
		return customerTable, row, err
	case *ar.Contact:
		return contactTable, contactRow(r), nil
	case *ar.Application:
		return applicationTable, applicationRow(r), nil
	case *ar.Order:
		return orderTable, orderRow(r), nil
	case *ar.Flaw:
		return flawTable, []any{string(r.Account.Customer), r.Entity, r.ID, r.Field, r.Reason}, nil
	case *ar.Gone:
		return goneTable, []any{r.Entity, r.ID}, nil
	case *ar.Freshness:
		return cashTable, []any{r.Name, int64(r.PostedThrough)}, nil
	case *ar.Company:
		return companyTable, []any{r.Name, string(r.BaseCurrency), r.TimeZone}, nil
	}
	return table{}, nil, fault.New(fault.Unsupported, "the store cannot keep a record of type %T", rec)
}

func documentRow(d *ar.Document) ([]any, error) {
	extra, err := encodeExtra(d.Extra)
	if err != nil {
		return nil, err
	}
	row := make([]any, 0, len(documentTable.columns))
	row = append(row, string(d.Account.Customer), string(d.ID), d.Number, string(d.Kind), int64(d.Instalment),
		int64(d.IssuedOn), int64(d.PostedOn), int64(d.DueOn), string(d.Currency), d.Amount, d.Open, optional(d.BaseOpen),
		d.PONumber, d.OrderNumber, d.ShipToID, string(d.RelatedID), d.ConsolidationNo, bit(d.Disputed), d.DisputedAmount,
		d.DisputeReason, bit(d.Voided), int64(d.ClosedOn), extra)
	return append(row, instant(d.ChangedAt), rowHash(row)), nil
}

func customerRow(c *ar.Customer) ([]any, error) {
	extra, err := encodeExtra(c.Extra)
	if err != nil {
		return nil, err
	}
	payer := c.Payer
	if payer == "" {
		payer = c.Account.Customer
	}
	row := make([]any, 0, len(customerTable.columns))
	row = append(row, string(c.Account.Customer), c.Number, c.Name, c.LegalName, string(c.Parent), string(payer),
		string(c.Currency), optional(c.CreditLimit), c.TermsCode, c.PaymentMethod, c.DebtorKind, bit(c.CashInAdvance),
		bit(c.DunningBlock), c.Language)
	row = append(row, addressRow(c.Address)...)
	row = append(row, c.TimeZone, c.Collector, c.SalesRep, c.Segment, bit(c.Active), bit(c.OnHold), c.HoldVersion, extra)
	return append(row, instant(c.ChangedAt), rowHash(row)), nil
}

func addressRow(a ar.Address) []any {
	return []any{a.Line1, a.Line2, a.Postcode, a.City, a.Region, a.Country}
}

func contactRow(c *ar.Contact) []any {
	row := []any{string(c.Account.Customer), c.ID, c.SiteID, strings.ToLower(c.Role), c.Name, c.Email, c.Phone, c.Mobile,
		c.Language, bit(c.Valid)}
	row = append(row, addressRow(c.Address)...)
	return append(row, rowHash(row))
}

func applicationRow(a *ar.Application) []any {
	row := []any{string(a.Document), a.ID, string(a.Account.Customer), string(a.Receipt), int64(a.AppliedOn),
		int64(a.PostedOn), a.Amount, a.Discount, a.WriteOff, bit(a.Reversed)}
	return append(row, rowHash(row))
}

func orderRow(o *ar.Order) []any {
	row := []any{string(o.Account.Customer), o.ID, string(o.Currency), o.Amount, bit(o.Prepaid), bit(o.OnHold)}
	return append(row, rowHash(row))
}
