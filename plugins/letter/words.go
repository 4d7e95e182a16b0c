package letter

import "golang.org/x/text/language"

// pageWords number the pages, by language.
var pageWords = map[string]string{
	"cs": "Strana {current} z {total}",
	"da": "Side {current} af {total}",
	"de": "Seite {current} von {total}",
	"el": "Σελίδα {current} από {total}",
	"en": "Page {current} of {total}",
	"es": "Página {current} de {total}",
	"fi": "Sivu {current} / {total}",
	"fr": "Page {current} sur {total}",
	"it": "Pagina {current} di {total}",
	"nb": "Side {current} av {total}",
	"nl": "Pagina {current} van {total}",
	"no": "Side {current} av {total}",
	"pl": "Strona {current} z {total}",
	"pt": "Página {current} de {total}",
	"ru": "Страница {current} из {total}",
	"sv": "Sida {current} av {total}",
	"uk": "Сторінка {current} з {total}",
}

// pagePattern is how pages are numbered in a language; by figures alone in one
// that is not known, or that the typeface cannot write.
func pagePattern(tag string, t *typeface) string {
	const figures = "{current} / {total}"
	parsed, err := language.Parse(tag)
	if err != nil {
		return figures
	}
	base, _ := parsed.Base()
	words, ok := pageWords[base.String()]
	if !ok {
		return figures
	}
	for _, r := range words {
		if r != '{' && r != '}' && !t.has(r) {
			return figures
		}
	}
	return words
}
