SELECT id, name, currency AS base_currency FROM erp_company
