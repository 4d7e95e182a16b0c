-- Active and inactive are two flags of one choice: YN is active, NY inactive.
-- With days to them they are a plan of somebody's, which is left alone.
SELECT
	CONCAT(c.validFor, c.frozenFor,
		CASE WHEN COALESCE(c.validFrom, c.validTo, c.frozenFrom, c.frozenTo) IS NOT NULL THEN ' with days' ELSE '' END) AS value
FROM dbo.OCRD AS c
WHERE c.CardCode = :customer AND c.CardType = 'C'
