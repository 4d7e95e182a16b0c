UPDATE custinfo
SET cust_creditstatus = :value
WHERE cust_id = CAST(:customer AS integer)
	AND cust_creditstatus IS NOT DISTINCT FROM :seen
	AND xmin::text = :version
