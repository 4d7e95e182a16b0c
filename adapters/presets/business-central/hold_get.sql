SELECT
	CONVERT(varchar(11), c.[Blocked]) AS value,
	CONVERT(varchar(20), CONVERT(bigint, c.[timestamp])) AS version
FROM [{{co}}$Customer{{app}}] AS c
WHERE c.[No_] = :customer
