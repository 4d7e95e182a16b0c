-- Each match stands twice in AROBP, once under each of its two documents, as
-- applied to and as applied. The row under the invoice, debit note or interest
-- charge is taken; it is negative where it lowers it, and a reversal is a
-- further row of the other sign. IDMEMOXREF is the other document, which may
-- be of another customer of the national account.
SELECT
	CONCAT(RTRIM(p.IDCUST), '/', RTRIM(p.IDINVC), '/', p.CNTPAYMNBR, '/', RTRIM(p.IDRMIT), '/', p.DATEBUS, '/', p.TRANSTYPE, '/',
		p.CNTSEQNCE) AS id,
	RTRIM(p.IDCUST) AS customer_id,
	CASE WHEN p.IDMEMOXREF <> '' THEN
		CONCAT(COALESCE(NULLIF(RTRIM(p.IDCUSTRMIT), ''), RTRIM(p.IDCUST)), '/', RTRIM(p.IDMEMOXREF), '/1') END AS receipt_id,
	CONCAT(RTRIM(p.IDCUST), '/', RTRIM(p.IDINVC), '/', p.CNTPAYMNBR) AS document_id,
	COALESCE(NULLIF(p.CODECURN, ''), f.HOMECUR) AS currency,
	CASE WHEN p.TRANSTYPE IN (12, 14, 20) THEN 0 ELSE -p.AMTPAYMTC END AS amount,
	CASE WHEN p.TRANSTYPE = 12 THEN -p.AMTPAYMTC END AS discount,
	CASE WHEN p.TRANSTYPE IN (14, 20) THEN -p.AMTPAYMTC END AS write_off,
	CONVERT(date, CONVERT(char(8), CAST(NULLIF(CASE WHEN p.DATERMIT = 0 THEN p.DATEBUS ELSE p.DATERMIT END, 0) AS int)), 112) AS applied_on,
	CONVERT(date, CONVERT(char(8), CAST(NULLIF(p.DATEBUS, 0) AS int)), 112) AS posted_on,
	t.changed_at
FROM dbo.AROBP AS p
JOIN dbo.AROBS AS s ON s.IDCUST = p.IDCUST AND s.IDINVC = p.IDINVC AND s.CNTPAYM = p.CNTPAYMNBR
JOIN dbo.AROBL AS d ON d.IDCUST = p.IDCUST AND d.IDINVC = p.IDINVC
CROSS JOIN dbo.CSCOM AS f
CROSS APPLY (
	SELECT DATEADD(second,
		FLOOR(p.AUDTTIME / 1000000) * 3600 + FLOOR(p.AUDTTIME / 10000) % 100 * 60 + FLOOR(p.AUDTTIME / 100) % 100,
		CONVERT(datetime2(0), CONVERT(char(8), CAST(NULLIF(p.AUDTDATE, 0) AS int)), 112)) AS changed_at
) AS t
WHERE d.TRXTYPETXT IN (1, 2, 4)
	AND p.TRANSTYPE NOT IN (16, 17, 18)
	AND p.AMTPAYMTC <> 0
	AND (
		s.SWPAID = 0
		OR d.DATELSTACT >= CAST(REPLACE(:closed_since, '-', '') AS decimal(9,0)) --? closed_since
	)
	AND t.changed_at >= :since --? since
	AND p.IDCUST IN (:customers) --? customers
