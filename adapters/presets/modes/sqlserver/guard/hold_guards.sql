SELECT t.name AS name
FROM sys.triggers AS t
WHERE t.is_disabled = 0 AND t.name LIKE 'holdfast[_]guard%'
