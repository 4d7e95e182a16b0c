UPDATE erp_customer SET flag = :value WHERE company = :company AND id = :customer
  AND (flag = :seen OR (flag IS NULL AND :seen IS NULL))
