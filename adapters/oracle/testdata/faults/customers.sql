SELECT id, name, flag AS on_hold FROM erp_customer WHERE company = :company
  AND id IN (:customers) --? customers
