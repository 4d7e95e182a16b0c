package cli

import (
	"fmt"
	"io"
	"mime"
	"net/http"
	"os"
	"path/filepath"
	"slices"

	"holdfast/connector/config"
	"holdfast/engine/answer"
	"holdfast/engine/outbox"
)

// leastLinkKey is the fewest bytes of the key that signs links.
const leastLinkKey = 16

// links returns by what mails are answered; the zero Links where the config
// names no address for them.
func (a *App) links() (answer.Links, error) {
	l := &a.config.Links
	if !l.On() {
		return answer.Links{}, nil
	}
	key, err := l.Key.Resolve()
	if err != nil {
		return answer.Links{}, usage("links.signing_key: %w", err)
	}
	if len(key) < leastLinkKey {
		p := a.config.Problem("links.signing_key", fmt.Sprintf("has %d bytes, which is too few to sign with", len(key)), "write at least 16 random ones, better 32")
		return answer.Links{}, usage("%w", config.Problems{p}.Err())
	}
	return answer.Links{Base: l.BaseURL, Key: []byte(key), Opens: l.Opens == "yes", Clicks: l.Clicks == "yes"}, nil
}

// maxLogo is the largest logo, in bytes: it goes along with every mail.
const maxLogo = 200 << 10

// logo reads a company's logo; nil where it has none.
func (a *App) logo(cfg *config.Company, key string) (*outbox.Attachment, error) {
	file := cfg.Sender.Logo
	if file == "" {
		return nil, nil
	}
	wrong := func(what, cure string) (*outbox.Attachment, error) {
		p := a.config.Problem(key+".sender.logo", what, cure)
		return nil, usage("%w", config.Problems{p}.Err())
	}
	f, err := os.Open(file)
	if err != nil {
		return wrong("cannot be read: "+err.Error(), "name a picture that the user who runs holdfast may read")
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxLogo+1))
	switch kind := http.DetectContentType(data); {
	case err != nil:
		return wrong("cannot be read: "+err.Error(), "name a picture that the user who runs holdfast may read")
	case len(data) > maxLogo:
		return wrong("is larger than 200 KiB", "make it smaller: it goes along with every mail")
	case !slices.Contains([]string{"image/png", "image/jpeg", "image/gif"}, kind):
		return wrong("is no PNG, JPEG or GIF", "save it as PNG")
	default:
		return &outbox.Attachment{Name: "logo" + extension(kind, file), Type: kind, Data: data}, nil
	}
}

// extension is the ending of a picture's file name.
func extension(kind, file string) string {
	if all, err := mime.ExtensionsByType(kind); err == nil && slices.Contains(all, filepath.Ext(file)) {
		return filepath.Ext(file)
	}
	return "." + kind[len("image/"):]
}
