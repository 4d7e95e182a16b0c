-- The form asks for a text with every warning: ours stands where there is none,
-- and goes with the hold. A text of a person's own stays.
UPDATE res_partner
SET sale_warn = NULLIF(split_part(CAST(:value AS text), '/', 1), ''),
	picking_warn = NULLIF(split_part(CAST(:value AS text), '/', 2), ''),
	sale_warn_msg = CASE
		WHEN CAST(:value AS text) = 'block/block' THEN COALESCE(NULLIF(sale_warn_msg, ''), 'Credit hold (Holdfast)')
		ELSE NULLIF(sale_warn_msg, 'Credit hold (Holdfast)')
	END,
	picking_warn_msg = CASE
		WHEN CAST(:value AS text) = 'block/block' THEN COALESCE(NULLIF(picking_warn_msg, ''), 'Credit hold (Holdfast)')
		ELSE NULLIF(picking_warn_msg, 'Credit hold (Holdfast)')
	END,
	write_date = CURRENT_TIMESTAMP AT TIME ZONE 'UTC',
	write_uid = 1
WHERE id = :customer AND commercial_partner_id = id
	AND COALESCE(sale_warn, '') || '/' || COALESCE(picking_warn, '') = CAST(:seen AS text)
