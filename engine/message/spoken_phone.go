package message

import "strings"

// speakTo is the company's telephone number as a call can be connected to it;
// empty where it is none that is whole, such as one with words.
func (in Input) speakTo() string {
	number := strings.NewReplacer(" ", "", "-", "", ".", "", "(", "", ")", "", "/", "").Replace(in.Company.Phone)
	digits, international := strings.CutPrefix(number, "+")
	if !international || len(digits) < 7 || len(digits) > 15 || strings.Trim(digits, "0123456789") != "" {
		return ""
	}
	return number
}
