package portal

import (
	"bytes"
	"crypto/rand"
	"embed"
	"encoding/json"
	"html/template"
	"net/http"
	"strings"
	"time"

	"golang.org/x/text/language"

	"holdfast/engine/ar"
)

//go:embed pages words
var files embed.FS

var pages = template.Must(template.ParseFS(files, "pages/*.html"))

// styleName is the one file beside the pages.
const styleName = "style.css"

// onceLength is the length of the name of one form.
const onceLength = 26

// view is what a page shows.
type view struct {
	Title, Text string
	Wrong       string
	Documents   []documentRow
	Codes       []choice
	First, Last string // days that can be named, as 2026-12-31
	Address     string
	Said        string // what was written before
	Once        string

	// Filled in by page.
	Words    words
	Language string
	Sender   string
	About    string // subject and day of the message
	Phone    string
	Style    string
}

// documentRow is one open document.
type documentRow struct {
	ID, Number, Due, Open string
	Chosen                bool
}

// choice is one line of a list to choose from.
type choice struct {
	Value, Label string
	Chosen       bool
}

// page writes one of the pages.
func (v *visit) page(status int, name string, shown view) {
	shown.Words, shown.Language = v.words, v.words["language"]
	shown.Sender, shown.Phone = v.sent.From.Name, v.rules.Phone
	shown.Style = v.Links.Base + "/" + styleName
	if v.sent.Subject != "" {
		shown.About = v.sent.Subject + ", " + v.words.day(v.d.Day)
	}
	var b bytes.Buffer
	if err := pages.ExecuteTemplate(&b, name+".html", shown); err != nil {
		v.Log.Error("a page could not be written", "page", name, "error", err)
		http.Error(v.w, "error", http.StatusInternalServerError)
		return
	}
	v.w.Header().Set("Content-Type", "text/html; charset=utf-8")
	v.w.WriteHeader(status)
	if v.r.Method != http.MethodHead {
		_, _ = b.WriteTo(v.w) // whoever asked has gone
	}
}

// head keeps pages out of frames, caches and search engines, and scripts out of
// pages.
func head(w http.ResponseWriter) {
	h := w.Header()
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Robots-Tag", "noindex, nofollow")
	h.Set("Cache-Control", "no-store")
}

func style(w http.ResponseWriter) {
	css, err := files.ReadFile("pages/" + styleName)
	if err != nil {
		panic(err) // the file is embedded: cannot happen
	}
	w.Header().Set("Content-Type", "text/css; charset=utf-8")
	_, _ = w.Write(css) // whoever asked has gone
}

// once names a form, so that sending it twice says it once.
func (v *visit) once() string { return rand.Text()[:onceLength] }

// words are the sentences of one language.
type words map[string]string

// languages lists the languages of the pages, English first.
var languages = []language.Tag{language.English, language.German, language.Spanish, language.French}

var spoken = func() map[language.Tag]words {
	all := map[language.Tag]words{}
	for _, tag := range languages {
		content, err := files.ReadFile("words/" + tag.String() + ".json")
		if err != nil {
			panic(err) // the file is embedded: cannot happen
		}
		w := words{}
		if err := json.Unmarshal(content, &w); err != nil {
			panic(err) // a test has seen it
		}
		w["language"] = tag.String()
		all[tag] = w
	}
	return all
}()

var matcher = language.NewMatcher(languages)

// wordsFor returns the words of the nearest language.
func wordsFor(wanted string) words {
	tags, _, err := language.ParseAcceptLanguage(wanted)
	if err != nil {
		tags = nil // it is what somebody sent: English then
	}
	_, i, _ := matcher.Match(tags...)
	return spoken[languages[i]]
}

// day writes a day as the language does.
func (w words) day(d ar.Day) string {
	t := d.Time(time.UTC)
	month := strings.Split(w["months"], ",")[int(t.Month())-1]
	return strings.NewReplacer("D", t.Format("2"), "M", month, "Y", t.Format("2006")).Replace(w["day_form"])
}

// list labels codes.
func (w words) list(prefix string, codes []string, chosen string) []choice {
	var all []choice
	for _, code := range codes {
		all = append(all, choice{code, w[prefix+code], code == chosen})
	}
	return all
}
