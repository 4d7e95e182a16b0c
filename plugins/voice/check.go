package voice

import (
	"fmt"
	"strings"
	"time"

	"holdfast/plugins/sdk"
)

// What the provider takes: characters of one <Say>, and of a text message.
const (
	longestSay  = 4000
	longestText = 1600
)

// check refuses what must not become a call.
func (c *Channel) check(m sdk.Message) error {
	switch {
	case m.Key == "":
		return fmt.Errorf("the message has no key")
	case m.Call == nil:
		return fmt.Errorf("the message says nothing by telephone: it has no call")
	case len(m.To) != 1 || len(m.Cc) > 0:
		return fmt.Errorf("a call goes to one number, not to %d", len(m.To)+len(m.Cc))
	case !number.MatchString(m.To[0].Address):
		return fmt.Errorf("%q is no whole telephone number, such as +12075550100", m.To[0].Address)
	case m.Call.SpeakTo != "" && !number.MatchString(m.Call.SpeakTo):
		return fmt.Errorf("%q, to connect to, is no whole telephone number", m.Call.SpeakTo)
	}
	if _, ok := c.settings.speaker(m.Language); !ok {
		return fmt.Errorf("no voice speaks %q; name one in the setting voices", m.Language)
	}
	return checkSaid(m.Call)
}

// checkSaid looks at the texts. A choice without its texts would be silence.
func checkSaid(s *sdk.Call) error {
	for name, text := range map[string]string{
		"script": s.Script, "machine": s.Machine, "menu": s.Menu, "link_sent": s.LinkSent, "ask_day": s.AskDay, "day_taken": s.DayTaken,
		"speak_said": s.SpeakSaid, "not_understood": s.NotUnderstood, "goodbye": s.Goodbye,
	} {
		if len(text) > longestSay {
			return fmt.Errorf("the text %s is longer than %d bytes", name, longestSay)
		}
	}
	switch {
	case strings.TrimSpace(s.Script) == "":
		return fmt.Errorf("the script is empty")
	case len([]rune(s.LinkText)) > longestText:
		return fmt.Errorf("the text message is longer than %d characters", longestText)
	case s.LinkText != "" && s.LinkSent == "":
		return fmt.Errorf("nothing is said when the link was sent")
	case s.AskDay == "":
		return nil
	case strings.Count(s.DayTaken, "%s") != 1:
		return fmt.Errorf("the text day_taken has no place for the day, or several: %q", s.DayTaken)
	}
	if _, err := time.Parse(time.DateOnly, s.LastDay); err != nil {
		return fmt.Errorf("the last day %q is none", s.LastDay)
	}
	return nil
}
