-- What an upgrade or a person may do to an ERP under the preset generic, on
-- PostgreSQL. drift.go says how this is read.

-- drift: a column of the documents has another name
-- stops: documents.sql | missing object | due_on
-- check: ar_document.due_on | documents.sql
ALTER TABLE ar_document RENAME COLUMN due_on TO due_date;

-- drift: the column of what is open is gone
-- stops: documents.sql | missing object | open
-- check: ar_document.open
ALTER TABLE ar_document DROP COLUMN open;

-- drift: the documents' table has another name
-- stops: documents.sql | missing object | ar_document
-- check: ar_document.id | documents.sql
ALTER TABLE ar_document RENAME TO ar_documents;

-- drift: the contacts' table is gone
-- stops: contacts.sql | missing object | ar_contact
-- check: contacts.sql | ar_contact.email
DROP TABLE ar_contact;

-- drift: the customers moved to another schema
-- stops: customers.sql | missing object | ar_customer
-- check: customers.sql
CREATE SCHEMA erp2; ALTER TABLE ar_customer SET SCHEMA erp2;

-- drift: every table moved to another schema
-- stops: companies.sql | missing object | ar_company
-- check: companies.sql | customers.sql | documents.sql | hold_get.sql
ALTER SCHEMA public RENAME TO erp2; CREATE SCHEMA public;

-- drift: the company's currency has another name
-- stops: companies.sql | missing object | base_currency
-- check: ar_company.base_currency
ALTER TABLE ar_company RENAME COLUMN base_currency TO currency_code;

-- drift: what keeps the companies apart has another name
-- stops: customers.sql | missing object | company_id
-- check: ar_customer.company_id
ALTER TABLE ar_customer RENAME COLUMN company_id TO entity;

-- drift: the applications name their receipt otherwise
-- stops: applications.sql | missing object | receipt_id
-- check: ar_application.receipt_id
ALTER TABLE ar_application RENAME COLUMN receipt_id TO payment_id;

-- drift: the orders' table is gone
-- stops: orders.sql | missing object | ar_order
-- check: orders.sql
DROP TABLE ar_order;

-- drift: what tells how far receipts are posted has another name
-- stops: freshness.sql | missing object | posted_through
-- check: ar_freshness.posted_through
ALTER TABLE ar_freshness RENAME COLUMN posted_through TO imported_through;

-- drift: the hold's row version is gone
-- stops: customers.sql | missing object | version
-- check: customers.sql | hold_get.sql | ar_customer.version
ALTER TABLE ar_customer DROP COLUMN version;

-- drift: the stamp of the last change is gone
-- stops: documents.sql | missing object | changed_at
-- check: ar_document.changed_at
ALTER TABLE ar_document DROP COLUMN changed_at;

-- drift: what is open became floating-point
-- stops: documents.sql | "open" is a floating-point number
-- check: "open" is a floating-point number
ALTER TABLE ar_document ALTER COLUMN open TYPE double precision;

-- drift: the whole amount became floating-point
-- stops: documents.sql | "amount" is a floating-point number
-- check: "amount" is a floating-point number
ALTER TABLE ar_document ALTER COLUMN amount TYPE real;

-- drift: the credit limit became floating-point
-- stops: customers.sql | "credit_limit" is a floating-point number
-- check: "credit_limit" is a floating-point number
ALTER TABLE ar_customer ALTER COLUMN credit_limit TYPE double precision;

-- drift: what was applied became floating-point
-- stops: applications.sql | "amount" is a floating-point number
-- check: applications.sql
ALTER TABLE ar_application ALTER COLUMN amount TYPE double precision;

-- drift: the orders' amount became floating-point
-- stops: orders.sql | "amount" is a floating-point number
-- check: orders.sql
ALTER TABLE ar_order ALTER COLUMN amount TYPE real;

-- drift: what is open became text
-- stops: documents.sql | missing object | operator does not exist
-- check: documents.sql
ALTER TABLE ar_document ALTER COLUMN open TYPE text;

-- drift: what is open became the type money
-- stops: documents.sql | missing object | operator does not exist
-- check: documents.sql
ALTER TABLE ar_document ALTER COLUMN open TYPE money;

