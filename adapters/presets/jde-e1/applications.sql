-- Lines of receipts on items that are owed. Whether JD Edwards writes them above
-- or below zero is not known here: what a receipt takes off has the item's own
-- sign. Lines of unapplied cash (RU) say where money waits and pay nothing.
WITH base AS (
	SELECT
		CASE WHEN c.cccrcd <> ' ' THEN CAST(TRIM(c.cccrcd) AS VARCHAR2(3)) ELSE '{{currency}}' END AS currency,
		CASE WHEN v.cvcdec <> ' ' THEN TO_NUMBER(TRIM(v.cvcdec)) ELSE {{decimals}} END AS digits
	FROM {{data}}f0010 c
	LEFT JOIN {{data}}f0013 v ON v.cvcrcd = c.cccrcd
	WHERE c.ccco = :company
), item AS (
	SELECT
		d.rpdoc, d.rpdct, d.rpkco, d.rpsfx, d.rpan8, SIGN(d.rpag) AS side, d.rpcrrm,
		CASE WHEN d.rpcrrm = 'F' THEN CAST(TRIM(d.rpcrcd) AS VARCHAR2(3)) ELSE base.currency END AS currency,
		CASE WHEN d.rpcrrm = 'F' THEN CASE WHEN v.cvcdec <> ' ' THEN TO_NUMBER(TRIM(v.cvcdec)) ELSE {{decimals}} END ELSE base.digits END AS digits
	FROM {{data}}f03b11 d
	CROSS JOIN base
	LEFT JOIN {{data}}f0013 v ON v.cvcrcd = d.rpcrcd
	WHERE d.rpco = :company
		AND d.rppost = 'D'
		AND d.rpdct <> 'RU'
		AND (
			CASE WHEN d.rpcrrm = 'F' THEN d.rpfap ELSE d.rpaap END <> 0
			OR CASE WHEN d.rpcrrm = 'F' THEN d.rpfap ELSE d.rpaap END IS NULL
			OR d.rpjcl >= TO_NUMBER(TO_CHAR(TO_DATE(:closed_since, 'YYYY-MM-DD'), 'YYYYDDD')) - 1900000 --? closed_since
		)
		AND d.rpan8 IN (:customers) --? customers
)
SELECT
	z.rzpyid || '/' || z.rzrc5 AS id,
	i.rpan8 AS customer_id,
	NULL AS receipt_id,
	i.rpdoc || '/' || i.rpdct || '/' || i.rpkco || '/' || i.rpsfx AS document_id,
	i.currency,
	CASE WHEN z.rzdmtj > 0 THEN TO_DATE(TO_CHAR(z.rzdmtj + 1900000), 'YYYYDDD') END AS applied_on,
	CASE WHEN z.rzdgj > 0 THEN TO_DATE(TO_CHAR(z.rzdgj + 1900000), 'YYYYDDD') END AS posted_on,
	i.side * ABS(CASE WHEN i.rpcrrm = 'F' THEN z.rzpfap ELSE z.rzpaap END) / POWER(10, i.digits) AS amount,
	i.side * ABS(CASE WHEN i.rpcrrm = 'F' THEN z.rzcdsa ELSE z.rzadsa END) / POWER(10, i.digits) AS discount,
	i.side * ABS(CASE WHEN i.rpcrrm = 'F' THEN z.rzfchg ELSE z.rzaaaj END) / POWER(10, i.digits) AS write_off,
	CASE WHEN z.rzvdgj > 0 THEN 1 ELSE 0 END AS reversed
FROM item i
JOIN {{data}}f03b14 z ON z.rzdoc = i.rpdoc AND z.rzdct = i.rpdct AND z.rzkco = i.rpkco AND z.rzsfx = i.rpsfx
