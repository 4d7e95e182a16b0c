-- Two clients in one database, the company is 1000000; its currency is EUR.
INSERT INTO c_currency VALUES (318, 'CHF', 2), (102, 'EUR', 2), (113, 'JPY', 0);
INSERT INTO ad_client VALUES (1000000, 'Müller Agrar GmbH', 'Y'), (1000001, 'Another', 'Y');
INSERT INTO c_acctschema VALUES (101, 102), (201, 318);
INSERT INTO ad_clientinfo VALUES (1000000, 101), (1000001, 201);
INSERT INTO c_country VALUES (101, 'DE');
INSERT INTO c_region VALUES (103, 'Nordrhein-Westfalen');
INSERT INTO c_location VALUES (200, 'Am Nossbacher Weg 2', 'Halle 3', '53179', 'Bonn', NULL, 103, 101), (201, 'Lager 9', NULL, '53180', 'Bonn', 'NRW', NULL, 101);
INSERT INTO c_bp_group VALUES (104, 'Großhandel');
INSERT INTO c_paymentterm VALUES (106, '30 Tage netto', 'N', 30, NULL, NULL, NULL, '2020-01-01 00:00+00'), (107, '15. des Folgemonats', 'Y', 0, 15, 1, 25, '2020-01-01 00:00+00');
-- id, client, active, updated, by, value, name, company name, customer, term, rule, language, rep, group
INSERT INTO c_bpartner VALUES
	(2156, 1000000, 'Y', '2026-01-01 09:00+00', 100, 'G0001', 'Gemüse Köhler', 'Gemüse Köhler KG', 'Y', 106, 'P', 'de_DE', 100, 104),
	(2157, 1000000, 'Y', '2026-01-02 09:00+00', 100, 'G0002  ', '東京青果', NULL, 'Y', 107, 'P', 'ja_JP', NULL, 104),  -- stopped by a person, blanks behind its key
	(2158, 1000000, 'Y', '2026-01-03 09:00+00', 100, 'G0003', 'Neu GmbH', NULL, 'Y', 106, 'D', NULL, NULL, 104),          -- no row of stats yet
	(2159, 1000000, 'N', '2026-01-04 09:00+00', 100, 'G0004', 'Alt OHG', NULL, 'N', 106, 'P', NULL, NULL, 104),           -- inactive, still owes
	(2160, 1000000, 'Y', '2026-01-05 09:00+00', 100, 'L0001', 'Ein Lieferant', NULL, 'N', 106, 'P', NULL, NULL, 104),
	(3000, 1000001, 'Y', '2026-01-06 09:00+00', 100, 'X0001', 'Of the other client', NULL, 'Y', 106, 'P', NULL, NULL, 104);
INSERT INTO c_bpartner_stats VALUES
	(1, 1000000, 2156, '2026-01-01 09:00+00', 100, 'W'), -- watched: near its limit
	(2, 1000000, 2157, '2026-01-02 09:00+00', 100, 'S'),
	(3, 1000000, 2159, '2026-01-04 09:00+00', 100, 'O'),
	(4, 1000001, 3000, '2026-01-06 09:00+00', 100, 'O');
INSERT INTO c_creditlimit_type VALUES (1, 10), (2, 20);
INSERT INTO c_bpartner_creditlimit VALUES
	(1, 2156, 1, 'Y', 'Y', '2026-01-01', 5000.00),
	(2, 2156, 1, 'Y', 'Y', '2026-06-01', 8000.00),  -- of a day with another, of a lower type
	(3, 2156, 2, 'Y', 'Y', '2026-06-01', 9000.00),  -- holds
	(4, 2156, 2, 'Y', 'N', '2026-07-01', 99000.00), -- not approved
	(5, 2156, 2, 'Y', 'Y', '2099-01-01', 1.00);     -- not yet
INSERT INTO c_bpartner_location VALUES (300, 2156, 201, 'Y', 'Y', 'N'), (301, 2156, 200, 'Y', 'Y', 'Y');
INSERT INTO ad_user VALUES
	(100, NULL, NULL, 'Y', 'N', 'metasfresh', 'me@own.example', NULL, NULL),
	(400, 2156, 301, 'Y', 'Y', 'Karla Köhler', 'rechnung@koehler.example', '+49 228 000001', NULL),
	(401, 2156, NULL, 'Y', 'N', 'Lager', NULL, NULL, '+49 170 000002'),
	(402, 2156, NULL, 'N', 'Y', 'Left', 'left@koehler.example', NULL, NULL);
