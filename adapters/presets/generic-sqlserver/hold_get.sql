-- The hold as it is. No row, NULL and a value are three different states. The
-- value must read exactly as hold.value in preset.toml writes it.
SELECT
	c.credit_hold AS value,                   -- required
	CAST(c.version AS varchar(20)) AS version -- where the ERP keeps one
FROM ar_customer AS c
WHERE c.company_id = :company AND c.id = :customer
