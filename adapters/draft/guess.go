package draft

import (
	"math"
	"slices"
	"strings"

	"holdfast/adapters"
)

// column is a canonical column with the names that ERPs give it, best first.
type column struct {
	name     string
	required bool
	constant string // what stands there where nothing is found; empty: nothing
	names    []string
}

// entity is a file of a preset with the words by which its table is known.
type entity struct {
	name    string
	needed  bool // the file must be there
	words   []string
	columns []column
}

func opt(name string, names ...string) column { return column{name: name, names: names} }

func req(name string, names ...string) column {
	return column{name: name, required: true, names: names}
}

var entities = []entity{
	{"companies", true, []string{"company", "companies", "firm", "legalentity", "mandant"}, []column{
		{"id", true, "'1'", []string{"companyid", "company", "id", "code", "no"}},
		{"name", true, "'The company'", []string{"name", "companyname", "title"}},
		{"base_currency", true, "'USD'", []string{"basecurrency", "currency", "currencycode", "curr"}},
		opt("time_zone", "timezone", "tz"),
	}},
	{"customers", true, []string{"customer", "cust", "debtor", "client", "kunde", "partner", "party", "account"}, []column{
		req("id", "customerid", "custid", "id", "customer", "customerno", "custnum", "no", "code"),
		req("name", "name", "customername", "custname", "name1", "title"),
		opt("number", "number", "customernumber", "customerno", "custno", "accountno", "code", "value"),
		opt("legal_name", "legalname", "name2"),
		opt("parent_id", "parentid", "parent", "parentcustomer"),
		opt("payer_id", "payerid", "payer", "billtoid", "billto", "billtocustomer"),
		opt("currency", "currency", "currencycode", "curr", "curcode"),
		opt("credit_limit", "creditlimit", "creditline", "limit"),
		opt("terms_code", "termscode", "paymentterms", "terms", "paymentterm"),
		opt("payment_method", "paymentmethod", "paymethod"),
		opt("language", "language", "languagecode", "lang"),
		opt("address1", "address1", "street", "address", "addr1"), opt("postcode", "postcode", "zip", "zipcode", "postalcode"),
		opt("city", "city", "town"), opt("region", "region", "state", "province"), opt("country", "country", "countrycode"),
		opt("collector", "collector", "creditmanager"), opt("sales_rep", "salesrep", "salesperson", "salespersoncode", "slsman"),
		opt("active", "active", "isactive", "enabled"), opt("on_hold", "onhold", "credithold", "hold", "blocked"),
		opt("changed_at", "changedat", "updatedat", "modifiedat", "updated", "modified", "lastupdate", "lastupdatedate", "writedate"),
	}},
	{"contacts", false, []string{"contact", "contactperson"}, []column{
		req("customer_id", "customerid", "custid", "customer", "custno", "custnum", "partnerid", "partyid"),
		req("id", "contactid", "id", "no"),
		opt("role", "role", "type", "function"), opt("name", "name", "contactname", "fullname"),
		opt("email", "email", "emailaddress", "mail"), opt("phone", "phone", "telephone", "phoneno"), opt("mobile", "mobile", "mobilephone", "cell"),
		opt("language", "language", "languagecode"), opt("valid", "active", "isactive", "valid"),
		opt("changed_at", "changedat", "updatedat", "modifiedat", "updated", "modified"),
	}},
	{"documents", true, []string{"openitem", "invoice", "receivable", "arinvoice", "ardocument", "document", "ledger", "ar", "posten"}, []column{
		req("id", "documentid", "invoiceid", "instalmentid", "id", "entryno", "invoiceno", "invoice", "docno"),
		req("customer_id", "customerid", "custid", "customer", "custno", "custnum", "customerno", "debtorid", "partnerid", "party"),
		req("number", "number", "documentno", "invoicenumber", "invoiceno", "invnumber", "docnumber", "invoice"),
		{"kind", true, "'invoice'", []string{"kind", "documenttype", "doctype", "type", "invoicetype"}},
		req("due_on", "dueon", "duedate", "datedue", "maturitydate"),
		req("currency", "currency", "currencycode", "curr", "curcode", "doccur"),
		req("open", "open", "openamount", "balance", "outstanding", "remaining", "amountdue", "residual", "openamt"),
		opt("amount", "amount", "total", "grandtotal", "invoiceamount", "doctotal"),
		opt("instalment", "instalment", "installment", "line"),
		opt("issued_on", "issuedon", "invoicedate", "documentdate", "docdate", "date", "transdate"), opt("posted_on", "postedon", "postingdate", "postdate"),
		opt("base_open", "baseopen", "openbase", "balancelcy"), opt("po_number", "ponumber", "pono", "customerpo", "reference", "poreference"),
		opt("order_number", "ordernumber", "orderno", "salesorder"), opt("disputed", "disputed", "isindispute", "dispute"),
		opt("voided", "voided", "void", "cancelled", "canceled"), opt("closed_on", "closedon", "closeddate", "closedate", "paidon", "datepaid"),
		opt("changed_at", "changedat", "updatedat", "modifiedat", "updated", "modified", "lastupdate", "lastupdatedate", "writedate"),
	}},
	{"applications", false, []string{"application", "allocation", "settlement", "arapply", "apply"}, []column{
		req("id", "applicationid", "allocationid", "id", "entryno"),
		req("customer_id", "customerid", "custid", "customer", "custno", "custnum", "customerno"),
		req("receipt_id", "receiptid", "paymentid", "receiptno", "receipt", "payment", "cashreceiptid"),
		req("document_id", "documentid", "invoiceid", "instalmentid", "invoiceno", "invoice", "appliesto"),
		req("currency", "currency", "currencycode", "curr"), req("amount", "amount", "appliedamount", "applied"),
		opt("applied_on", "appliedon", "applydate", "date"), opt("discount", "discount", "discountamount"), opt("write_off", "writeoff", "writeoffamount"),
		opt("reversed", "reversed", "isreversed", "unapplied"), opt("changed_at", "changedat", "updatedat", "modifiedat", "updated"),
	}},
	{"orders", false, []string{"salesorder", "orderheader", "orders", "order"}, []column{
		req("customer_id", "customerid", "custid", "customer", "custno", "custnum", "customerno"), req("id", "orderid", "orderno", "ordernumber", "id"),
		req("currency", "currency", "currencycode", "curr"), req("amount", "amount", "total", "ordertotal", "grandtotal", "openamount"),
		opt("on_hold", "onhold", "hold", "credithold", "orderheld"), opt("changed_at", "changedat", "updatedat", "modifiedat", "updated"),
	}},
}

