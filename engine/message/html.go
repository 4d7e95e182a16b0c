package message

import (
	"fmt"
	"slices"
)

// asHTML writes the blocks as a page with its styles inline, as mail readers
// want them. The layout escapes every text.
func (t *Templates) asHTML(blocks []block, w Words, title, language string) (string, error) {
	out := &limited{}
	err := t.layout.Execute(out, map[string]any{"Blocks": tables(blocks), "Words": w, "Title": title, "Language": language})
	if err != nil {
		return "", fmt.Errorf("message layout: %w", err)
	}
	return out.String(), nil
}

// tables lets the layout draw both kinds of table as one.
func tables(blocks []block) []block {
	out := slices.Clone(blocks)
	for i, b := range out {
		if b.Kind == markStepDocuments {
			out[i].Kind, out[i].Parts.Groups = markDocuments, b.Parts.Step
		}
	}
	return out
}
