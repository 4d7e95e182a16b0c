-- No row is a state of its own: the ERP makes it at first use, and so nothing is
-- inserted here.
SELECT t.socreditstatus AS value
FROM c_bpartner_stats t
WHERE t.c_bpartner_id = :customer AND t.ad_client_id = :company
