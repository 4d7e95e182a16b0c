// Package web serves pages until it is told to stop: what the figures and the
// customers' pages share.
package web

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"time"
)

// grace is how long requests may take to finish when serving ends.
const grace = 2 * time.Second

// Serve answers on l until ctx ends, then closes it. It returns nil when ctx
// ended it. Slow and silent callers are cut off. config nil serves plain HTTP.
func Serve(ctx context.Context, l net.Listener, h http.Handler, config *tls.Config) error {
	s := &http.Server{
		Handler: h, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 30 * time.Second, WriteTimeout: 30 * time.Second, IdleTimeout: time.Minute,
		MaxHeaderBytes: 32 << 10,
	}
	stop := context.AfterFunc(ctx, func() {
		within, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
		defer cancel()
		if s.Shutdown(within) != nil {
			s.Close()
		}
	})
	defer stop()
	if config != nil {
		l = tls.NewListener(l, config)
	}
	if err := s.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
