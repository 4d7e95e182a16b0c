UPDATE c_bpartner
SET socreditstatus = CAST(:value AS VARCHAR2(1)),
	-- The ERP's stamps are its own wall clock, not UTC, and a record that is open
	-- in somebody's window is compared by this stamp when it is saved.
	updated = SYSDATE,
	updatedby = 0
WHERE c_bpartner_id = :customer AND ad_client_id = :company
	AND (socreditstatus = CAST(:seen AS VARCHAR2(1)) OR socreditstatus IS NULL AND CAST(:seen AS VARCHAR2(1)) IS NULL)
