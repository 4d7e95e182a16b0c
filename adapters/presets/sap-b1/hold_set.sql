UPDATE dbo.OCRD
SET validFor = LEFT(:value, 1),
	frozenFor = SUBSTRING(:value, 2, 1),
	UpdateDate = CAST(CAST(GETDATE() AS date) AS datetime)
WHERE CardCode = :customer AND CardType = 'C'
	AND CONCAT(validFor, frozenFor) = :seen
	AND COALESCE(validFrom, validTo, frozenFrom, frozenTo) IS NULL
