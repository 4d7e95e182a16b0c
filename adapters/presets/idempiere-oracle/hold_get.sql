SELECT b.socreditstatus AS value
FROM c_bpartner b
WHERE b.c_bpartner_id = :customer AND b.ad_client_id = :company
