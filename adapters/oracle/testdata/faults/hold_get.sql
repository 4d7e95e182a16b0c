SELECT flag AS value FROM erp_customer WHERE company = :company AND id = :customer
