SELECT
	c.CustNum AS id,
	c.CustID AS number,
	c.Name AS name,
	NULLIF(c.ParentCustNum, 0) AS parent_id,
	NULLIF(c.CurrencyCode, N'') AS currency,
	NULLIF(c.CreditLimit, 0) AS credit_limit,
	c.TermsCode AS terms_code,
	c.LangNameID AS language,
	c.Address1 AS address1,
	c.Address2 AS address2,
	c.Zip AS postcode,
	c.City AS city,
	c.State AS region,
	CASE WHEN LEN(c.Country) = 2 THEN c.Country END AS country, -- a name, as a rule
	c.SalesRepCode AS sales_rep,
	c.GroupCode AS segment,
	c.CreditHold AS on_hold,
	CONVERT(varchar(20), CONVERT(bigint, c.SysRevID)) AS hold_version
FROM Erp.Customer AS c
WHERE c.Company = :company
	AND c.SysRevID > CONVERT(binary(8), CAST(:since_no AS bigint)) --? since_no
	AND c.CustNum IN (:customers) --? customers
