package sms_test

import (
	"strings"
	"testing"

	"holdfast/plugins/sms"
)

func TestSegments(t *testing.T) {
	a, e, u, emoji := "a", "€", "ж", "🙂"
	r := strings.Repeat
	for _, c := range []struct {
		name, text      string
		segments, units int
		unicode         bool
	}{
		{"nothing", "", 0, 0, false},
		{"one letter", a, 1, 1, false},
		{"160", r(a, 160), 1, 160, false},
		{"161", r(a, 161), 2, 161, false},
		{"306", r(a, 306), 2, 306, false},
		{"307", r(a, 307), 3, 307, false},
		{"459", r(a, 459), 3, 459, false},
		{"460", r(a, 460), 4, 460, false},
		{"extension counts two", r(e, 80), 1, 160, false},
		{"one more", r(e, 80) + a, 2, 161, false},
		{"an extension is not split", r(a, 152) + e + r(a, 152), 3, 306, false},
		{"where it need not be", r(a, 151) + e + r(a, 153), 2, 306, false},
		{"all of the extension", "^{}\\[~]|€\f", 1, 20, false},
		{"all of the basic alphabet, 128 places less the escape", "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
			"¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà", 1, 127, false},
		{"70", r(u, 70), 1, 70, true},
		{"71", r(u, 71), 2, 71, true},
		{"134", r(u, 134), 2, 134, true},
		{"135", r(u, 135), 3, 135, true},
		{"one foreign letter makes all so", r(a, 160) + u, 3, 161, true},
		{"ç is not in it", r("ç", 70) + a, 2, 71, true},
		{"nor is a curly quote", "It’s", 1, 4, true},
		{"emoji counts two", r(emoji, 35), 1, 70, true},
		{"one more emoji", r(emoji, 36), 2, 72, true},
		{"an emoji is not split", r(emoji, 67), 3, 134, true}, // 33 in each part
		{"with a joiner", "👩‍👩‍👧", 1, 8, true},
	} {
		got := sms.CountOf(c.text)
		if got.Segments != c.segments || got.Units != c.units || got.Unicode != c.unicode {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
	if text := sms.CountOf(r(u, 71)).String(); text != "2 segments (UCS-2)" {
		t.Error(text)
	}
	if text := sms.CountOf(a).String(); text != "1 segment (GSM-7)" {
		t.Error(text)
	}
}

func TestCost(t *testing.T) {
	for _, c := range []struct {
		price    string
		segments int
		want     string
		ok       bool
	}{
		{"", 3, "", true}, {"0.0079 USD", 2, "0.0158 USD", true}, {"0.0079 USD", 10, "0.0790 USD", true}, {"1 EUR", 3, "3 EUR", true},
		{"0.5 GBP", 3, "1.5 GBP", true}, {"12.05 CHF", 1, "12.05 CHF", true}, {"0.00 USD", 9, "0.00 USD", true},
		{"0.0079", 1, "", false}, {"USD 0.01", 1, "", false}, {"-1 USD", 1, "", false}, {"0,01 EUR", 1, "", false}, {"1 usd", 1, "", false},
		{"9999999 USD", 1, "", false},
	} {
		if got, ok := sms.Cost(c.price, c.segments); got != c.want || ok != c.ok {
			t.Errorf("%d at %q: %q, %v", c.segments, c.price, got, ok)
		}
	}
}
