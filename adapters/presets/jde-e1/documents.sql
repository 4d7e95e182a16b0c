-- One row per pay item. Its key is document, type, document company and suffix.
--
-- Amounts are whole numbers: how many decimals they have depends on the currency
-- (F0013). RPAG and RPAAP are in the company's currency; a foreign item (RPCRRM F)
-- has its own in RPACR and RPFAP. Days are CYYDDD, where 126001 is 1 January
-- 2026 and 0 is none. What is left in the company's currency when the item's own
-- is paid is no open item. An unapplied receipt is an item of type RU, below zero.
WITH base AS (
	SELECT
		CASE WHEN c.cccrcd <> ' ' THEN CAST(TRIM(c.cccrcd) AS VARCHAR2(3)) ELSE '{{currency}}' END AS currency,
		CASE WHEN v.cvcdec <> ' ' THEN TO_NUMBER(TRIM(v.cvcdec)) ELSE {{decimals}} END AS digits
	FROM {{data}}f0010 c
	LEFT JOIN {{data}}f0013 v ON v.cvcrcd = c.cccrcd
	WHERE c.ccco = :company
), item AS (
	SELECT
		d.*,
		CASE WHEN d.rpcrrm = 'F' THEN CAST(TRIM(d.rpcrcd) AS VARCHAR2(3)) ELSE base.currency END AS currency,
		CASE WHEN d.rpcrrm = 'F' THEN CASE WHEN v.cvcdec <> ' ' THEN TO_NUMBER(TRIM(v.cvcdec)) ELSE {{decimals}} END ELSE base.digits END AS digits,
		CASE WHEN d.rpcrrm = 'F' THEN d.rpacr ELSE d.rpag END AS gross,
		CASE WHEN d.rpcrrm = 'F' THEN d.rpfap ELSE d.rpaap END AS rest,
		base.digits AS base_digits
	FROM {{data}}f03b11 d
	CROSS JOIN base
	LEFT JOIN {{data}}f0013 v ON v.cvcrcd = d.rpcrcd
	WHERE d.rpco = :company
		AND d.rppost = 'D'
		AND (
			CASE WHEN d.rpcrrm = 'F' THEN d.rpfap ELSE d.rpaap END <> 0
			OR CASE WHEN d.rpcrrm = 'F' THEN d.rpfap ELSE d.rpaap END IS NULL
			OR d.rpjcl >= TO_NUMBER(TO_CHAR(TO_DATE(:closed_since, 'YYYY-MM-DD'), 'YYYYDDD')) - 1900000 --? closed_since
		)
		AND d.rpupmj >= TO_NUMBER(TO_CHAR(CAST(:since AS DATE), 'YYYYDDD')) - 1900000 --? since
		AND d.rpan8 IN (:customers) --? customers
		AND d.rpdoc || '/' || d.rpdct || '/' || d.rpkco || '/' || d.rpsfx IN (:ids) --? ids
)
SELECT
	i.rpdoc || '/' || i.rpdct || '/' || i.rpkco || '/' || i.rpsfx AS id,
	i.rpan8 AS customer_id,
	TRIM(i.rpdct) || ' ' || i.rpdoc AS "number",
	CASE
		WHEN i.rpdct = 'RU' THEN 'receipt'
		WHEN i.rpdct = 'RF' THEN 'finance_charge'
		WHEN i.rpdct = 'RB' THEN 'debit_memo'
		WHEN i.gross < 0 THEN 'credit_memo'
		WHEN i.rppst = 'R' THEN 'retention'
		ELSE 'invoice'
	END AS kind,
	CASE WHEN REGEXP_LIKE(i.rpsfx, '^[0-9]+$') THEN TO_NUMBER(i.rpsfx) END AS instalment,
	CASE WHEN i.rpdivj > 0 THEN TO_DATE(TO_CHAR(i.rpdivj + 1900000), 'YYYYDDD') END AS issued_on,
	CASE WHEN i.rpdgj > 0 THEN TO_DATE(TO_CHAR(i.rpdgj + 1900000), 'YYYYDDD') END AS posted_on,
	CASE WHEN i.rpddj > 0 AND i.rpdct <> 'RU' THEN TO_DATE(TO_CHAR(i.rpddj + 1900000), 'YYYYDDD') END AS due_on,
	i.currency,
	i.gross / POWER(10, i.digits) AS amount,
	i.rest / POWER(10, i.digits) AS open,
	CASE WHEN i.rest = 0 THEN 0 ELSE i.rpaap / POWER(10, i.base_digits) END AS base_open,
	TRIM(i.rpvr01) AS po_number,
	CASE WHEN i.rpsdoc > 0 THEN TO_CHAR(i.rpsdoc) END AS order_number,
	CASE WHEN i.rpvod = 'V' THEN 1 ELSE 0 END AS voided,
	CASE
		WHEN i.rest <> 0 THEN NULL
		WHEN i.rpjcl > 0 THEN TO_DATE(TO_CHAR(i.rpjcl + 1900000), 'YYYYDDD')
		WHEN i.rpupmj > 0 THEN TO_DATE(TO_CHAR(i.rpupmj + 1900000), 'YYYYDDD')
	END AS closed_on,
	CASE
		WHEN i.rpupmj > 0 THEN TO_DATE(TO_CHAR(i.rpupmj + 1900000) || LPAD(TO_CHAR(COALESCE(i.rpupmt, 0)), 6, '0'), 'YYYYDDDHH24MISS')
	END AS changed_at,
	TO_CHAR(i.rppyr) AS x_payor,
	TRIM(i.rppst) AS x_pay_status
FROM item i
