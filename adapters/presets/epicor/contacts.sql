-- A contact of a ship-to address has a ShipToNum; those without belong to the
-- customer, and PrimBCon is the one for bills.
SELECT
	c.CustNum AS customer_id,
	CONCAT(c.CustNum, '/card') AS id,
	'' AS role,
	N'' AS name,
	c.EMailAddress AS email,
	c.PhoneNum AS phone,
	c.LangNameID AS language
FROM Erp.Customer AS c
WHERE c.Company = :company
	AND (c.EMailAddress <> N'' OR c.PhoneNum <> N'')
	AND c.SysRevID > CONVERT(binary(8), CAST(:since_no AS bigint)) --? since_no
	AND c.CustNum IN (:customers) --? customers
UNION ALL
SELECT
	k.CustNum,
	CONCAT(k.CustNum, '/', k.ConNum),
	CASE WHEN k.ConNum = c.PrimBCon THEN 'invoice' ELSE '' END,
	k.Name,
	k.EMailAddress,
	k.PhoneNum,
	c.LangNameID
FROM Erp.CustCnt AS k
JOIN Erp.Customer AS c ON c.Company = k.Company AND c.CustNum = k.CustNum
WHERE k.Company = :company
	AND k.ShipToNum = N''
	AND (k.EMailAddress <> N'' OR k.PhoneNum <> N'')
	AND ( --? since_no
		k.SysRevID > CONVERT(binary(8), CAST(:since_no AS bigint)) --? since_no
		OR c.SysRevID > CONVERT(binary(8), CAST(:since_no AS bigint)) --? since_no
	) --? since_no
	AND k.CustNum IN (:customers) --? customers
