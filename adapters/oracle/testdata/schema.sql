CREATE TABLE erp_company (id VARCHAR2(10) PRIMARY KEY, name VARCHAR2(50), currency VARCHAR2(3));
CREATE TABLE erp_customer (company VARCHAR2(10), id VARCHAR2(10), name VARCHAR2(50), flag VARCHAR2(1), PRIMARY KEY (company, id));
CREATE TABLE erp_document (company VARCHAR2(10), id NUMBER(10) PRIMARY KEY, customer VARCHAR2(10), due DATE, currency VARCHAR2(3),
	amount NUMBER(19,2), changed_at TIMESTAMP);
INSERT INTO erp_company VALUES ('1', 'Faulty Goods', 'USD');
INSERT INTO erp_customer VALUES ('1', 'C1', 'Customer; with a ''quote', 'N');
INSERT INTO erp_customer VALUES ('1', 'C2', NULL, NULL);
INSERT INTO erp_document SELECT '1', LEVEL, 'C1', DATE '2026-10-31', 'USD', LEVEL / 4, TIMESTAMP '2026-11-01 10:00:00'
	FROM DUAL CONNECT BY LEVEL <= 3000;
