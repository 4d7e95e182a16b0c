package sms

import (
	"fmt"
	"slices"

	"github.com/nyaruka/phonenumbers"
)

// deaf are the kinds of numbers that no text reaches, or that it would cost
// whoever sends it dearly to reach.
var deaf = []phonenumbers.PhoneNumberType{
	phonenumbers.FIXED_LINE, phonenumbers.TOLL_FREE, phonenumbers.PREMIUM_RATE, phonenumbers.SHARED_COST,
	phonenumbers.UAN, phonenumbers.VOICEMAIL,
}

// fewest is how many digits a whole number has at least; one with fewer reaches
// somebody within one network only.
const fewest = 7

// receiver writes a number as E.164. One without + is of the region. It fails
// where it cannot be a number, or is one that takes no text; a kind that is not
// known is left to the provider, who knows newer ones.
func receiver(address, region string) (string, error) {
	n, err := phonenumbers.Parse(address, region)
	if err != nil || !phonenumbers.IsPossibleNumber(n) {
		return "", fmt.Errorf("%q is no telephone number; write it as +491711234567", address)
	}
	number := phonenumbers.Format(n, phonenumbers.E164)
	if len(number) < len("+")+fewest {
		return "", fmt.Errorf("%q is too short for a telephone number", address)
	}
	if kind := phonenumbers.GetNumberType(n); slices.Contains(deaf, kind) {
		return "", fmt.Errorf("%s takes no text messages: it is %s", number, kindNames[kind])
	}
	return number, nil
}

var kindNames = map[phonenumbers.PhoneNumberType]string{
	phonenumbers.FIXED_LINE: "a fixed line", phonenumbers.TOLL_FREE: "toll-free", phonenumbers.PREMIUM_RATE: "a premium-rate number",
	phonenumbers.SHARED_COST: "a shared-cost number", phonenumbers.UAN: "a company's universal number", phonenumbers.VOICEMAIL: "a voice mailbox",
}
