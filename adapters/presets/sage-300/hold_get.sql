SELECT
	CAST(c.SWHOLD AS varchar(6)) AS value,
	CONCAT(c.AUDTDATE, '-', c.AUDTTIME) AS version
FROM dbo.ARCUS AS c
WHERE c.IDCUST = :customer
