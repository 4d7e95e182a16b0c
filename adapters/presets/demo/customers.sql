-- The limit is kept in cents of the company's currency.
SELECT
	c.customer_id AS id,
	c.customer_id AS number,
	c.name,
	c.legal_name,
	c.parent_id,
	c.payer_id,
	c.currency,
	CASE WHEN c.credit_limit IS NOT NULL THEN printf('%d.%02d', c.credit_limit / 100, c.credit_limit % 100) END AS credit_limit,
	c.terms_code,
	c.payment_method,
	c.dunning_block,
	c.language,
	c.address1,
	c.postcode,
	c.city,
	c.region,
	c.country,
	c.time_zone,
	c.collector,
	c.sales_rep,
	c.segment,
	c.active,
	c.credit_hold = 'Y' AS on_hold,
	c.hold_version,
	c.changed_at
FROM customer AS c
WHERE c.company_id = :company
  AND c.changed_at >= :since --? since
  AND c.customer_id IN (:customers) --? customers
  AND c.customer_id IN (:ids) --? ids
