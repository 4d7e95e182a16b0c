-- A trigger of Dynamics GP moves DEX_ROW_TS. A check constraint wants MODIFDT
-- without a time of the day.
UPDATE RM00101
SET HOLD = CAST(:value AS tinyint), MODIFDT = CAST(CAST(GETDATE() AS date) AS datetime)
WHERE CUSTNMBR = :customer
	AND HOLD = CAST(:seen AS tinyint)
	AND DEX_ROW_TS = CONVERT(datetime, :version, 121)