INSERT INTO c_doctype VALUES (116, 'ARI'), (124, 'ARC'), (117, 'ARF');
INSERT INTO c_order VALUES (500, 'A-100');
INSERT INTO c_conversiontype_default VALUES (114, 0, 0, '2020-01-01'), (200, 0, 0, '2099-01-01');
INSERT INTO c_conversion_rate VALUES
	(1, 0, 0, 'Y', 114, 318, 102, '2026-01-01', '2026-12-31', 1.05), -- CHF to EUR, everybody's
	(2, 0, 0, 'Y', 114, 102, 318, '2026-01-01', '2026-12-31', 0.95),
	(3, 0, 0, 'Y', 200, 113, 102, '2026-01-01', '2026-12-31', 0.0060);
-- id, client, org, updated, issotrx, status, documentno, doctype, order, partner, poreference, invoiced, acct, due, currency, rate type, term, total, paid, schedule, dispute
INSERT INTO c_invoice VALUES
	(1000, 1000000, 50, '2026-07-01 10:00+00', 'Y', 'CO', '2026-1000', 116, 500, 2156, 'B 7', '2026-07-01', '2026-07-01', '2026-07-31', 102, 114, 106, 300.00, 'N', 'Y', 'N'),  -- two instalments, 220 allocated
	(1001, 1000000, 50, '2026-07-02 10:00+00', 'Y', 'CO', '2026-1001', 116, NULL, 2156, NULL, '2026-07-02', '2026-07-02', '2026-08-15', 102, 114, 106, 80.00, 'N', 'N', 'Y'),   -- part-paid, disputed; its due day was put off
	(1002, 1000000, 50, '2026-07-20 10:00+00', 'Y', 'CO', '2026-1002', 116, NULL, 2156, NULL, '2026-07-03', '2026-07-03', NULL, 102, 114, 106, 50.00, 'Y', 'N', 'N'),           -- paid with a discount and a write-off
	(1003, 1000000, 50, '2026-07-04 10:00+00', 'Y', 'CO', 'G-1003', 124, NULL, 2156, NULL, '2026-07-04', '2026-07-04', '2026-07-04', 102, 114, 106, 25.00, 'N', 'N', 'N'),      -- credit memo, open: its total is positive
	(1004, 1000000, 50, '2026-07-21 10:00+00', 'Y', 'CO', 'G-1004', 124, NULL, 2156, NULL, '2026-07-05', '2026-07-05', '2026-07-05', 102, 114, 106, 10.00, 'Y', 'N', 'N'),      -- credit memo, set off
	(1005, 1000000, 50, '2026-07-06 10:00+00', 'Y', 'RE', '2026-1005', 116, NULL, 2156, NULL, '2026-07-06', '2026-07-06', NULL, 102, 114, 106, 99.00, 'Y', 'N', 'N'),           -- reversed
	(1006, 1000000, 50, '2026-07-07 10:00+00', 'Y', 'DR', '2026-1006', 116, NULL, 2156, NULL, '2026-07-07', '2026-07-07', NULL, 102, 114, 106, 500.00, 'N', 'N', 'N'),          -- a draft
	(1007, 1000000, 50, '2026-07-08 10:00+00', 'Y', 'CO', '2026-1007', 116, NULL, 2158, NULL, '2026-07-08', '2026-07-08', '2026-08-07', 318, NULL, 106, 100.00, 'N', 'N', 'N'),  -- in CHF, part-paid in EUR
	(1008, 1000000, 50, '2026-07-28 10:00+00', 'Y', 'CO', '2026-1008', 116, NULL, 2157, NULL, '2026-07-28', '2026-07-28', NULL, 113, 200, 107, 20000, 'N', 'N', 'N'),             -- in JPY; without a due day, which is the 15th by its term
	(1009, 1000000, 50, '2026-07-09 10:00+00', 'Y', 'CL', '2026-1009', 116, NULL, 2159, NULL, '2026-07-09', '2026-07-09', '2026-08-08', 102, 114, 106, 40.00, 'N', 'N', 'N'),
	(1010, 1000001, 60, '2026-07-10 10:00+00', 'Y', 'CO', 'X-1010', 116, NULL, 3000, NULL, '2026-07-10', '2026-07-10', NULL, 102, 114, 106, 1.00, 'N', 'N', 'N'),                -- the other client's
	(1011, 1000000, 50, '2026-07-11 10:00+00', 'N', 'CO', 'L-1011', 116, NULL, 2160, NULL, '2026-07-11', '2026-07-11', NULL, 102, 114, 106, 2.00, 'N', 'N', 'N'),                -- a purchase
	(1013, 1000000, 50, '2026-07-21 10:00+00', 'Y', 'CO', '2026-1013', 116, NULL, 2156, NULL, '2026-07-13', '2026-07-13', '2026-08-12', 102, 114, 106, 10.00, 'Y', 'N', 'N');    -- settled by the credit memo
