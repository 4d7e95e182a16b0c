-- What may happen to the contract's own tables on SQLite, where a column takes
-- values of any type. drift.go says how this is read.

-- drift: a column has another name
-- stops: documents.sql | missing object | open_amount
-- check: documents.sql
ALTER TABLE c_document RENAME COLUMN open_amount TO residual;

-- drift: a table is gone
-- stops: contacts.sql | missing object | c_contact
-- check: contacts.sql
DROP TABLE c_contact;

-- drift: an amount was written as a floating-point number
-- stops: documents.sql | "open" is a floating-point number
CREATE TABLE other AS SELECT id, customer, doc_no, kind, due, currency, CAST(60.5 AS REAL) AS open_amount, closed, changed_at, branch FROM c_document;
DROP TABLE c_document; ALTER TABLE other RENAME TO c_document;

-- drift: the customers' key is repeated
-- stops: customers.sql | two rows have the id "A"
INSERT INTO c_customer SELECT * FROM c_customer WHERE id = 'A';

-- drift: the amount is rubbish
-- flaws: D1 open
UPDATE c_document SET open_amount = '60,50 USD';

-- drift: the due day is a number
-- flaws: D1 due_on
UPDATE c_document SET due = '20261031';

-- drift: the stamp is in another form
-- flaws: D1 changed_at
CREATE TABLE other AS SELECT id, customer, doc_no, kind, due, currency, open_amount, closed, '01.11.2026 10:00' AS changed_at, branch FROM c_document;
DROP TABLE c_document; ALTER TABLE other RENAME TO c_document;

-- drift: the hold's column is gone
-- holds: missing object | flag
-- check: hold_get.sql
ALTER TABLE c_hold DROP COLUMN flag;

-- drift: a second row for one hold
-- holds: two rows for one customer
INSERT INTO c_hold VALUES ('A', 'N', 1);

-- drift: a table became a view
-- same:
ALTER TABLE c_document RENAME TO real_document; CREATE VIEW c_document AS SELECT * FROM real_document;

-- drift: a column and an index came in
-- same:
ALTER TABLE c_document ADD COLUMN note TEXT DEFAULT 'n'; CREATE INDEX by_customer ON c_document (customer);
