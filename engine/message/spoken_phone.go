package message

import "holdfast/engine/phone"

// speakTo is the company's telephone number as a call can be connected to it;
// empty where it is no whole number.
func (in Input) speakTo() string {
	number, _ := phone.E164(in.Company.Phone, in.Company.Country)
	return number
}
