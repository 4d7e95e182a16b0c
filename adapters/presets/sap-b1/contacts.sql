-- The customer's own address first, then its contact persons; the one that the
-- customer names as its contact has the role invoice.
SELECT
	c.CardCode AS customer_id,
	CAST(c.CardCode AS nvarchar(30)) AS id,
	N'company' AS role,
	c.CardName AS name,
	c.E_Mail AS email,
	c.Phone1 AS phone,
	c.Cellular AS mobile,
	1 AS valid
FROM dbo.OCRD AS c
WHERE c.CardType = 'C' AND (c.E_Mail <> '' OR c.Phone1 <> '' OR c.Cellular <> '')
	AND c.CardCode IN (:customers) --? customers
UNION ALL
SELECT
	p.CardCode,
	CONCAT(p.CardCode, '/', p.CntctCode),
	CASE WHEN p.Name = c.CntctPrsn THEN N'invoice' ELSE p.Position END,
	COALESCE(NULLIF(LTRIM(CONCAT(p.FirstName, ' ', p.LastName)), ''), p.Name),
	p.E_MailL,
	p.Tel1,
	p.Cellolar,
	CASE WHEN p.Active = 'N' THEN 0 ELSE 1 END
FROM dbo.OCPR AS p
JOIN dbo.OCRD AS c ON c.CardCode = p.CardCode AND c.CardType = 'C'
WHERE (p.E_MailL <> '' OR p.Tel1 <> '' OR p.Cellolar <> '')
	AND p.CardCode IN (:customers) --? customers
