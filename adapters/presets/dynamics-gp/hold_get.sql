SELECT
	CONVERT(varchar(3), c.HOLD) AS value,
	CONVERT(varchar(23), c.DEX_ROW_TS, 121) AS version
FROM RM00101 AS c
WHERE c.CUSTNMBR = :customer
