-- Each company is a database. No table was found that names its currency: it is
-- said in the config, or is that of an invoice whose rate is exactly 1.
SELECT
	DB_NAME() AS id,
	DB_NAME() AS name,
	COALESCE(
		NULLIF('{{currency}}', ''),
		(SELECT TOP (1) i.PostCurrency FROM ArInvoice AS i WHERE i.ConvRate = 1 AND i.PostCurrency <> '' ORDER BY i.Customer, i.Invoice, i.DocumentType),
		''
	) AS base_currency
