package sms

import (
	"fmt"
	"strings"
)

// The alphabets of a text message, by 3GPP TS 23.038: GSM 7 bit with its
// extension, whose characters count as two, and UCS-2 for all others.
const (
	basic = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
		"¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
	extension = "\f^{}\\[~]|€"
)

// How much one message holds, and each part of a longer one, whose header takes
// its share.
const (
	gsmAlone, gsmPart = 160, 153
	ucsAlone, ucsPart = 70, 67
)

// Count is how a text goes over the air.
type Count struct {
	Segments int
	Units    int  // septets, or UTF-16 units
	Unicode  bool // UCS-2
}

// CountOf counts the segments of a text. A character that takes two units is
// never split over two segments.
func CountOf(text string) Count {
	if weights, ok := septets(text); ok {
		return counted(weights, gsmAlone, gsmPart, false)
	}
	return counted(utf16Units(text), ucsAlone, ucsPart, true)
}

// septets weighs each character by GSM 7 bit; false where one is not in it.
func septets(text string) ([]int, bool) {
	var weights []int
	for _, r := range text {
		switch {
		case strings.ContainsRune(basic, r):
			weights = append(weights, 1)
		case strings.ContainsRune(extension, r):
			weights = append(weights, 2)
		default:
			return nil, false
		}
	}
	return weights, true
}

func utf16Units(text string) []int {
	var weights []int
	for _, r := range text {
		weight := 1
		if r > 0xffff {
			weight = 2
		}
		weights = append(weights, weight)
	}
	return weights
}

func counted(weights []int, alone, part int, unicode bool) Count {
	c := Count{Unicode: unicode}
	parts, room := 0, 0
	for _, w := range weights {
		c.Units += w
		if w > room {
			parts, room = parts+1, part
		}
		room -= w
	}
	if c.Segments = parts; c.Units <= alone {
		c.Segments = min(1, parts)
	}
	return c
}

// String writes it as "2 segments (UCS-2)".
func (c Count) String() string {
	alphabet, plural := "GSM-7", "s"
	if c.Unicode {
		alphabet = "UCS-2"
	}
	if c.Segments == 1 {
		plural = ""
	}
	return fmt.Sprintf("%d segment%s (%s)", c.Segments, plural, alphabet)
}
