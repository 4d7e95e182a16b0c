-- Mail addresses and telephones hang on a line of the who's who; line 0 is the
-- company itself.
WITH way AS (
	SELECT
		e.eaan8 AS an8, e.eaidln AS idln, 'E/' || e.eaan8 || '/' || e.eaidln || '/' || e.earck7 AS id,
		TRIM(e.eaemal) AS email, NULL AS phone
	FROM {{data}}f01151 e
	WHERE e.eaetp = 'E'
		AND e.eaan8 IN (:customers) --? customers
	UNION ALL
	SELECT
		t.wpan8, t.wpidln, 'P/' || t.wpan8 || '/' || t.wpidln || '/' || t.wprck7,
		NULL, TRIM(TRIM(t.wpar1) || ' ' || TRIM(t.wpph1))
	FROM {{data}}f0115 t
	WHERE t.wpphtp <> 'FAX'
		AND t.wpan8 IN (:customers) --? customers
)
SELECT
	w.an8 AS customer_id,
	w.id,
	CASE WHEN w.idln = 0 THEN 'general' ELSE 'contact' END AS role,
	TRIM(h.wwmlnm) AS name,
	w.email,
	w.phone,
	1 AS valid
FROM way w
JOIN {{data}}f0111 h ON h.wwan8 = w.an8 AND h.wwidln = w.idln
WHERE EXISTS (
		SELECT 1 FROM {{data}}f03012 a
		WHERE a.aian8 = w.an8 AND a.aico IN ('00000', :company)
	)
	AND LENGTH(COALESCE(w.email, w.phone)) > 0
