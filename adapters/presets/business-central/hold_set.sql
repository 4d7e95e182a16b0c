-- 2 (Invoice) and 3 (All) stop more than 1 (Ship) does, 3 even payments: they are
-- a person's, and neither written nor replaced.
UPDATE [{{co}}$Customer{{app}}]
SET [Blocked] = CAST(:value AS int)
WHERE [No_] = :customer
	AND [Blocked] = CAST(:seen AS int)
	AND [Blocked] IN (0, 1)
	AND [timestamp] = CONVERT(binary(8), CAST(:version AS bigint))
