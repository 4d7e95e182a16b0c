package portal

import (
	"net/http"

	"holdfast/engine/outbox"
)

// pixel is a transparent picture of one dot, as GIF.
var pixel = []byte("GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\x00\x00\x00!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;")

// open keeps that the message was opened, where the site wants to know.
func (v *visit) open() {
	if v.Links.Opens && v.r.Method == http.MethodGet {
		v.keep(outbox.Opened)
	}
	v.w.Header().Set("Content-Type", "image/gif")
	_, _ = v.w.Write(pixel) // whoever asked has gone
}

// click keeps that a link was followed and leads on. The address is part of what
// was signed: it leads nowhere else.
func (v *visit) click() {
	if v.Links.Clicks && v.r.Method == http.MethodGet {
		v.keep(outbox.Clicked)
	}
	http.Redirect(v.w, v.r, v.r.URL.Query().Get("to"), http.StatusFound)
}

// keep never stands in the customer's way: what cannot be kept is logged.
func (v *visit) keep(kind outbox.EventKind) {
	if v.d.Mode != outbox.Live {
		return
	}
	if err := v.Desk.Seen(v.r.Context(), v.d, kind, v.Now()); err != nil {
		v.Log.Error("that a message was seen could not be kept", "delivery", v.d.ID, "error", err)
	}
}
