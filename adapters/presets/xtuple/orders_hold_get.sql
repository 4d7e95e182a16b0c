-- Shipping looks at the order only, never at the customer. Orders that a person
-- holds for another reason (P, R, S) are left alone: they do not ship either.
SELECT
	h.cohead_id AS order_id,
	h.cohead_holdtype AS value,
	h.xmin::text AS version
FROM cohead AS h
WHERE h.cohead_cust_id = CAST(:customer AS integer)
	AND h.cohead_status = 'O'
	AND COALESCE(h.cohead_holdtype, 'N') IN ('N', 'C')
