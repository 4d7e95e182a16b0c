WITH base AS (
	SELECT '{{currency}}' AS currency
)
SELECT
	c.Customer AS id,
	c.Name AS name,
	CASE WHEN c.MasterAccount NOT IN ('', c.Customer) THEN c.MasterAccount END AS parent_id,
	COALESCE(NULLIF(c.Currency, ''), b.currency) AS currency,
	-- Only where customer and company share a currency is it known whose the limit is.
	CASE WHEN COALESCE(c.Currency, '') IN ('', b.currency) THEN NULLIF(c.CreditLimit, 0) END AS credit_limit,
	c.TermsCode AS terms_code,
	c.SoldToAddr1 AS address1,
	c.SoldToAddr2 AS address2,
	c.SoldPostalCode AS postcode,
	c.SoldToAddr3 AS city,
	c.SoldToAddr4 AS region,
	CASE WHEN LEN(c.SoldToAddr5) = 2 THEN c.SoldToAddr5 END AS country,
	c.Salesperson AS sales_rep,
	c.CustomerClass AS segment,
	c.CustomerOnHold AS on_hold,
	CONVERT(varchar(20), CONVERT(bigint, c.[TimeStamp])) AS hold_version
FROM ArCustomer AS c
CROSS JOIN base AS b
WHERE c.Customer <> ''
	AND c.[TimeStamp] > CONVERT(binary(8), CAST(:since_no AS bigint)) --? since_no
	AND c.Customer IN (:customers) --? customers
