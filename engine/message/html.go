package message

import "fmt"

// asHTML writes the blocks as a page with its styles inline, as mail readers
// want them. The layout escapes every text.
func (t *Templates) asHTML(blocks []block, w Words, title, language string) (string, error) {
	out := &limited{}
	err := t.layout.Execute(out, map[string]any{"Blocks": blocks, "Words": w, "Title": title, "Language": language})
	if err != nil {
		return "", fmt.Errorf("message layout: %w", err)
	}
	return out.String(), nil
}
