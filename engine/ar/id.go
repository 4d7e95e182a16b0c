// Package ar holds the nouns of accounts receivable: accounts, documents, money
// and days. It knows no database, no clock and no other package of ours.
package ar

import "strings"

// Source names one configured ERP database, as [[erp]] name does.
type Source string

// CompanyID is the ERP's own key of a company.
type CompanyID string

// CustomerID is the ERP's own key of a customer; unique within a company only.
type CustomerID string

// DocumentID is the ERP's own key of one instalment of a document; unique
// within a company, unlike the number that people see.
type DocumentID string

// AccountID is one customer of one company in one ERP.
type AccountID struct {
	Source   Source
	Company  CompanyID
	Customer CustomerID
}

// String writes the account as source/company/customer.
func (a AccountID) String() string {
	return strings.Join([]string{string(a.Source), string(a.Company), string(a.Customer)}, "/")
}

// PartyID is the payer whose accounts are decided, locked and written to
// together. Payer is the customer id of the payer.
type PartyID struct {
	Source  Source
	Company CompanyID
	Payer   CustomerID
}

// String writes the party as source/company/payer.
func (p PartyID) String() string {
	return strings.Join([]string{string(p.Source), string(p.Company), string(p.Payer)}, "/")
}
