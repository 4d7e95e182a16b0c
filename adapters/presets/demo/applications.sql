SELECT
	a.application_id AS id,
	a.customer_id,
	coalesce(a.receipt_no, a.memo_no) AS receipt_id,
	a.instalment_id AS document_id,
	a.applied_on,
	a.applied_on AS posted_on,
	v.currency,
	printf('%d.%02d', a.amount / 100, a.amount % 100) AS amount,
	a.reversed,
	a.changed_at
FROM receipt_application AS a
JOIN customer AS c ON c.customer_id = a.customer_id
JOIN invoice_instalment AS i ON i.instalment_id = a.instalment_id
JOIN invoice AS v ON v.invoice_no = i.invoice_no
WHERE c.company_id = :company
  AND (i.closed_on IS NULL
    OR a.applied_on >= :closed_since --? closed_since
    OR a.changed_at >= :since --? since
    OR a.application_id IN (:ids) --? ids
  )
  AND a.changed_at >= :since --? since
  AND a.customer_id IN (:customers) --? customers
  AND a.application_id IN (:ids) --? ids
