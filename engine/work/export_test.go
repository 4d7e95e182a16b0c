package work

import (
	"database/sql"
	"time"
)

// SetChunk shortens the bound of one job.
func (w *Worker) SetChunk(d time.Duration) { w.chunk = d }

// NextDay tells when the day tick of a zone comes.
func NextDay(zone *time.Location, now time.Time) time.Time { return newDay{zone}.Next(now) }

// DB returns the database that the worker is on.
func (w *Worker) DB() *sql.DB { return w.cfg.DB }
