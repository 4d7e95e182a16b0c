-- A partial reconciliation joins one debit line with one credit line. Those with
-- a difference of rates have no amount in the debit's currency.
SELECT
	r.id,
	r.credit_move_id AS receipt_id,
	r.debit_move_id AS document_id,
	p.commercial_partner_id AS customer_id,
	u.name AS currency,
	r.max_date AS applied_on,
	r.max_date AS posted_on,
	r.debit_amount_currency AS amount,
	r.write_date AS changed_at
FROM account_partial_reconcile AS r
JOIN account_move_line AS d ON d.id = r.debit_move_id
JOIN account_account AS a ON a.id = d.account_id AND a.account_type = 'asset_receivable'
JOIN account_move_line AS k ON k.id = r.credit_move_id
JOIN res_partner AS p ON p.id = d.partner_id
JOIN res_currency AS u ON u.id = d.currency_id
WHERE r.company_id = :company
	AND r.debit_amount_currency IS DISTINCT FROM 0 AND k.amount_currency IS DISTINCT FROM 0
	AND d.partner_id IN (SELECT x.id FROM res_partner AS x WHERE x.commercial_partner_id IN (:customers)) --? customers
	AND r.write_date >= :since --? since
	AND (d.reconciled IS NOT TRUE OR r.max_date >= CAST(:closed_since AS date)) --? closed_since