-- drift: the due day became a number
-- stops: documents.sql | missing object
-- check: documents.sql
ALTER TABLE ar_document ALTER COLUMN due_on TYPE integer USING to_char(due_on, 'YYYYMMDD')::integer;

-- drift: the day of closing became a number
-- stops: documents.sql | data:
-- check: documents.sql
ALTER TABLE ar_document ALTER COLUMN closed_on TYPE integer USING to_char(closed_on, 'YYYYMMDD')::integer;

-- drift: the day of issue became a number, of which the due day is computed
-- stops: documents.sql | missing object
-- check: documents.sql
ALTER TABLE ar_document ALTER COLUMN issued_on TYPE integer USING to_char(issued_on, 'YYYYMMDD')::integer;

-- drift: the flag that a document is posted became a letter
-- stops: documents.sql | missing object | boolean
-- check: documents.sql
ALTER TABLE ar_document ALTER COLUMN posted TYPE text USING CASE WHEN posted THEN 'Y' ELSE 'N' END;

-- drift: the hold became a number
-- stops: customers.sql | data:
-- check: customers.sql
ALTER TABLE ar_customer ALTER COLUMN credit_hold TYPE integer USING CASE credit_hold WHEN 'Y' THEN 1 WHEN 'N' THEN 0 END;

-- drift: two documents have one key
-- stops: documents.sql | two rows have the id "D1"
ALTER TABLE ar_document DROP CONSTRAINT ar_document_pkey;
INSERT INTO ar_document SELECT * FROM ar_document WHERE id = 'D1';

-- drift: two customers have one key
-- stops: customers.sql | two rows have the id "C1"
ALTER TABLE ar_customer DROP CONSTRAINT ar_customer_pkey;
INSERT INTO ar_customer SELECT * FROM ar_customer WHERE id = 'C1';

-- drift: a document has no key
-- stops: documents.sql | id: it is NULL or empty
ALTER TABLE ar_document DROP CONSTRAINT ar_document_pkey; ALTER TABLE ar_document ALTER COLUMN id DROP NOT NULL;
UPDATE ar_document SET id = NULL WHERE id = 'D1';

-- drift: a document has no customer
-- stops: documents.sql | row "D1" | customer_id: it is NULL or empty
ALTER TABLE ar_document ALTER COLUMN customer_id DROP NOT NULL; UPDATE ar_document SET customer_id = NULL WHERE id = 'D1';

-- drift: a customer's key became blanks
-- stops: customers.sql | id: it is NULL or empty
UPDATE ar_customer SET id = '  ' WHERE id = 'C2';

-- drift: the company has another key
-- stops: no company "10" | 20 (Dockside Supply)
-- check: no company "10"
UPDATE ar_company SET id = '20';

-- drift: the company has no currency
-- stops: company 10 (Dockside Supply)
-- check: company
ALTER TABLE ar_company ALTER COLUMN base_currency DROP NOT NULL; UPDATE ar_company SET base_currency = NULL;

-- drift: the right to one column was revoked
-- stops: customers.sql | permission | ar_customer
-- check: customers.sql | permission | ar_customer.credit_hold
-- login: SELECT ON ar_company, ar_contact, ar_document, ar_application, ar_order, ar_freshness | SELECT (company_id, id, name, number, version, changed_at) ON ar_customer
SELECT 1;

-- drift: the right to one table was revoked
-- stops: applications.sql | permission | ar_application
-- check: applications.sql | ar_application.id
-- login: SELECT ON ar_company, ar_customer, ar_contact, ar_document, ar_order, ar_freshness
SELECT 1;

-- drift: a code that no map knows
-- flaws: D1 kind
UPDATE ar_document SET kind = 'XX' WHERE id = 'D1';

-- drift: the codes became longer
-- flaws: D1 kind | D2 kind
UPDATE ar_document SET kind = 'INVOICE' WHERE id IN ('D1', 'D2');

-- drift: a document without a currency
-- flaws: D1 currency | A1 currency
ALTER TABLE ar_document ALTER COLUMN currency DROP NOT NULL; UPDATE ar_document SET currency = NULL WHERE id = 'D1';

