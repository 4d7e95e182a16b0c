-- One row per customer of the company :company. Required: id and name. Leave
-- out what your ERP does not have. A column of your own is named x_something
-- and can be used in conditions and templates. T-SQL has no yes or no in a
-- SELECT: write CASE WHEN ... THEN 1 ELSE 0 END, or a bit column.
SELECT
	c.id,               -- required: the key that documents name
	c.name,             -- required
	c.number,           -- what people call the customer; else the id
	c.legal_name,
	c.parent_id,        -- whose exposure this one adds to
	c.payer_id,         -- who is written to and pays; empty: the customer itself
	c.currency,         -- empty: more than one
	c.credit_limit,     -- in the company's currency; NULL: no limit
	c.terms_code,
	c.payment_method,
	c.debtor_kind,
	c.cash_in_advance,  -- 1 or 0, Y or N
	c.dunning_block,    -- 1: never dunned
	c.language,         -- such as en or de-AT
	c.address1,
	c.address2,
	c.postcode,
	c.city,
	c.region,
	c.country,          -- ISO 3166, two letters
	c.time_zone,
	c.collector,
	c.sales_rep,
	c.segment,
	c.active,           -- NULL or not given: active
	CASE WHEN c.credit_hold = 'Y' THEN 1 ELSE 0 END AS on_hold,
	CAST(c.version AS varchar(20)) AS hold_version,
	c.changed_at,       -- makes incremental reads possible
	c.region_code AS x_region_code
FROM ar_customer AS c
WHERE c.company_id = :company
	AND (c.changed_at >= :since OR c.changed_at IS NULL) --? since
	AND c.id IN (:customers) --? customers
