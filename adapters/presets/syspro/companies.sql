-- Each company is a database, and no table was found that names its currency.
SELECT DB_NAME() AS id, DB_NAME() AS name, '{{currency}}' AS base_currency
