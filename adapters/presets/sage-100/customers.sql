-- A customer number is unique in its division only, also where divisions are
-- not used and every one is 00. TimeUpdated is a text of hours and their
-- fraction: 15.5 is half past three.
SELECT
	CONCAT(c.ARDivisionNo, '/', c.CustomerNo) AS id,
	CONCAT(c.ARDivisionNo, '-', c.CustomerNo) AS number,
	c.CustomerName AS name,
	'{{currency}}' AS currency,
	NULLIF(c.CreditLimit, 0) AS credit_limit,
	c.TermsCode AS terms_code,
	c.AddressLine1 AS address1,
	c.AddressLine2 AS address2,
	c.ZipCode AS postcode,
	c.City AS city,
	c.State AS region,
	CASE c.CountryCode
		WHEN 'USA' THEN 'US' WHEN 'CAN' THEN 'CA' WHEN 'MEX' THEN 'MX' WHEN 'GBR' THEN 'GB'
		ELSE CASE WHEN LEN(c.CountryCode) = 2 THEN c.CountryCode END
	END AS country,
	CASE WHEN c.SalespersonNo <> '' THEN CONCAT(c.SalespersonDivisionNo, '-', c.SalespersonNo) END AS sales_rep,
	c.CustomerType AS segment,
	CASE WHEN c.CustomerStatus = 'I' THEN 0 ELSE 1 END AS active,
	CASE WHEN c.CreditHold = 'Y' THEN 1 ELSE 0 END AS on_hold,
	CONCAT(CONVERT(char(8), c.DateUpdated, 112), '-', c.TimeUpdated) AS hold_version,
	DATEADD(second, FLOOR(CAST(COALESCE(NULLIF(c.TimeUpdated, ''), '0') AS decimal(9,5)) * 3600), c.DateUpdated) AS changed_at
FROM dbo.AR_Customer AS c
WHERE 1 = 1
	AND DATEADD(second, FLOOR(CAST(COALESCE(NULLIF(c.TimeUpdated, ''), '0') AS decimal(9,5)) * 3600), c.DateUpdated) >= :since --? since
	AND CONCAT(c.ARDivisionNo, '/', c.CustomerNo) IN (:customers) --? customers
