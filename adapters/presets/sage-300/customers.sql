-- AMTCRLIMT is in the customer's own currency and means nothing while the
-- switch is off.
SELECT
	RTRIM(c.IDCUST) AS id,
	c.NAMECUST AS name,
	c.CODECURN AS currency,
	CASE WHEN c.SWCHKLIMIT = 1 AND c.CODECURN = f.HOMECUR THEN c.AMTCRLIMT END AS credit_limit,
	c.CODETERM AS terms_code,
	c.PAYMCODE AS payment_method,
	c.TEXTSTRE1 AS address1,
	c.TEXTSTRE2 AS address2,
	c.CODEPSTL AS postcode,
	c.NAMECITY AS city,
	c.CODESTTE AS region,
	CASE WHEN LEN(c.CODECTRY) = 2 THEN c.CODECTRY END AS country,
	c.CODESLSP1 AS sales_rep,
	c.IDGRP AS segment,
	c.SWACTV AS active,
	c.SWHOLD AS on_hold,
	CONCAT(c.AUDTDATE, '-', c.AUDTTIME) AS hold_version,
	c.IDNATACCT AS x_national_account,
	t.changed_at
FROM dbo.ARCUS AS c
CROSS JOIN dbo.CSCOM AS f
CROSS APPLY (
	SELECT DATEADD(second,
		FLOOR(c.AUDTTIME / 1000000) * 3600 + FLOOR(c.AUDTTIME / 10000) % 100 * 60 + FLOOR(c.AUDTTIME / 100) % 100,
		CONVERT(datetime2(0), CONVERT(char(8), CAST(NULLIF(c.AUDTDATE, 0) AS int)), 112)) AS changed_at
) AS t
WHERE 1 = 1
	AND t.changed_at >= :since --? since
	AND c.IDCUST IN (:customers) --? customers
