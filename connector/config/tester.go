package config

import (
	"fmt"

	"holdfast/engine/outbox"
	"holdfast/engine/phone"
	"holdfast/engine/sequence"
)

// tester checks who gets everything in mode test: whatever a company has a
// channel for must have somewhere to go.
func (v *validator) tester(c *Company, key string) {
	v.address(c.TestAddress, key+".test_address")
	if number, ok := phone.E164(c.TestNumber, ""); c.TestNumber != "" && (!ok || number != c.TestNumber) {
		v.bound.add(key+".test_number", fmt.Sprintf("%q is not a telephone number with its country", c.TestNumber), "write it as +12075550142, with nothing between the digits")
	}
	if c.Mode != outbox.Test {
		return
	}
	if c.TestAddress == "" {
		v.bound.add(key+".test_address", `missing, but mode is "test"`, `add test_address = "you@your.company"`)
	}
	for _, medium := range []string{sequence.MediumSMS, sequence.MediumVoice} {
		if c.Channels[medium] != "" && c.TestNumber == "" {
			v.bound.add(key+".test_number", fmt.Sprintf(`missing, but mode is "test" and channels has %s`, medium),
				`add test_number = "+" and your own number with its country, or remove `+medium+" from channels")
			break
		}
	}
	if letters := v.ChannelNamed(c.Channels[sequence.MediumLetter]); letters != nil && letters.Type == "letter" && c.Channels[sequence.MediumEmail] == "" {
		v.bound.add(key+".channels.letter", `no letter is posted in mode "test", and no channel carries mail to test_address`,
			`add email to channels, or remove letter until the mode is "live"`)
	}
}