INSERT INTO c_invoicepayschedule VALUES (70, 1000, '2026-07-01 10:00+00', 'Y', '2026-07-31', 200.00), (71, 1000, '2026-07-01 10:00+00', 'Y', '2026-08-31', 100.00);
-- id, client, org, updated, receipt, status, documentno, partner, trx, acct, currency, rate type, amount, allocated, prepayment, charge
INSERT INTO c_payment VALUES
	(2000, 1000000, 50, '2026-07-15 10:00+00', 'Y', 'CO', 'Z-2000', 2156, '2026-07-15 00:00+02', '2026-07-15', 102, 114, 275.00, 'N', 'N', NULL), -- 220 and 30 allocated, 5 written off, 20 on account; its day is an instant
	(2001, 1000000, 50, '2026-07-20 10:00+00', 'Y', 'CO', 'Z-2001', 2156, '2026-07-20 00:00+02', '2026-07-20', 102, 114, 47.00, 'Y', 'N', 0),
	(2002, 1000000, 50, '2026-07-16 10:00+00', 'Y', 'CO', 'Z-2002', 2158, '2026-07-16 00:00+02', '2026-07-16', 102, 114, 60.00, 'Y', 'N', NULL),   -- EUR on an invoice in CHF
	(2003, 1000000, 50, '2026-07-17 10:00+00', 'Y', 'CO', 'Z-2003', 2156, '2026-07-17 00:00+02', '2026-07-17', 318, 114, 10.00, 'N', 'Y', NULL),   -- a prepayment in CHF
	(2004, 1000000, 50, '2026-07-18 10:00+00', 'Y', 'RE', 'Z-2004', 2156, '2026-07-18 00:00+02', '2026-07-18', 102, 114, 5.00, 'Y', 'N', NULL),    -- reversed
	(2005, 1000000, 50, '2026-07-18 10:00+00', 'Y', 'DR', 'Z-2005', 2156, '2026-07-18 00:00+02', '2026-07-18', 102, 114, 6.00, 'N', 'N', NULL),    -- a draft
	(2007, 1000000, 50, '2026-07-18 10:00+00', 'N', 'CO', 'Z-2007', 2160, '2026-07-18 00:00+02', '2026-07-18', 102, 114, 8.00, 'N', 'N', NULL);    -- paid out
-- id, org, active, updated, trx, acct, currency
INSERT INTO c_allocationhdr VALUES
	(3000, 50, 'Y', '2026-07-15 11:00+00', '2026-07-15', '2026-07-15', 102),
	(3001, 50, 'Y', '2026-07-20 11:00+00', '2026-07-20', '2026-07-20', 102),
	(3002, 50, 'Y', '2026-07-16 11:00+00', '2026-07-16', '2026-07-16', 102),
	(3003, 50, 'Y', '2026-07-21 11:00+00', '2026-07-21', '2026-07-21', 102),
	(3004, 50, 'N', '2026-07-19 11:00+00', '2026-07-19', '2026-07-19', 102); -- undone
-- id, header, updated, invoice, payment, amount, discount, write-off, payment write-off
INSERT INTO c_allocationline VALUES
	(4000, 3000, '2026-07-15 11:00+00', 1000, 2000, 220.00, 0, 0, 0),
	(4001, 3000, '2026-07-15 11:00+00', 1001, 2000, 30.00, 0, 0, NULL),
	(4007, 3000, '2026-07-15 11:00+00', NULL, 2000, 0, 0, 0, 5.00),        -- 5 of the receipt written off
	(4002, 3001, '2026-07-20 11:00+00', 1002, 2001, 47.00, 2.50, 0.50, 0),
	(4003, 3002, '2026-07-16 11:00+00', 1007, 2002, 60.00, 0, 0, 0),       -- 60 EUR are 57 CHF
	(4004, 3003, '2026-07-21 11:00+00', 1013, NULL, 10.00, 0, 0, 0),
	(4005, 3003, '2026-07-21 11:00+00', 1004, NULL, -10.00, 0, 0, 0),
	(4006, 3004, '2026-07-19 11:00+00', 1001, 2000, 20.00, 0, 0, 0);
