-- Optional: how far the receipts of each bank account are posted. Dunning waits
-- for a source that lags behind.
SELECT
	f.source,         -- required: the bank account or the source of receipts
	f.posted_through  -- required: a day
FROM ar_freshness AS f
WHERE f.company_id = :company
