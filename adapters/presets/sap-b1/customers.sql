-- Inactive is how a hold looks, so it is on_hold and never active = 0. The
-- currency ## is any. UpdateDate has no time of day.
SELECT
	c.CardCode AS id,
	c.CardName AS name,
	c.FatherCard AS parent_id,
	CASE WHEN c.FatherType = 'P' THEN c.FatherCard END AS payer_id,
	COALESCE(NULLIF(n.ISOCurrCod, ''), NULLIF(c.Currency, '##')) AS currency,
	NULLIF(c.CreditLine, 0) AS credit_limit,
	t.PymntGroup AS terms_code,
	c.PymCode AS payment_method,
	CASE WHEN c.BlockDunn = 'Y' THEN 1 ELSE 0 END AS dunning_block,
	c.Address AS address1,
	c.ZipCode AS postcode,
	c.City AS city,
	c.State1 AS region,
	c.Country AS country,
	s.SlpName AS sales_rep,
	g.GroupName AS segment,
	CASE
		WHEN c.frozenFor = 'Y' AND COALESCE(c.frozenFrom, GETDATE()) <= GETDATE()
			AND COALESCE(c.frozenTo, GETDATE()) >= CAST(GETDATE() AS date) THEN 1
		ELSE 0
	END AS on_hold,
	CASE WHEN c.UpdateDate > c.CreateDate THEN c.UpdateDate ELSE COALESCE(c.CreateDate, c.UpdateDate) END AS changed_at
FROM dbo.OCRD AS c
LEFT JOIN dbo.OCRN AS n ON n.CurrCode = c.Currency
LEFT JOIN dbo.OCTG AS t ON t.GroupNum = c.GroupNum
LEFT JOIN dbo.OSLP AS s ON s.SlpCode = c.SlpCode
LEFT JOIN dbo.OCRG AS g ON g.GroupCode = c.GroupCode
WHERE c.CardType = 'C'
	AND CASE WHEN c.UpdateDate > c.CreateDate THEN c.UpdateDate ELSE COALESCE(c.CreateDate, c.UpdateDate) END >= :since --? since
	AND c.CardCode IN (:customers) --? customers
