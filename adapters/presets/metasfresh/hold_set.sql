UPDATE c_bpartner_stats
SET socreditstatus = CAST(:value AS varchar(1)), updated = CURRENT_TIMESTAMP, updatedby = 0
WHERE c_bpartner_id = :customer AND ad_client_id = :company
	AND socreditstatus IS NOT DISTINCT FROM CAST(:seen AS varchar(1))
