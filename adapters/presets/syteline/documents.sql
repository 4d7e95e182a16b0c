-- SyteLine stores no balance. What is open of an invoice is its total less the
-- credit memos and payments that name it in apply_to_inv_num, plus the debit
-- memos that do. A payment or credit memo that is applied to 0 is open itself.
-- All amounts are stored without a sign; C and P lower. One that is NULL leaves
-- the rest unknown, and is named.
--
-- An invoice with several due days (ar_terms_due) is one row for each: what was
-- paid is taken off them in the order of the days.
WITH posted AS (
	SELECT
		t.cust_num, t.inv_num, t.inv_seq, t.check_seq, t.[type] AS kind, t.inv_date, t.due_date, t.co_num, t.exch_rate, t.RecordDate,
		COALESCE(t.recpt_date, t.inv_date) AS moved_on,
		t.amount + COALESCE(t.freight, 0) + COALESCE(t.misc_charges, 0) + COALESCE(t.sales_tax, 0)
			+ COALESCE(t.sales_tax_2, 0) AS total,
		t.apply_to_inv_num AS target,
		CASE
			WHEN t.[type] IN ('I', 'F') THEN 'head'
			WHEN t.[type] = 'D' AND COALESCE(t.apply_to_inv_num, '0') IN ('0', t.inv_num) THEN 'head'
			WHEN COALESCE(t.apply_to_inv_num, '0') = '0' THEN 'loose'
			ELSE 'move'
		END AS part
	FROM dbo.artran_mst AS t
	WHERE t.site_ref = :company
), head AS (
	SELECT
		p.cust_num, p.inv_num,
		MIN(p.inv_seq) AS inv_seq,
		MAX(p.kind) AS kind,
		MIN(p.inv_date) AS inv_date,
		MIN(p.due_date) AS due_date,
		MAX(p.co_num) AS co_num,
		MAX(p.exch_rate) AS exch_rate,
		CASE WHEN COUNT(p.total) = COUNT(*) THEN SUM(p.total) END AS total,
		MAX(p.RecordDate) AS RecordDate
	FROM posted AS p
	WHERE p.part = 'head'
		AND p.cust_num IN (:customers) --? customers
	GROUP BY p.cust_num, p.inv_num
), moved AS (
	SELECT
		p.target,
		SUM(CASE WHEN p.kind = 'D' THEN p.total ELSE 0 END) AS raised,
		CASE WHEN COUNT(p.total) = COUNT(*) THEN SUM(CASE WHEN p.kind = 'D' THEN 0 ELSE p.total END) END AS lowered,
		MAX(p.moved_on) AS moved_on,
		MAX(p.RecordDate) AS RecordDate
	FROM posted AS p
	WHERE p.part = 'move' AND p.target IN (SELECT h.inv_num FROM head AS h)
	GROUP BY p.target
), invoice AS (
	SELECT
		h.cust_num, h.inv_num, h.kind, h.inv_date, h.co_num, h.exch_rate, m.moved_on,
		h.total + COALESCE(m.raised, 0) AS total,
		CASE WHEN m.target IS NULL THEN 0 ELSE m.lowered END AS paid,
		COALESCE(n.due_date, h.due_date) AS due_date,
		n.amount AS share,
		ROW_NUMBER() OVER (PARTITION BY h.cust_num, h.inv_num ORDER BY n.due_date, n.amount) AS instalment,
		COUNT(*) OVER (PARTITION BY h.cust_num, h.inv_num) AS instalments,
		SUM(n.amount) OVER (PARTITION BY h.cust_num, h.inv_num ORDER BY n.due_date, n.amount ROWS UNBOUNDED PRECEDING) - n.amount AS before,
		CASE WHEN m.RecordDate > h.RecordDate THEN m.RecordDate ELSE h.RecordDate END AS changed_at
	FROM head AS h
	LEFT JOIN moved AS m ON m.target = h.inv_num
	LEFT JOIN dbo.ar_terms_due_mst AS n ON n.site_ref = :company AND n.cust_num = h.cust_num AND n.inv_num = h.inv_num AND n.inv_seq = h.inv_seq
), shared AS (
	-- The last one takes what the shares leave of the total.
	SELECT
		i.*,
		CASE WHEN i.instalment = i.instalments THEN i.total - COALESCE(i.before, 0) ELSE i.share END AS amount,
		CASE WHEN i.paid IS NULL THEN NULL WHEN i.paid > COALESCE(i.before, 0) THEN i.paid - COALESCE(i.before, 0) ELSE 0 END AS reaching
	FROM invoice AS i
), document AS (
	SELECT
		CONCAT(s.cust_num, '/', s.inv_num, '/', s.instalment) AS id,
		s.cust_num, s.inv_num, s.kind, s.instalment, s.inv_date, s.due_date, s.co_num, s.exch_rate, s.moved_on, s.changed_at, s.amount,
		s.amount - CASE WHEN s.instalment < s.instalments AND s.reaching > s.amount THEN s.amount ELSE s.reaching END AS amount_open
	FROM shared AS s
	UNION ALL
	SELECT
		CONCAT(p.cust_num, '/', p.inv_num, '/', p.inv_seq, '/', p.check_seq),
		p.cust_num, CASE WHEN p.inv_num = '0' THEN CAST(p.inv_seq AS nvarchar(12)) ELSE p.inv_num END, p.kind, 1, p.inv_date,
		CASE WHEN p.kind = 'C' THEN p.due_date END, p.co_num, p.exch_rate, p.moved_on, p.RecordDate, -p.total, -p.total
	FROM posted AS p
	WHERE p.part = 'loose'
		AND p.cust_num IN (:customers) --? customers
)
SELECT
	d.id,
	d.cust_num AS customer_id,
	LTRIM(d.inv_num) AS number,
	d.kind,
	d.instalment,
	d.inv_date AS issued_on,
	d.inv_date AS posted_on,
	d.due_date AS due_on,
	a.curr_code AS currency,
	d.amount,
	d.amount_open AS [open],
	CASE
		WHEN a.curr_code = b.curr_code THEN d.amount_open
		WHEN f.rate_is_divisor = 1 THEN ROUND(d.amount_open / NULLIF(d.exch_rate, 0), g.places)
		ELSE ROUND(d.amount_open * d.exch_rate, g.places)
	END AS base_open,
	d.exch_rate AS rate,
	o.cust_po AS po_number,
	LTRIM(d.co_num) AS order_number,
	CASE WHEN d.amount_open = 0 THEN COALESCE(d.moved_on, d.inv_date) END AS closed_on,
	d.changed_at
FROM document AS d
JOIN dbo.custaddr_mst AS a ON a.site_ref = :company AND a.cust_num = d.cust_num AND a.cust_seq = 0
JOIN dbo.currparms_mst AS b ON b.site_ref = :company AND b.parm_key = 0
LEFT JOIN dbo.currency_mst AS f ON f.site_ref = :company AND f.curr_code = a.curr_code
LEFT JOIN dbo.currency_mst AS g ON g.site_ref = :company AND g.curr_code = b.curr_code
LEFT JOIN dbo.co_mst AS o ON o.site_ref = :company AND o.co_num = d.co_num
WHERE (
		d.amount_open <> 0
		OR d.amount_open IS NULL
		OR COALESCE(d.moved_on, d.inv_date) >= CAST(:closed_since AS datetime2) --? closed_since
	)
	AND d.changed_at >= :since --? since
	AND d.id IN (:ids) --? ids
