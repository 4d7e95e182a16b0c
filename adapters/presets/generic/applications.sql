-- One row per receipt or credit set against a document.
SELECT
	a.id,           -- required
	a.customer_id,  -- required
	a.receipt_id,   -- required: a documents.id
	a.document_id,  -- required: a documents.id
	d.currency,     -- required: of the document, which the amounts are in
	a.amount,       -- required: positive lowers what is open
	a.applied_on,
	a.posted_on,
	a.discount,
	a.write_off,
	a.reversed,
	a.changed_at
FROM ar_application AS a
JOIN ar_document AS d ON d.company_id = a.company_id AND d.id = a.document_id
WHERE a.company_id = :company
	AND (
		d.open <> 0
		OR d.open IS NULL
		OR d.closed_on >= :closed_since --? closed_since
	)
	AND (a.changed_at >= :since OR a.changed_at IS NULL) --? since
	AND a.customer_id IN (:customers) --? customers
