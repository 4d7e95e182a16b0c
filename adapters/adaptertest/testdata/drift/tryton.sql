-- What an upgrade or a person may do to Tryton's tables. drift.go says how this
-- is read.

-- drift: the day of maturity has another name
-- stops: documents.sql | missing object | maturity_date
-- check: account_move_line.maturity_date
ALTER TABLE account_move_line RENAME COLUMN maturity_date TO due_date;

-- drift: debit and credit became floating-point
-- stops: documents.sql | missing object | round(double precision, integer)
-- check: documents.sql
ALTER TABLE account_move_line ALTER COLUMN debit TYPE double precision, ALTER COLUMN credit TYPE double precision;

-- drift: the link between invoices and payments has another name
-- stops: documents.sql | missing object | account_invoice-account_move_line
-- check: "account_invoice-account_move_line".line
ALTER TABLE "account_invoice-account_move_line" RENAME TO "account.invoice-account.move.line";

-- drift: the module of credit limits was taken out
-- stops: customers.sql | missing object | party_party_credit_limit_amount
-- check: customers.sql | hold_get.sql
DROP TABLE party_party_credit_limit_amount;

-- drift: the parties' table has another name
-- stops: companies.sql | missing object | party_party
-- check: party_party.id
ALTER TABLE party_party RENAME TO party;

-- drift: what is receivable became a word
-- stops: customers.sql | missing object | boolean
-- check: customers.sql | documents.sql
ALTER TABLE account_account_type ALTER COLUMN receivable TYPE varchar USING CASE WHEN receivable THEN 'receivable' ELSE 'payable' END;

-- drift: the credit limit became text
-- stops: customers.sql | missing object | operator does not exist
-- check: customers.sql
ALTER TABLE party_party_credit_limit_amount ALTER COLUMN credit_limit_amount TYPE varchar;

-- drift: the company moved to a currency that nobody knows
-- stops: company 1
-- check: company
UPDATE currency_currency SET code = 'XUS' WHERE id = 1;

-- drift: amounts with more decimals than their currency
-- flaws: 10 open
UPDATE account_move_line SET debit = 12.005 WHERE id = 10;

-- drift: a second row for one hold
-- holds: two rows for one customer
INSERT INTO party_party_credit_limit_amount (party, company, credit_limit_amount) VALUES (2, 1, 500.00);

-- drift: amounts became wider, and keys too
-- same:
ALTER TABLE account_move_line ALTER COLUMN id TYPE bigint, ALTER COLUMN debit TYPE numeric(40,2), ALTER COLUMN credit TYPE numeric(40,2);
ALTER TABLE party_party ALTER COLUMN id TYPE bigint;

-- drift: the lines became a view over another table
-- same:
ALTER TABLE account_move_line RENAME TO move_line; CREATE VIEW account_move_line AS SELECT * FROM move_line;

-- drift: a state and a module that no query knows came in
-- same:
CREATE TABLE sale_sale (id serial PRIMARY KEY, party integer); ALTER TABLE account_invoice ADD COLUMN dunning_level integer;
INSERT INTO account_invoice VALUES (99, 1, 'out', 'in_approval', NULL, 2, '2026-09-09', NULL, NULL, NULL, 5, '2026-09-09 10:00', NULL, 3);
