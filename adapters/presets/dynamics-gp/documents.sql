-- A paid document stays in RM20101 with nothing open until somebody moves the
-- paid transactions to RM30101. Amounts never have a sign: the type says it,
-- and from 7 on it is the customer's favour.
--
-- CURTRXAM and ORTRXAMT are in the functional currency. MC020102 has a foreign
-- document in its own; without a row there it is a functional one.
WITH functional AS (
	SELECT MAX(s.FUNLCURR) AS id FROM MC40000 AS s
), document AS (
	SELECT
		t.CUSTNMBR, t.RMDTYPAL, t.DOCNUMBR, t.DOCDATE, t.GLPOSTDT, t.DUEDATE, t.DINVPDOF, t.VOIDSTTS, t.CSPORNBR, t.ORTRXAMT,
		CASE WHEN t.VOIDSTTS = 0 THEN t.CURTRXAM ELSE 0 END AS CURTRXAM, t.DEX_ROW_TS
	FROM RM20101 AS t
	UNION ALL
	SELECT
		h.CUSTNMBR, h.RMDTYPAL, h.DOCNUMBR, h.DOCDATE, h.GLPOSTDT, h.DUEDATE, h.DINVPDOF, h.VOIDSTTS, h.CSPORNBR, h.ORTRXAMT,
		0, h.DEX_ROW_TS
	FROM RM30101 AS h
	WHERE NOT EXISTS (SELECT 1 FROM RM20101 AS o WHERE o.RMDTYPAL = h.RMDTYPAL AND o.DOCNUMBR = h.DOCNUMBR)
)
SELECT
	CONCAT(d.RMDTYPAL, '|', RTRIM(d.DOCNUMBR)) AS id,
	RTRIM(d.CUSTNMBR) AS customer_id,
	d.DOCNUMBR AS number,
	d.RMDTYPAL AS kind,
	d.DOCDATE AS issued_on,
	d.GLPOSTDT AS posted_on,
	NULLIF(d.DUEDATE, '19000101') AS due_on,
	COALESCE(NULLIF(c.ISOCURRC, ''), NULLIF(m.CURNCYID, ''), NULLIF(f.id, ''), '{{currency}}') AS currency,
	CASE WHEN d.RMDTYPAL >= 7 THEN -1 ELSE 1 END * COALESCE(m.ORORGTRX, d.ORTRXAMT) AS amount,
	CASE WHEN d.RMDTYPAL >= 7 THEN -1 ELSE 1 END * CASE WHEN d.CURTRXAM = 0 THEN 0 ELSE COALESCE(m.ORCTRXAM, d.CURTRXAM) END AS [open],
	CASE WHEN d.RMDTYPAL >= 7 THEN -1 ELSE 1 END * d.CURTRXAM AS base_open,
	d.CSPORNBR AS po_number,
	d.VOIDSTTS AS voided,
	CASE WHEN d.CURTRXAM = 0 THEN COALESCE(NULLIF(d.DINVPDOF, '19000101'), d.GLPOSTDT) END AS closed_on,
	d.DEX_ROW_TS AS changed_at
FROM document AS d
CROSS JOIN functional AS f
LEFT JOIN MC020102 AS m ON m.RMDTYPAL = d.RMDTYPAL AND m.DOCNUMBR = d.DOCNUMBR
LEFT JOIN [{{system}}].[dbo].[MC40200] AS c ON c.CURNCYID = COALESCE(NULLIF(m.CURNCYID, ''), f.id)
WHERE (
		d.CURTRXAM <> 0
		OR COALESCE(NULLIF(d.DINVPDOF, '19000101'), d.GLPOSTDT) >= CAST(:closed_since AS datetime2) --? closed_since
	)
	AND d.DEX_ROW_TS >= :since --? since
	AND d.CUSTNMBR IN (:customers) --? customers
	AND CONCAT(d.RMDTYPAL, '|', RTRIM(d.DOCNUMBR)) IN (:ids) --? ids
