-- CashDtl holds payments of an invoice (PayInv, above zero), credit memos laid on
-- one (CMemo: the row of the invoice is below zero and names the credit memo; its
-- mirror on the credit memo is left out) and adjustments (below zero lowers the
-- debt; those of exchange rates carry GainLossType). A discount is part of the
-- payment's amount. An application names the first instalment of its invoice.
SELECT
	d.SysRowID AS id,
	h.CustNum AS customer_id,
	CASE d.TranType
		WHEN N'PayInv' THEN CONCAT('R', d.HeadNum)
		WHEN N'CMemo' THEN CONCAT(d.InvoiceRef, '/1')
	END AS receipt_id,
	CONCAT(d.InvoiceNum, '/1') AS document_id,
	h.CurrencyCode AS currency,
	d.TranDate AS applied_on,
	d.TranDate AS posted_on,
	CASE d.TranType
		WHEN N'PayInv' THEN d.DocTranAmt - d.DocDiscount
		WHEN N'CMemo' THEN -d.DocTranAmt
		ELSE 0
	END AS amount,
	CASE WHEN d.TranType = N'PayInv' THEN d.DocDiscount ELSE 0 END AS discount,
	CASE WHEN d.TranType = N'Adjust' THEN -d.DocTranAmt ELSE 0 END AS write_off
FROM Erp.CashDtl AS d
JOIN Erp.InvcHead AS h ON h.Company = d.Company AND h.InvoiceNum = d.InvoiceNum
WHERE d.Company = :company
	AND d.Posted = 1
	AND (
		d.TranType = N'PayInv'
		OR d.TranType = N'CMemo' AND d.DocTranAmt < 0
		OR d.TranType = N'Adjust' AND d.GainLossType = N''
	)
	AND ( --? closed_since
		h.OpenInvoice = 1 --? closed_since
		OR d.TranDate >= CAST(:closed_since AS datetime2) --? closed_since
	) --? closed_since
	AND d.SysRevID > CONVERT(binary(8), CAST(:since_no AS bigint)) --? since_no
	AND h.CustNum IN (:customers) --? customers
