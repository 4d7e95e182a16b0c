UPDATE ArCustomer
SET CustomerOnHold = :value
WHERE Customer = :customer
	AND CustomerOnHold = :seen
	AND [TimeStamp] = CONVERT(binary(8), CAST(:version AS bigint))
