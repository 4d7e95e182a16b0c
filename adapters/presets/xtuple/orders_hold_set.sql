UPDATE cohead
SET cohead_holdtype = :value
WHERE cohead_cust_id = CAST(:customer AS integer) AND cohead_id = CAST(:order AS integer)
	AND cohead_status = 'O'
	AND cohead_holdtype IS NOT DISTINCT FROM :seen
	AND xmin::text = :version
