package store

import (
	"context"
	"database/sql"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
)

// VolumeAlarm is a day on which more messages would leave a company than usual.
type VolumeAlarm struct {
	Source   ar.Source
	Company  ar.CompanyID
	Mode     outbox.Mode
	Day      ar.Day
	Messages int        // ready, with those sent that day: a yes allows so many
	Usual    int        // the limit
	What     string     // the same in words
	Asked    ar.Balance // by the messages that are ready
	At       time.Time
}

// VolumeAllowed returns how many messages of a company's day people said yes to,
// 0 where nobody did.
func (s *Store) VolumeAllowed(ctx context.Context, source ar.Source, id ar.CompanyID, mode outbox.Mode, day ar.Day, twoAbove []ar.Money) (int, error) {
	allowed := 0
	err := s.read(ctx, "read volume alarms", func(tx *sql.Tx) error {
		co, err := findCompany(ctx, tx, source, id)
		if err != nil {
			return err
		}
		alarms, err := volumeAlarms(ctx, tx, co.no, mode, day)
		for _, a := range alarms {
			if len(a.Yes()) >= a.Need(twoAbove) {
				allowed = a.messages
			}
		}
		return err
	})
	return allowed, err
}

// RaiseVolume asks for a yes to the messages of a day and returns what to say it
// to. Where as many, or more, were asked for on that day already, that alarm
// stands, and raised is false.
func (s *Store) RaiseVolume(ctx context.Context, v VolumeAlarm) (ref outbox.Ref, raised bool, err error) {
	err = s.write(ctx, "raise a volume alarm", func(tx *sql.Tx) error {
		co, err := ensureCompany(ctx, tx, v.Source, v.Company)
		if err != nil {
			return err
		}
		alarms, err := volumeAlarms(ctx, tx, co.no, v.Mode, v.Day)
		if err != nil {
			return err
		}
		if n := len(alarms); n > 0 && alarms[n-1].messages >= v.Messages {
			ref = alarms[n-1].Ref
			return nil
		}
		ref, err = insertVolume(ctx, tx, co, v)
		raised = err == nil
		return err
	})
	return ref, raised, err
}

// volumeAlarm is one alarm with the messages that a yes to it allows.
type volumeAlarm struct {
	outbox.Approval
	messages int
}

// volumeAlarms lists the alarms of a day, the fewest messages first.
func volumeAlarms(ctx context.Context, tx *sql.Tx, no int64, mode outbox.Mode, day ar.Day) ([]volumeAlarm, error) {
	rows, err := tx.QueryContext(ctx, `SELECT id, messages FROM volume_alarm WHERE company_no = ? AND mode = ? AND day = ? ORDER BY messages`,
		no, string(mode), int64(day))
	var list []volumeAlarm
	err = each(rows, err, func(rows *sql.Rows) error {
		a := volumeAlarm{Approval: outbox.Approval{Ref: outbox.Ref{Kind: outbox.RefVolume}}}
		err := rows.Scan(&a.Ref.ID, &a.messages)
		list = append(list, a)
		return err
	})
	for i := range list {
		if err == nil {
			list[i].Approval, err = findApproval(ctx, tx, list[i].Ref)
		}
	}
	return list, err
}

func insertVolume(ctx context.Context, tx *sql.Tx, co company, v VolumeAlarm) (outbox.Ref, error) {
	a := outbox.Approval{
		Ref: outbox.Ref{Kind: outbox.RefVolume}, Account: co.account(""), What: v.What, Amount: v.Asked, On: v.Day, Because: sequence.ReasonVolume, Needs: 1,
	}
	err := tx.QueryRowContext(ctx, `INSERT INTO volume_alarm (company_no, mode, day, messages, usual) VALUES (?, ?, ?, ?, ?) RETURNING id`,
		co.no, string(v.Mode), int64(v.Day), int64(v.Messages), int64(v.Usual)).Scan(&a.Ref.ID)
	if err != nil {
		return a.Ref, err
	}
	if err := insertApproval(ctx, tx, co.no, v.Mode, &a); err != nil {
		return a.Ref, err
	}
	return a.Ref, journal(ctx, tx, note{at: v.At, actor: "cycle", kind: "volume.alarm", subject: a.Account.String(), body: struct {
		Ref      outbox.Ref `json:"ref"`
		Messages int        `json:"messages"`
		Usual    int        `json:"usual"`
		Asked    ar.Balance `json:"asked"`
	}{a.Ref, v.Messages, v.Usual, v.Asked}})
}
