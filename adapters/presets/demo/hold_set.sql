-- The version is moved on by the ERP's own trigger.
UPDATE customer
SET credit_hold = :value, changed_at = :now
WHERE company_id = :company AND customer_id = :customer
  AND credit_hold = :seen AND hold_version = CAST(:version AS INTEGER)
