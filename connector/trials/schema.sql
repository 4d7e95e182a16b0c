-- An ERP with one overdue invoice for each customer. Money is kept in cents.
CREATE TABLE company (id TEXT PRIMARY KEY, name TEXT NOT NULL, base_currency TEXT NOT NULL, time_zone TEXT NOT NULL);
CREATE TABLE customer (id TEXT PRIMARY KEY, company_id TEXT NOT NULL, name TEXT NOT NULL, email TEXT NOT NULL, changed_at TEXT NOT NULL);
CREATE TABLE invoice (
	id TEXT PRIMARY KEY, customer_id TEXT NOT NULL, issued_on TEXT NOT NULL, due_on TEXT NOT NULL,
	amount INTEGER NOT NULL, open INTEGER NOT NULL, changed_at TEXT NOT NULL
);
CREATE INDEX invoice_customer ON invoice (customer_id);
INSERT INTO company VALUES ('1', 'Harbourline Trials', 'USD', 'UTC');
