package cli

import (
	"testing"

	"holdfast/engine/ar"
	"holdfast/engine/outbox"
)

func TestCompareApprovals(t *testing.T) {
	item := func(id int64, customer ar.CustomerID, minor int64, documents ...ar.DocumentID) outbox.Approval {
		return outbox.Approval{
			Ref: outbox.Ref{Kind: outbox.RefMessage, ID: id}, Account: ar.AccountID{Customer: customer}, Sequence: "s", Step: "t",
			Amount: ar.Balance{{Minor: minor, Currency: "USD"}}, Documents: documents,
		}
	}
	before := []outbox.Approval{item(1, "a", 100, "d1"), item(2, "b", 100, "d2", "d3"), item(3, "c", 100)}
	now := []outbox.Approval{item(1, "a", 100, "d1"), item(5, "b", 250, "d3", "d4"), item(6, "d", 100)}
	kinds := map[string]string{}
	for _, d := range compareApprovals(now, before) {
		switch d.kind {
		case differenceGone:
			kinds[d.before.Ref.String()] = d.kind
		case differenceChanged:
			kinds[d.now.Ref.String()] = changeText(d.before, d.now, map[ar.DocumentID]string{"d4": "INV-4"})
		default:
			kinds[d.now.Ref.String()] = d.kind
		}
	}
	for ref, want := range map[string]string{
		"m1": differenceSame, "m5": "1.00 USD -> 2.50 USD; added INV-4; removed d2; was m2", "m6": differenceNew, "m3": differenceGone,
	} {
		if kinds[ref] != want {
			t.Errorf("%s: %q, want %q", ref, kinds[ref], want)
		}
	}
}
