CREATE TABLE c_company (id VARCHAR(10), name VARCHAR(50), currency VARCHAR(3));
CREATE TABLE c_customer (id VARCHAR(20), company VARCHAR(10), name VARCHAR(50), payer VARCHAR(20), credit_limit VARCHAR(30), changed_at TIMESTAMP);
CREATE TABLE c_contact (id VARCHAR(20), customer VARCHAR(20), email VARCHAR(50));
CREATE TABLE c_document (id VARCHAR(20), customer VARCHAR(20), number VARCHAR(20), kind VARCHAR(20), due VARCHAR(30),
	currency VARCHAR(3), open_amount VARCHAR(30), closed VARCHAR(10), changed_at TIMESTAMP, branch VARCHAR(10));
CREATE TABLE c_hold (customer VARCHAR(20), flag VARCHAR(10), version INTEGER);
INSERT INTO c_company VALUES ('1', 'Contract Co', 'USD');
INSERT INTO c_customer VALUES ('A', '1', 'Weiß & Jäger 🚢   ', NULL, '100.00', '2026-11-01 10:00:00');
INSERT INTO c_customer VALUES ('B ', '1', '日本ポンプ', 'A', NULL, '2026-11-01 10:00:00');
INSERT INTO c_contact VALUES ('K1', 'A', 'ap@a.example.net');
INSERT INTO c_document VALUES ('D1', 'A', 'INV-1  ', 'IN', '2026-10-31', 'USD', '60.50', NULL, '2026-11-01 10:00:00', 'north');
INSERT INTO c_hold VALUES ('A', 'N', 1);
INSERT INTO c_hold VALUES ('N', NULL, 1);
