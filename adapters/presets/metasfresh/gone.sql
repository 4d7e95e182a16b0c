-- An invoice or receipt that was reactivated is no open item until it is completed
-- again. One whose schedule became valid stops being one item, and the other
-- way round. What is still an item is brought by documents.sql, and stays.
SELECT 'documents' AS entity, i.c_invoice_id || '' AS id
FROM c_invoice i
WHERE i.ad_client_id = :company AND i.issotrx = 'Y'
	AND (i.docstatus NOT IN ('CO', 'CL', 'RE', 'VO') OR i.ispayschedulevalid = 'Y')
	AND i.updated >= :since --? since
UNION ALL
SELECT 'documents', s.c_invoice_id || '/' || s.c_invoicepayschedule_id
FROM c_invoice i
JOIN c_invoicepayschedule s ON s.c_invoice_id = i.c_invoice_id
WHERE i.ad_client_id = :company AND i.issotrx = 'Y'
	AND (i.docstatus NOT IN ('CO', 'CL', 'RE', 'VO') OR i.ispayschedulevalid <> 'Y' OR s.isvalid <> 'Y')
	AND i.updated >= :since --? since
UNION ALL
SELECT 'documents', 'P' || p.c_payment_id
FROM c_payment p
WHERE p.ad_client_id = :company AND p.isreceipt = 'Y' AND p.docstatus NOT IN ('CO', 'CL', 'RE', 'VO')
	AND p.updated >= :since --? since
