UPDATE c_bpartner
SET socreditstatus = CAST(:value AS varchar(1)),
	-- The ERP's stamps are its own wall clock, not UTC, and a record that is open
	-- in somebody's window is compared by this stamp when it is saved.
	updated = CURRENT_TIMESTAMP AT TIME ZONE COALESCE(NULLIF('{{time_zone}}', ''), CURRENT_SETTING('log_timezone')),
	updatedby = 0
WHERE c_bpartner_id = :customer AND ad_client_id = :company
	AND socreditstatus IS NOT DISTINCT FROM CAST(:seen AS varchar(1))
