-- Sage 100 has no table of the company in the company's own database: the
-- database's name, MAS_ and the company code, is all that tells it.
SELECT
	DB_NAME() AS id,
	DB_NAME() AS name,
	'{{currency}}' AS base_currency
