-- One row per person or mailbox. Role is the ERP's own word, such as invoice.
SELECT
	k.id,           -- required
	k.customer_id,  -- required
	k.site_id,
	k.role,
	k.name,
	k.email,
	k.phone,
	k.mobile,
	k.language,
	k.valid,        -- 0: do not use
	k.address1,
	k.address2,
	k.postcode,
	k.city,
	k.region,
	k.country
FROM ar_contact AS k
WHERE k.company_id = :company
	AND k.customer_id IN (:customers) --? customers
ORDER BY k.customer_id, k.id
