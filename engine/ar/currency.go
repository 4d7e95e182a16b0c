package ar

import (
	"fmt"
	"strings"
)

// Currency is an ISO 4217 code, such as USD.
type Currency string

// iso4217 holds the active codes of ISO 4217 by their number of minor digits.
// Source: ISO 4217 list one, as published by SIX Group.
var iso4217 = map[int]string{
	0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
	2: `AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD
		CAD CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS
		GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL
		MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK
		PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS
		TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG`,
	3: "BHD IQD JOD KWD LYD OMR TND",
	4: "CLF UYW",
}

var minorDigits = func() map[Currency]int {
	m := map[Currency]int{}
	for digits, codes := range iso4217 {
		for _, code := range strings.Fields(codes) {
			m[Currency(code)] = digits
		}
	}
	return m
}()

// Digits returns how many decimals c has, or an error where there is no such
// currency.
func (c Currency) Digits() (int, error) {
	d, ok := minorDigits[c]
	if !ok {
		return 0, fmt.Errorf("there is no currency %q in ISO 4217", string(c))
	}
	return d, nil
}
