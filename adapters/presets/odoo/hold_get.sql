-- The two warnings are one value; an empty one has no text.
SELECT COALESCE(p.sale_warn, '') || '/' || COALESCE(p.picking_warn, '') AS value
FROM res_partner AS p
WHERE p.id = :customer AND p.commercial_partner_id = p.id
