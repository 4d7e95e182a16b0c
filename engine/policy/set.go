package policy

import mathbits "math/bits"

// maxRules is how many rules all packs may hold together.
const maxRules = 256

// set is rules by their number.
type set [maxRules / 64]uint64

func (s *set) add(i int) { s[i/64] |= 1 << (i % 64) }

func (s set) and(o set) set {
	for i := range s {
		s[i] &= o[i]
	}
	return s
}

func (s set) without(o set) set {
	for i := range s {
		s[i] &^= o[i]
	}
	return s
}

func (s set) meets(o set) bool {
	return s.and(o) != set{}
}

// each calls f with every number in s, in order.
func (s set) each(f func(i int)) {
	for w, word := range s {
		for ; word != 0; word &= word - 1 {
			f(w*64 + mathbits.TrailingZeros64(word))
		}
	}
}
