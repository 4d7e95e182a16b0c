-- Sequence 0 is the customer; the others are its ship-to addresses.
UPDATE dbo.custaddr_mst
SET credit_hold = CAST(:value AS tinyint),
	credit_hold_date = CASE WHEN :value = '1' THEN GETDATE() END,
	RecordDate = GETDATE()
WHERE site_ref = :company AND cust_num = :customer AND cust_seq = 0
	AND (credit_hold = CAST(:seen AS tinyint) OR (credit_hold IS NULL AND CAST(:seen AS tinyint) IS NULL))
	AND CONVERT(varchar(23), RecordDate, 121) = :version
