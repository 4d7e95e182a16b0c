-- A receipt that was taken back or awaits its execution again settles nothing, and
-- an invoice that was reactivated is no debt until it is completed again.
SELECT 'documents' AS entity, p.fin_payment_id AS id
FROM fin_payment p
JOIN ad_org o ON o.ad_org_id = p.ad_org_id
WHERE (o.ad_legalentity_org_id = :company OR o.ad_org_id = :company)
	AND p.isreceipt = 'Y' AND (p.processed <> 'Y' OR p.status IN ('RPAP', 'RPAE'))
	AND p.updated >= :since --? since
UNION ALL
SELECT 'documents', s.fin_payment_schedule_id
FROM c_invoice i
JOIN ad_org o ON o.ad_org_id = i.ad_org_id
JOIN fin_payment_schedule s ON s.c_invoice_id = i.c_invoice_id
WHERE (o.ad_legalentity_org_id = :company OR o.ad_org_id = :company)
	AND i.issotrx = 'Y' AND (i.processed <> 'Y' OR i.docstatus NOT IN ('CO', 'CL', 'VO'))
	AND i.updated >= :since --? since