// guess is the table that an entity may be in, with its columns by canonical
// name. table is empty where none looks like it.
type guess struct {
	entity  entity
	table   adapters.Table
	columns map[string]adapters.TableColumn
	others  []string
}

// guess picks the table that looks most like an entity.
func (d Draft) guess(e entity) guess {
	type scored struct {
		table adapters.Table
		score float64
	}
	var list []scored
	for _, t := range d.Tables {
		if s := e.score(t); s > 0 {
			list = append(list, scored{t, s})
		}
	}
	slices.SortStableFunc(list, func(a, b scored) int {
		switch {
		case a.score > b.score:
			return -1
		case a.score < b.score:
			return 1
		}
		return strings.Compare(a.table.Name, b.table.Name)
	})
	g := guess{entity: e, columns: map[string]adapters.TableColumn{}}
	for i, s := range list {
		if i == 0 {
			g.table, g.columns = s.table, e.match(s.table)
		} else if len(g.others) < 4 {
			g.others = append(g.others, s.table.Name)
		}
	}
	return g
}

// score says how much a table looks like an entity: by its name, by how many
// columns are known, the required ones more, and a little by its size. A table
// whose name says nothing is none.
func (e entity) score(t adapters.Table) float64 {
	name, named := bare(t.Name), 0.0
	for i, word := range e.words {
		if strings.Contains(name, word) {
			named = max(named, 4-float64(i)/4+float64(len(word))/float64(len(name)))
		}
	}
	if named == 0 {
		return 0
	}
	found := e.match(t)
	columns, missing := 0.0, 0
	for _, c := range e.columns {
		_, ok := found[c.name]
		switch {
		case ok && c.required:
			columns += 2
		case ok:
			columns += 0.5
		case c.required:
			missing++
		}
	}
	if missing*2 > len(found)+1 {
		return 0
	}
	return named + columns + math.Log10(float64(max(t.Rows, 1)))/4
}

// match finds the canonical columns of a table. A key column that is called
// like its table is its id.
func (e entity) match(t adapters.Table) map[string]adapters.TableColumn {
	found := map[string]adapters.TableColumn{}
	for _, c := range e.columns {
		for _, name := range c.names {
			i := slices.IndexFunc(t.Columns, func(tc adapters.TableColumn) bool { return bare(tc.Name) == name })
			if i >= 0 {
				found[c.name] = t.Columns[i]
				break
			}
		}
	}
	if keys := keysOf(t); len(keys) == 1 {
		found["id"] = keys[0]
	}
	return found
}

func keysOf(t adapters.Table) []adapters.TableColumn {
	return slices.DeleteFunc(slices.Clone(t.Columns), func(c adapters.TableColumn) bool { return !c.Key })
}

// bare is a name by its letters and digits alone.
func bare(name string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, strings.ToLower(name))
}
