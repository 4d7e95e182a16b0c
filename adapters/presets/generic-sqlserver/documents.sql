-- One row per instalment of an invoice, per memo and per receipt. Positive: the
-- customer owes; credit memos, receipts and prepayments are negative. Amounts
-- are exact: decimal, numeric or money, never float or real.
--
-- The four optional lines: since, changed rows only; customers, a fresh read;
-- ids, a confirming read; closed_since, what was closed since that day too.
SELECT
	d.id,                -- required: unique in the company, instalment included
	d.customer_id,       -- required
	d.number,            -- required: what people call it
	d.kind,              -- required: see [codes.kind] in preset.toml
	d.instalment,
	d.issued_on,
	d.posted_on,
	COALESCE(d.due_on, DATEADD(day, d.terms_days, d.issued_on)) AS due_on, -- required; NULL: undated
	d.currency,          -- required: ISO 4217
	d.amount,            -- the whole document
	d.amount_open AS [open], -- required: what is left of it; a reserved word, hence the brackets
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
FROM ar_document AS d
WHERE d.company_id = :company
	AND (d.posted = 1 OR d.posted IS NULL)
	AND (
		d.amount_open <> 0
		OR d.amount_open IS NULL -- an amount that is missing is told, never passed over
		OR d.closed_on >= CAST(:closed_since AS datetime2) --? closed_since
	)
	AND (d.changed_at >= :since OR d.changed_at IS NULL) --? since
	AND d.customer_id IN (:customers) --? customers
	AND d.id IN (:ids) --? ids
