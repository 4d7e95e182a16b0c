package portal

import (
	"net/http"

	"holdfast/engine/fault"
	"holdfast/engine/outbox"
)

// pixel is a transparent picture of one dot, as GIF.
var pixel = []byte("GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\x00\x00\x00!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;")

// open keeps that the message was opened, where the site wants to know. found
// says why the message could not be read: the picture is there all the same.
func (v *visit) open(found error) {
	if v.Links.Opens && v.r.Method == http.MethodGet {
		v.keep(outbox.Opened, found)
	}
	v.w.Header().Set("Content-Type", "image/gif")
	_, _ = v.w.Write(pixel) // whoever asked has gone
}

// click keeps that a link was followed and leads on, also where the message
// could not be read. The address is part of what was signed: it leads nowhere
// else.
func (v *visit) click(found error) {
	if v.Links.Clicks && v.r.Method == http.MethodGet {
		v.keep(outbox.Clicked, found)
	}
	http.Redirect(v.w, v.r, v.r.URL.Query().Get("to"), http.StatusFound)
}

// keep never stands in the customer's way: what cannot be kept is logged.
func (v *visit) keep(kind outbox.EventKind, found error) {
	err := found
	switch {
	case fault.Is(err, fault.NotFound): // as long ago as the message is, its links lead on
		return
	case err == nil && v.d.Mode != outbox.Live:
		return
	case err == nil:
		err = v.Desk.Seen(v.r.Context(), v.d, kind, v.Now())
	}
	if err != nil {
		v.Log.Error("that a message was seen could not be kept", "delivery", v.d.ID, "error", err)
	}
}
