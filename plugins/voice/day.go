package voice

import (
	"fmt"
	"strings"
	"time"
)

// months are how a day is said in the languages whose texts ship.
var months = map[string][]string{
	"en": strings.Fields("January February March April May June July August September October November December"),
	"de": strings.Fields("Januar Februar März April Mai Juni Juli August September Oktober November Dezember"),
	"fr": strings.Fields("janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
	"es": strings.Fields("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"),
}

// dayOf reads four keys, day then month, as the next such day from today on. ok
// is false where there is no such day or it is after the last one.
func dayOf(keys string, today, last time.Time) (day time.Time, ok bool) {
	if len(keys) != 4 || strings.Trim(keys, "0123456789") != "" {
		return day, false
	}
	d, m := int(keys[0]-'0')*10+int(keys[1]-'0'), int(keys[2]-'0')*10+int(keys[3]-'0')
	for year := today.Year(); year <= last.Year(); year++ {
		day = time.Date(year, time.Month(m), d, 0, 0, 0, 0, time.UTC)
		if day.Day() == d && int(day.Month()) == m && !day.Before(today) {
			return day, !day.After(last)
		}
	}
	return day, false
}

// sayDay is a day as it is read back. A language whose months are not known here
// hears numbers.
func sayDay(day time.Time, language string) string {
	language, _, _ = strings.Cut(strings.ToLower(language), "-")
	names, ok := months[language]
	if !ok {
		return fmt.Sprintf("%d. %d.", day.Day(), int(day.Month()))
	}
	month := names[day.Month()-1]
	switch language {
	case "de":
		return fmt.Sprintf("%d. %s", day.Day(), month)
	case "es":
		return fmt.Sprintf("%d de %s", day.Day(), month)
	}
	return fmt.Sprintf("%d %s", day.Day(), month)
}

// midnight is the day of an instant at an offset, as days are compared here.
func midnight(at time.Time) time.Time {
	year, month, day := at.Date()
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}
