-- One row per instalment of an invoice, per memo and per receipt. Positive: the
-- customer owes; credit memos, receipts and prepayments are negative. Amounts
-- are exact decimals in the document's currency, never floating-point.
--
-- The four optional lines: since, changed rows only; customers, a fresh read;
-- ids, a confirming read; closed_since, what was closed since that day too.
SELECT
	d.id,                -- required: unique in the company, instalment included
	d.customer_id,       -- required
	d.doc_number AS "number", -- required: what people call it; number alone is a reserved word
	d.kind,              -- required: see [codes.kind] in preset.toml
	d.instalment,
	d.issued_on,
	d.posted_on,
	COALESCE(d.due_on, d.issued_on + d.terms_days) AS due_on, -- required; NULL: undated
	d.currency,          -- required: ISO 4217
	d.amount,            -- the whole document
	d.open,              -- required: what is left of it
	d.base_open,         -- open in the company's currency
	d.rate,
	d.po_number,
	d.order_number,
	d.ship_to_id,
	d.related_id,        -- the document that a credit memo belongs to
	d.consolidation_no,
	d.disputed,
	d.disputed_amount,
	d.dispute_reason,
	d.voided,
	d.closed_on,         -- NULL while open
	d.changed_at,
	d.branch AS x_branch
FROM ar_document d
WHERE d.company_id = :company
	AND (d.posted = 1 OR d.posted IS NULL)
	AND (
		d.open <> 0
		OR d.open IS NULL -- an amount that is missing is told, never passed over
		OR d.closed_on >= TO_DATE(:closed_since, 'YYYY-MM-DD') --? closed_since
	)
	AND (d.changed_at >= :since OR d.changed_at IS NULL) --? since
	AND d.customer_id IN (:customers) --? customers
	AND d.id IN (:ids) --? ids
