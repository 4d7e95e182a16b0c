-- One row per scheduled payment of a posted document, and one per retainage
-- that is still held back. A document number is unique for its customer only.
-- Amounts carry their sign; TC is the customer's currency, HC the company's.
-- Days are numbers such as 20261031, and 0 is no day.
WITH item AS (
	SELECT
		s.IDCUST, s.IDINVC,
		CONCAT(RTRIM(s.IDCUST), '/', RTRIM(s.IDINVC), '/', s.CNTPAYM) AS id,
		CAST(s.CNTPAYM AS int) AS instalment,
		CAST(s.TXTTRXTYPE AS varchar(2)) AS kind,
		s.DATEDUE AS due,
		s.SWPAID AS paid,
		s.AMTDUETC AS amount, s.AMTPYMRMTC AS amount_open, s.AMTPYMRMHC AS base_open,
		s.AUDTDATE * 100000000 + s.AUDTTIME AS stamp
	FROM dbo.AROBS AS s
	WHERE 1 = 1
		AND s.IDCUST IN (:customers) --? customers
	UNION ALL
	SELECT
		r.IDCUST, r.IDINVC,
		CONCAT(RTRIM(r.IDCUST), '/', RTRIM(r.IDINVC), '/R'),
		1,
		'R',
		r.RTGDATEDUE,
		1 - r.SWRTGOUT,
		r.RTGOAMTTC, r.RTGAMTTC, r.RTGAMTHC,
		r.AUDTDATE * 100000000 + r.AUDTTIME
	FROM dbo.AROBL AS r
	WHERE r.SWRTG = 1
		AND r.IDCUST IN (:customers) --? customers
)
SELECT
	i.id,
	RTRIM(i.IDCUST) AS customer_id,
	d.IDINVC AS number,
	i.kind,
	i.instalment,
	CONVERT(date, CONVERT(char(8), CAST(NULLIF(d.DATEINVC, 0) AS int)), 112) AS issued_on,
	CONVERT(date, CONVERT(char(8), CAST(NULLIF(d.DATEBUS, 0) AS int)), 112) AS posted_on,
	CONVERT(date, CONVERT(char(8), CAST(NULLIF(i.due, 0) AS int)), 112) AS due_on,
	COALESCE(NULLIF(d.CODECURN, ''), f.HOMECUR) AS currency,
	i.amount,
	i.amount_open AS [open],
	i.base_open,
	d.EXCHRATEHC AS rate,
	d.IDCUSTPO AS po_number,
	d.IDORDERNBR AS order_number,
	RTRIM(d.IDCUSTSHPT) AS ship_to_id,
	CASE WHEN i.amount_open = 0 THEN CONVERT(date, CONVERT(char(8), CAST(NULLIF(d.DATELSTACT, 0) AS int)), 112) END AS closed_on,
	t.changed_at
FROM item AS i
JOIN dbo.AROBL AS d ON d.IDCUST = i.IDCUST AND d.IDINVC = i.IDINVC
CROSS JOIN dbo.CSCOM AS f
CROSS APPLY (
	SELECT CASE WHEN i.stamp > d.AUDTDATE * 100000000 + d.AUDTTIME THEN i.stamp ELSE d.AUDTDATE * 100000000 + d.AUDTTIME END AS stamp
) AS g
CROSS APPLY (
	SELECT DATEADD(second,
		FLOOR(g.stamp % 100000000 / 1000000) * 3600 + FLOOR(g.stamp % 1000000 / 10000) * 60 + FLOOR(g.stamp % 10000 / 100),
		CONVERT(datetime2(0), CONVERT(char(8), CAST(NULLIF(FLOOR(g.stamp / 100000000), 0) AS int)), 112)) AS changed_at
) AS t
WHERE (
		i.paid = 0
		OR d.DATELSTACT >= CAST(REPLACE(:closed_since, '-', '') AS decimal(9,0)) --? closed_since
	)
	AND t.changed_at >= :since --? since
	AND i.id IN (:ids) --? ids
