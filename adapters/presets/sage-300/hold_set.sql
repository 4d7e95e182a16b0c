-- The audit columns are what Sage itself compares before it saves a record that
-- somebody has open.
UPDATE dbo.ARCUS
SET SWHOLD = CAST(:value AS smallint),
	DATELASTMN = CAST(CONVERT(char(8), CAST(:now AS datetime2), 112) AS decimal(9,0)),
	AUDTDATE = CAST(CONVERT(char(8), CAST(:now AS datetime2), 112) AS decimal(9,0)),
	AUDTTIME = CAST(REPLACE(CONVERT(char(8), CAST(:now AS datetime2), 108), ':', '') AS decimal(9,0)) * 100,
	AUDTUSER = 'HOLDFAST'
WHERE IDCUST = :customer
	AND SWHOLD = CAST(:seen AS smallint)
	AND CONCAT(AUDTDATE, '-', AUDTTIME) = :version
