-- Each company is a set of tables of its own; this list is shared by all.
SELECT
	c.[Name] AS id,
	c.[Name] AS name,
	COALESCE(
		(SELECT MAX(g.[LCY Code]) FROM [{{co}}$General Ledger Setup{{app}}] AS g WHERE c.[Name] = :company), --? company
		N'', N''
	) AS base_currency
FROM [Company] AS c
