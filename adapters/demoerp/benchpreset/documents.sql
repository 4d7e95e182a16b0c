SELECT d.id, d.customer_id, d.number, d.kind, d.issued_on, d.issued_on AS posted_on, d.due_on, d.currency,
	d.amount, d.open, d.base_open, d.po_number, d.closed_on, d.changed_at
FROM bench_document AS d
WHERE d.company_id = :company
  AND (d.closed_on IS NULL
    OR d.closed_on >= :closed_since --? closed_since
    OR d.changed_at >= :since --? since
    OR d.id IN (:ids) --? ids
  )
  AND d.changed_at >= :since --? since
  AND d.customer_id IN (:customers) --? customers
  AND d.id IN (:ids) --? ids
