package inbound

import (
	"net/mail"
	"regexp"
	"strings"

	"github.com/jhillyerd/enmime/v2"
)

var bareAddress = regexp.MustCompile(`[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?`)

// addressIn returns the first mail address of a header or line in lower case,
// empty where there is none.
func addressIn(text string) string {
	if list, err := enmime.ParseAddressList(text); err == nil {
		for _, a := range list {
			if found := bareAddress.FindString(a.Address); found != "" {
				return strings.ToLower(found)
			}
		}
	}
	return strings.ToLower(bareAddress.FindString(cut(text, 2000)))
}

// addressesIn returns all addresses of a header, in lower case.
func addressesIn(text string) []string {
	list, err := mail.ParseAddressList(text)
	if err != nil {
		found := bareAddress.FindAllString(cut(text, 8000), 20)
		for i := range found {
			found[i] = strings.ToLower(found[i])
		}
		return found
	}
	all := make([]string, len(list))
	for i, a := range list {
		all[i] = strings.ToLower(a.Address)
	}
	return all
}

// typedAddress reads "rfc822;user@host" of a delivery report (RFC 3464, 2.3.1).
func typedAddress(field string) string {
	if _, address, found := strings.Cut(field, ";"); found {
		field = address
	}
	return strings.ToLower(bareAddress.FindString(cut(field, 2000)))
}

// sameHouse reports whether two addresses are at one domain, or one below the
// other's.
func sameHouse(a, b string) bool {
	_, x, _ := strings.Cut(a, "@")
	_, y, _ := strings.Cut(b, "@")
	return x == y || strings.HasSuffix(x, "."+y) || strings.HasSuffix(y, "."+x)
}
