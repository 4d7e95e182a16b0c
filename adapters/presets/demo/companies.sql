SELECT company_id AS id, name, base_currency, time_zone
FROM company
ORDER BY company_id
