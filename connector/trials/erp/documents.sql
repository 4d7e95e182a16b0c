SELECT i.id, i.customer_id, i.id AS number, 'invoice' AS kind, i.issued_on, i.issued_on AS posted_on, i.due_on, 'USD' AS currency,
	printf('%d.%02d', i.amount / 100, i.amount % 100) AS amount, printf('%d.%02d', i.open / 100, i.open % 100) AS open,
	printf('%d.%02d', i.open / 100, i.open % 100) AS base_open, i.changed_at
FROM invoice AS i
JOIN customer AS c ON c.id = i.customer_id
WHERE c.company_id = :company
  AND i.changed_at >= :since --? since
  AND i.customer_id IN (:customers) --? customers
  AND i.id IN (:ids) --? ids
