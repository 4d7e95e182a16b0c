-- A column that only newer versions have is written without its table: where
-- the table lacks it, the name falls through to the blank of "older".
SELECT
	c.[No_] AS id,
	c.[Name] AS name,
	NULLIF(c.[Bill-to Customer No_], N'') AS payer_id,
	COALESCE(u.iso, NULLIF(c.[Currency Code], N'')) AS currency,
	NULLIF(c.[Credit Limit (LCY)], 0) AS credit_limit, -- 0 is "no limit"
	c.[Payment Terms Code] AS terms_code,
	c.[Payment Method Code] AS payment_method,
	c.[Language Code] AS language,
	c.[Address] AS address1,
	c.[Address 2] AS address2,
	c.[Post Code] AS postcode,
	c.[City] AS city,
	c.[County] AS region,
	c.[Country_Region Code] AS country,
	c.[Salesperson Code] AS sales_rep,
	c.[Customer Posting Group] AS segment,
	CASE WHEN c.[Blocked] = 0 THEN 0 ELSE 1 END AS on_hold,
	CONVERT(varchar(20), CONVERT(bigint, c.[timestamp])) AS hold_version
FROM (SELECT N'' AS [ISO Code]) AS older
CROSS JOIN [{{co}}$Customer{{app}}] AS c
OUTER APPLY (
	SELECT NULLIF([ISO Code], N'') AS iso
	FROM [{{co}}$Currency{{app}}] AS y
	WHERE y.[Code] = c.[Currency Code]
) AS u
WHERE c.[No_] <> N''
	AND c.[timestamp] > CONVERT(binary(8), CAST(:since_no AS bigint)) --? since_no
	AND c.[No_] IN (:customers) --? customers
