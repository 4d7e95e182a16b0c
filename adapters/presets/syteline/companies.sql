-- One row per site that keeps its books in this database.
SELECT
	p.site_ref AS id,
	p.site_ref AS name,
	p.curr_code AS base_currency
FROM dbo.currparms_mst AS p
WHERE p.parm_key = 0