-- drift: what is open became NULL
-- flaws: D1 open
ALTER TABLE ar_document ALTER COLUMN open DROP NOT NULL; UPDATE ar_document SET open = NULL WHERE id = 'D1';

-- drift: the flag that a document is posted may be NULL
-- same:
ALTER TABLE ar_document ALTER COLUMN posted DROP NOT NULL; UPDATE ar_document SET posted = NULL WHERE id = 'D1';

-- drift: a currency that does not exist
-- flaws: D2 currency
UPDATE ar_document SET currency = 'YEN' WHERE id = 'D2';

-- drift: more decimals than the currency has
-- flaws: D1 open | D2 open
UPDATE ar_document SET open = 60.505 WHERE id = 'D1'; UPDATE ar_document SET open = 5000.5 WHERE id = 'D2';

-- drift: an amount that no sum can hold
-- flaws: D1 open
ALTER TABLE ar_document ALTER COLUMN open TYPE numeric; UPDATE ar_document SET open = 100000000000000000000 WHERE id = 'D1';

-- drift: an amount that is no number
-- flaws: D1 open | D2 open
ALTER TABLE ar_document ALTER COLUMN open TYPE numeric;
UPDATE ar_document SET open = 'NaN' WHERE id = 'D1'; UPDATE ar_document SET open = 'Infinity' WHERE id = 'D2';

-- drift: the whole amount became text with rubbish in it
-- flaws: D1 amount | D2 amount
ALTER TABLE ar_document ALTER COLUMN amount TYPE text;
UPDATE ar_document SET amount = '100,00' WHERE id = 'D1'; UPDATE ar_document SET amount = 'see note' WHERE id = 'D2';

-- drift: the whole amount may be NULL
-- flaws: D1 amount
UPDATE ar_document SET amount = NULL WHERE id = 'D1';

-- drift: the day of posting became a number
-- flaws: D1 posted_on
ALTER TABLE ar_document ALTER COLUMN posted_on TYPE integer USING NULL; UPDATE ar_document SET posted_on = 20261001 WHERE id = 'D1';

-- drift: a due day at the end of time
-- flaws: D1 due_on
UPDATE ar_document SET due_on = 'infinity' WHERE id = 'D1';

-- drift: a due day with five digits in its year
-- flaws: D1 due_on
UPDATE ar_document SET due_on = '20261-10-31' WHERE id = 'D1';

-- drift: the instalment became a word
-- flaws: D1 instalment
ALTER TABLE ar_document ALTER COLUMN instalment TYPE text; UPDATE ar_document SET instalment = 'first' WHERE id = 'D1';

-- drift: the dispute became a word
-- flaws: D1 disputed
ALTER TABLE ar_document ALTER COLUMN disputed TYPE text; UPDATE ar_document SET disputed = 'in review' WHERE id = 'D1';

-- drift: a credit limit with words
-- flaws: C1 credit_limit
ALTER TABLE ar_customer ALTER COLUMN credit_limit TYPE text; UPDATE ar_customer SET credit_limit = 'unlimited' WHERE id = 'C1';

-- drift: a contact whose flag became words
-- flaws: K1 valid
ALTER TABLE ar_contact ALTER COLUMN valid TYPE text; UPDATE ar_contact SET valid = 'since May' WHERE id = 'K1';

-- drift: the hold became a boolean
-- holds: reads back as | hold_get.sql
ALTER TABLE ar_customer ALTER COLUMN credit_hold TYPE boolean USING credit_hold = 'Y';

-- drift: the hold became a wider CHAR, which pads its value
-- holds: reads back as | hold_get.sql
ALTER TABLE ar_customer ALTER COLUMN credit_hold TYPE char(3);

-- drift: a trigger of the ERP turns the hold back
-- holds: reads back as | trigger
CREATE FUNCTION back() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.credit_hold := 'N'; RETURN NEW; END $$;
CREATE TRIGGER back BEFORE UPDATE ON ar_customer FOR EACH ROW EXECUTE FUNCTION back();

-- drift: a rule of the ERP allows other values for the hold
-- holds: hold_set.sql | constraint
ALTER TABLE ar_customer ADD CONSTRAINT hold_values CHECK (credit_hold IN ('N', 'H'));

