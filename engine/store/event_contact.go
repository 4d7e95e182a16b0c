package store

import (
	"context"
	"database/sql"
	"slices"
	"strings"

	"holdfast/engine"
	"holdfast/engine/ar"
)

// alikeDigits is how many digits at the end two telephone numbers must share to
// be looked at more closely: however they are written, these stay the same.
const alikeDigits = 6

// partyContacts reads contacts k of customers u of companies c. A contact without
// a country is where its customer is.
const partyContacts = `SELECT c.source, c.id, k.customer_id, u.payer, k.id, k.email, k.phone, k.mobile,
	CASE WHEN k.country <> '' THEN k.country ELSE u.country END
	FROM contact k JOIN company c ON c.no = k.company_no JOIN customer u ON u.company_no = k.company_no AND u.id = k.customer_id WHERE `

const hasMailbox = `k.email <> '' AND lower(trim(k.email)) = ?`

// hasDigits finds numbers that have some digits one after the other, whatever
// stands between them or behind. It goes through all contacts: some tenths of a
// second of a million.
const hasDigits = `(k.phone LIKE ?1 OR k.mobile LIKE ?1)`

// ContactsAt lists the contacts of all companies that have a mailbox, or a
// telephone number with the same last digits: who asks compares the whole.
func (s *Store) ContactsAt(ctx context.Context, address string) ([]engine.PartyContact, error) {
	address = strings.ToLower(strings.TrimSpace(address))
	var list []engine.PartyContact
	var err error
	if strings.Contains(address, "@") {
		list, err = s.partyContacts(ctx, hasMailbox, address)
	} else if tail := lastDigits(address); len(tail) == alikeDigits {
		list, err = s.partyContacts(ctx, hasDigits, "%"+strings.Join(strings.Split(tail, ""), "%")+"%")
	}
	return list, wrap("find whose an address is", err)
}

func (s *Store) partyContacts(ctx context.Context, where string, args ...any) ([]engine.PartyContact, error) {
	rows, err := s.r.QueryContext(ctx, partyContacts+where+` ORDER BY c.source, c.id, u.payer, k.customer_id, k.id`, args...)
	var list []engine.PartyContact
	err = each(rows, err, func(rows *sql.Rows) error {
		var p engine.PartyContact
		err := rows.Scan(&p.Account.Source, &p.Account.Company, &p.Account.Customer, &p.Party.Payer, &p.ID, &p.Email, &p.Phone, &p.Mobile, &p.Address.Country)
		p.Party = ar.PartyID{Source: p.Account.Source, Company: p.Account.Company, Payer: p.Party.Payer}
		list = append(list, p)
		return err
	})
	return list, err
}

// lastDigits returns the last digits of a telephone number, fewer where it has
// not as many.
func lastDigits(number string) string {
	digits := make([]byte, 0, alikeDigits)
	for i := len(number) - 1; i >= 0 && len(digits) < alikeDigits; i-- {
		if c := number[i]; c >= '0' && c <= '9' {
			digits = append(digits, c)
		}
	}
	slices.Reverse(digits)
	return string(digits)
}
