CREATE TABLE c_company (id {text}(10), name {text}(50), currency {text}(3));
CREATE TABLE c_customer (id {text}(20), company {text}(10), name {text}(200), payer {text}(20), credit_limit {text}(30), changed_at {stamp});
CREATE TABLE c_contact (id {text}(20), customer {text}(20), email {text}(50));
CREATE TABLE c_document (id {text}(60), customer {text}(20), doc_no {text}(60), kind {text}(20), due {text}(30),
	currency {text}(3), open_amount {text}(30), closed {text}(10), changed_at {stamp}, branch {text}(10));
CREATE TABLE c_typed (id {char}(12), customer {char}(8), doc_no {char}(12), kind {char}(6), due {day}, currency {char}(3),
	open_amount {decimal}(25,5), disputed {flag}, instalment {whole}, changed_at {stamp});
CREATE TABLE c_hold (customer {text}(20), flag {text}(10), version {whole});
CREATE TABLE c_trail (n {whole});
CREATE TABLE c_digit (d {whole} PRIMARY KEY);
INSERT INTO c_company VALUES ('1', 'Contract Co', 'USD');
INSERT INTO c_customer VALUES ('A', '1', {N}'Weiß & Jäger 🚢   ', NULL, '100.00', {at}'2026-11-01 10:00:00');
INSERT INTO c_customer VALUES ('B ', '1', {N}'日本ポンプ', 'A', NULL, {at}'2026-11-01 10:00:00');
INSERT INTO c_contact VALUES ('K1', 'A', 'ap@a.example.net');
INSERT INTO c_document VALUES ('D1', 'A', 'INV-1  ', 'IN', '2026-10-31', 'USD', '60.50', NULL, {at}'2026-11-01 10:00:00', 'north');
INSERT INTO c_hold VALUES ('A', 'N', 1);
INSERT INTO c_hold VALUES ('N', NULL, 1);
INSERT INTO c_trail VALUES (0);
INSERT INTO c_digit VALUES (0);
INSERT INTO c_digit VALUES (1);
INSERT INTO c_digit VALUES (2);
INSERT INTO c_digit VALUES (3);
INSERT INTO c_digit VALUES (4);
INSERT INTO c_digit VALUES (5);
INSERT INTO c_digit VALUES (6);
INSERT INTO c_digit VALUES (7);
INSERT INTO c_digit VALUES (8);
INSERT INTO c_digit VALUES (9);
