-- Applications move from RM20201 to RM30201 with their documents. One of a
-- payment that is not posted yet stands in RM20201 too. The OR... columns are in
-- the currency of the document that is paid, which CURNCYID names.
WITH functional AS (
	SELECT MAX(s.FUNLCURR) AS id FROM MC40000 AS s
), application AS (
	SELECT
		a.CUSTNMBR, a.APFRDCTY, a.APFRDCNM, a.APTODCTY, a.APTODCNM, a.CURNCYID, a.DATE1, a.GLPOSTDT,
		a.APPTOAMT, a.DISTKNAM, a.WROFAMNT, a.ORAPTOAM, a.ORDISTKN, a.ORWROFAM
	FROM RM20201 AS a
	WHERE a.POSTED = 1
	UNION ALL
	SELECT
		h.CUSTNMBR, h.APFRDCTY, h.APFRDCNM, h.APTODCTY, h.APTODCNM, h.CURNCYID, h.DATE1, h.GLPOSTDT,
		h.APPTOAMT, h.DISTKNAM, h.WROFAMNT, h.ORAPTOAM, h.ORDISTKN, h.ORWROFAM
	FROM RM30201 AS h
	WHERE NOT EXISTS (
			SELECT 1 FROM RM20201 AS o
			WHERE o.APFRDCTY = h.APFRDCTY AND o.APFRDCNM = h.APFRDCNM AND o.APTODCTY = h.APTODCTY AND o.APTODCNM = h.APTODCNM
		)
		AND h.GLPOSTDT >= CAST(:closed_since AS datetime2) --? closed_since
)
SELECT
	CONCAT(a.APFRDCTY, '|', RTRIM(a.APFRDCNM), '|', a.APTODCTY, '|', RTRIM(a.APTODCNM)) AS id,
	RTRIM(a.CUSTNMBR) AS customer_id,
	CONCAT(a.APFRDCTY, '|', RTRIM(a.APFRDCNM)) AS receipt_id,
	CONCAT(a.APTODCTY, '|', RTRIM(a.APTODCNM)) AS document_id,
	COALESCE(NULLIF(c.ISOCURRC, ''), NULLIF(a.CURNCYID, ''), NULLIF(f.id, ''), '{{currency}}') AS currency,
	a.DATE1 AS applied_on,
	a.GLPOSTDT AS posted_on,
	CASE WHEN a.CURNCYID IN ('', f.id) THEN a.APPTOAMT ELSE a.ORAPTOAM END AS amount,
	CASE WHEN a.CURNCYID IN ('', f.id) THEN a.DISTKNAM ELSE a.ORDISTKN END AS discount,
	CASE WHEN a.CURNCYID IN ('', f.id) THEN a.WROFAMNT ELSE a.ORWROFAM END AS write_off
FROM application AS a
CROSS JOIN functional AS f
LEFT JOIN [{{system}}].[dbo].[MC40200] AS c ON c.CURNCYID = COALESCE(NULLIF(a.CURNCYID, ''), f.id)
WHERE 1 = 1
	AND a.CUSTNMBR IN (:customers) --? customers