-- drift: the customers became a view over two tables, which nobody can write to
-- holds: hold_set.sql | read-only
ALTER TABLE ar_customer RENAME TO customer_base;
CREATE VIEW ar_customer AS SELECT b.* FROM customer_base AS b JOIN ar_company AS c ON c.id = b.company_id;

-- drift: columns were added
-- same:
ALTER TABLE ar_document ADD COLUMN e_invoice_id text DEFAULT 'x'; ALTER TABLE ar_customer ADD COLUMN tax_no text;

-- drift: columns became wider
-- same:
ALTER TABLE ar_document ALTER COLUMN open TYPE numeric(30,8), ALTER COLUMN base_open TYPE numeric(30,8), ALTER COLUMN currency TYPE char(10);
ALTER TABLE ar_customer ALTER COLUMN number TYPE char(40), ALTER COLUMN credit_limit TYPE numeric(30,6);

-- drift: columns stand in another order
-- same:
CREATE TABLE other AS SELECT branch, changed_at, posted, closed_on, voided, dispute_reason, disputed_amount, disputed, consolidation_no, related_id,
	ship_to_id, order_number, po_number, rate, base_open, open, amount, currency, terms_days, due_on, posted_on, issued_on, instalment, kind, number,
	customer_id, id, company_id FROM ar_document;
DROP TABLE ar_document; ALTER TABLE other RENAME TO ar_document;

-- drift: indexes came and went
-- same:
ALTER TABLE ar_document DROP CONSTRAINT ar_document_pkey; CREATE INDEX ON ar_document (open, changed_at); CREATE INDEX ON ar_customer (name);

-- drift: the documents became a view over another table
-- same:
ALTER TABLE ar_document RENAME TO real_document; CREATE VIEW ar_document AS SELECT * FROM real_document;

-- drift: the customers became a view that can be written to
-- same:
ALTER TABLE ar_customer RENAME TO real_customer; CREATE VIEW ar_customer AS SELECT * FROM real_customer;

-- drift: the documents were cut into partitions
-- same:
ALTER TABLE ar_document RENAME TO whole_document;
CREATE TABLE ar_document (LIKE whole_document) PARTITION BY HASH (id);
CREATE TABLE ar_document_0 PARTITION OF ar_document FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE ar_document_1 PARTITION OF ar_document FOR VALUES WITH (MODULUS 2, REMAINDER 1);
INSERT INTO ar_document SELECT * FROM whole_document;

-- drift: stamps got a zone
-- same:
ALTER TABLE ar_document ALTER COLUMN changed_at TYPE timestamptz USING changed_at AT TIME ZONE 'UTC';
ALTER TABLE ar_customer ALTER COLUMN changed_at TYPE timestamptz USING changed_at AT TIME ZONE 'UTC';

-- drift: days got a time
-- same:
ALTER TABLE ar_document ALTER COLUMN due_on TYPE timestamp, ALTER COLUMN closed_on TYPE timestamp;

-- drift: flags became numbers
-- same:
ALTER TABLE ar_customer ALTER COLUMN active TYPE integer USING active::integer;

-- drift: codes became an enumeration
-- same:
CREATE TYPE kinds AS ENUM ('IN', 'CM', 'RC', 'NEW'); ALTER TABLE ar_document ALTER COLUMN kind TYPE kinds USING kind::kinds;

-- drift: codes became a CHAR, which pads them
-- same:
ALTER TABLE ar_document ALTER COLUMN kind TYPE char(12);

-- drift: the company's key became a number in some tables
-- same:
ALTER TABLE ar_contact ALTER COLUMN company_id TYPE integer USING company_id::integer;
ALTER TABLE ar_order ALTER COLUMN company_id TYPE integer USING company_id::integer;

-- drift: the database writes its days and numbers otherwise
-- same:
DO $$ BEGIN EXECUTE 'ALTER DATABASE ' || current_database() || ' SET DateStyle = ''German, DMY''';
	EXECUTE 'ALTER DATABASE ' || current_database() || ' SET TimeZone = ''Asia/Tokyo'''; END $$;
