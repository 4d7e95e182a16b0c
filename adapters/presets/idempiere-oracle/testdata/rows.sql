-- Two clients in one database, the company is 11; its currency is USD.
INSERT INTO c_currency VALUES (100, 'USD', 2);
INSERT INTO c_currency VALUES (102, 'EUR', 2);
INSERT INTO c_currency VALUES (113, 'JPY', 0);
INSERT INTO ad_client VALUES (11, 'GardenWorld', 'Y');
INSERT INTO ad_client VALUES (12, 'Another', 'Y');
INSERT INTO ad_client VALUES (13, 'Closed', 'N');
INSERT INTO c_acctschema VALUES (101, 100);
INSERT INTO c_acctschema VALUES (201, 102);
INSERT INTO ad_clientinfo VALUES (11, 101);
INSERT INTO ad_clientinfo VALUES (12, 201);
INSERT INTO ad_clientinfo VALUES (13, 201);
INSERT INTO c_country VALUES (100, 'US');
INSERT INTO c_region VALUES (103, 'Connecticut');
INSERT INTO c_location VALUES (200, '1 Elm Street', 'Suite 2', '06468', 'Monroe', NULL, 103, 100);
INSERT INTO c_location VALUES (201, '9 Dock', NULL, '06469', 'Bridgeport', 'CT', NULL, 100);
INSERT INTO c_bp_group VALUES (104, 'Trees');
INSERT INTO c_paymentterm VALUES (106, '30 Days Net', 'N', 30, NULL, NULL, NULL, '2020-01-01 00:00:00');
INSERT INTO c_paymentterm VALUES (107, '15th of next month', 'Y', 0, 15, 1, 25, '2020-01-01 00:00:00'); -- after the 25th one month later
-- id, client, active, updated, by, value, name, name2, customer, parent, limit, status, term, rule, grace, language, rep, group
INSERT INTO c_bpartner VALUES (117, 11, 'Y', '2026-01-01 09:00:00', 100, 'C&W', 'C&W Construction', 'C&W Construction Inc.', 'Y', NULL, 10000, 'O', 106, 'P', '2099-01-01', 'en_US', 101, 104); -- no reminders until 2099
INSERT INTO c_bpartner VALUES (118, 11, 'Y', '2026-01-02 09:00:00', 100, 'JoeBlock  ', 'Jörg Blöck', NULL, 'Y', 117, 0, NULL, 106, 'T', NULL, 'de_DE', NULL, 104);                -- of C&W, no limit, no status, blanks behind its key
INSERT INTO c_bpartner VALUES (119, 11, 'Y', '2026-01-03 09:00:00', 100, 'TOKYO', '東京庭園', NULL, 'Y', 0, 500, 'S', 107, 'S', NULL, 'ja_JP', NULL, 104);                             -- stopped by a person
INSERT INTO c_bpartner VALUES (120, 11, 'N', '2026-01-04 09:00:00', 100, 'OLD', 'Old Patio', NULL, 'N', NULL, NULL, 'X', 106, 'P', NULL, NULL, NULL, 104);                            -- no customer any more, still owes
INSERT INTO c_bpartner VALUES (121, 11, 'Y', '2026-01-05 09:00:00', 100, 'V-1', 'A supplier', NULL, 'N', NULL, NULL, 'O', 106, 'P', NULL, NULL, NULL, 104);
INSERT INTO c_bpartner VALUES (220, 12, 'Y', '2026-01-06 09:00:00', 100, 'X-1', 'Of the other client', NULL, 'Y', NULL, NULL, 'O', 106, 'P', NULL, NULL, NULL, 104);
INSERT INTO c_bpartner_location VALUES (300, 117, 201, 'Y', 'N');
INSERT INTO c_bpartner_location VALUES (301, 117, 200, 'Y', 'Y');
INSERT INTO ad_user VALUES (101, NULL, NULL, 'Y', 'N', NULL, 'GardenAdmin', 'admin@own.example', NULL, NULL);
INSERT INTO ad_user VALUES (400, 117, 301, 'Y', 'Y', 'Accounts', 'Carl Boss', 'ap@cw.example', '+1 203 555 0101', NULL);
INSERT INTO ad_user VALUES (401, 117, 0, 'Y', 'N', 'Foreman', 'Bill', NULL, NULL, '+1 203 555 0102');
INSERT INTO ad_user VALUES (402, 117, NULL, 'N', 'N', NULL, 'Left', 'left@cw.example', NULL, NULL);
INSERT INTO c_doctype VALUES (116, 'ARI');
INSERT INTO c_doctype VALUES (124, 'ARC');
INSERT INTO c_doctype VALUES (117, 'ARF');
INSERT INTO c_order VALUES (500, 'SO-100');
INSERT INTO c_conversiontype VALUES (114, 0, 'Y', 'Y');
INSERT INTO c_conversiontype VALUES (200, 0, 'Y', 'N');
INSERT INTO c_conversion_rate VALUES (1, 0, 0, 'Y', 114, 102, 100, '2026-01-01', '2026-12-31', 1.10); -- EUR to USD, everybody's
INSERT INTO c_conversion_rate VALUES (2, 11, 0, 'Y', 114, 102, 100, '2026-01-01', '2026-12-31', 1.20); -- the client's own goes before
INSERT INTO c_conversion_rate VALUES (3, 0, 0, 'Y', 114, 100, 102, '2026-01-01', '2026-12-31', 0.80);
INSERT INTO c_conversion_rate VALUES (4, 0, 0, 'Y', 200, 113, 100, '2026-01-01', '2026-12-31', 0.0065);
-- id, client, org, updated, issotrx, status, documentno, doctype, order, partner, poreference, invoiced, acct, currency, rate type, override, rate, term, total, paid, schedule, dispute
INSERT INTO c_invoice VALUES (1000, 11, 50, '2026-07-01 10:00:00', 'Y', 'CO', 'R-1000', 116, 500, 117, 'PO 7', '2026-07-01', '2026-07-01', 100, 114, 'N', 0, 106, 300.00, 'N', 'Y', 'N'); -- three instalments, 150 allocated
INSERT INTO c_invoice VALUES (1001, 11, 50, '2026-07-02 10:00:00', 'Y', 'CO', 'R-1001', 116, NULL, 117, NULL, '2026-07-02', '2026-07-02', 100, 114, 'N', 0, 106, 80.00, 'N', 'N', 'Y');   -- part-paid, disputed
INSERT INTO c_invoice VALUES (1002, 11, 50, '2026-07-20 10:00:00', 'Y', 'CO', 'R-1002', 116, NULL, 117, NULL, '2026-07-03', '2026-07-03', 100, 114, 'N', 0, 106, 50.00, 'Y', 'N', 'N');   -- paid with a discount and a write-off
INSERT INTO c_invoice VALUES (1003, 11, 50, '2026-07-04 10:00:00', 'Y', 'CO', 'CM-1003', 124, NULL, 117, NULL, '2026-07-04', '2026-07-04', 100, 114, 'N', 0, 106, 25.00, 'N', 'N', 'N');  -- credit memo, open: its total is positive
INSERT INTO c_invoice VALUES (1004, 11, 50, '2026-07-21 10:00:00', 'Y', 'CO', 'CM-1004', 124, NULL, 117, NULL, '2026-07-05', '2026-07-05', 100, 114, 'N', 0, 106, 10.00, 'Y', 'N', 'N');  -- credit memo, set off
INSERT INTO c_invoice VALUES (1005, 11, 50, '2026-07-06 10:00:00', 'Y', 'RE', 'R-1005', 116, NULL, 117, NULL, '2026-07-06', '2026-07-06', 100, 114, 'N', 0, 106, 99.00, 'Y', 'N', 'N');   -- reversed
INSERT INTO c_invoice VALUES (1006, 11, 50, '2026-07-07 10:00:00', 'Y', 'DR', 'R-1006', 116, NULL, 117, NULL, '2026-07-07', '2026-07-07', 100, 114, 'N', 0, 106, 500.00, 'N', 'N', 'N');  -- a draft
INSERT INTO c_invoice VALUES (1007, 11, 50, '2026-07-08 10:00:00', 'Y', 'CO', 'R-1007', 116, NULL, 118, NULL, '2026-07-08', '2026-07-08', 102, 0, 'N', 0, 106, 100.00, 'N', 'N', 'N');    -- in EUR, part-paid in USD
INSERT INTO c_invoice VALUES (1008, 11, 50, '2026-07-28 10:00:00', 'Y', 'CO', 'R-1008', 116, NULL, 119, NULL, '2026-07-28', '2026-07-28', 113, 200, 'N', 0, 107, 20000, 'N', 'N', 'N');    -- in JPY, another type of rate, due on the 15th
INSERT INTO c_invoice VALUES (1009, 11, 50, '2026-07-09 10:00:00', 'Y', 'CL', 'R-1009', 116, NULL, 120, NULL, '2026-07-09', '2026-07-09', 102, 114, 'Y', 1.25, 106, 40.00, 'N', 'N', 'N');  -- in EUR at a rate of its own
INSERT INTO c_invoice VALUES (1010, 12, 60, '2026-07-10 10:00:00', 'Y', 'CO', 'X-1010', 116, NULL, 220, NULL, '2026-07-10', '2026-07-10', 102, 114, 'N', 0, 106, 1.00, 'N', 'N', 'N');     -- the other client's
INSERT INTO c_invoice VALUES (1011, 11, 50, '2026-07-11 10:00:00', 'N', 'CO', 'V-1011', 116, NULL, 121, NULL, '2026-07-11', '2026-07-11', 100, 114, 'N', 0, 106, 2.00, 'N', 'N', 'N');     -- a purchase
INSERT INTO c_invoice VALUES (1012, 11, 50, '2026-07-12 10:00:00', 'Y', 'CO', 'F-1012', 117, NULL, 117, NULL, '2026-07-12', '2026-07-12', 100, 114, 'N', 0, 106, 3.00, 'N', 'N', 'N');     -- pro forma: no debt
INSERT INTO c_invoice VALUES (1013, 11, 50, '2026-07-21 10:00:00', 'Y', 'CO', 'R-1013', 116, NULL, 117, NULL, '2026-07-13', '2026-07-13', 100, 114, 'N', 0, 106, 10.00, 'Y', 'N', 'N');     -- settled by the credit memo
INSERT INTO c_invoicepayschedule VALUES (70, 1000, '2026-07-01 10:00:00', 'Y', '2026-07-31', 100.00);
INSERT INTO c_invoicepayschedule VALUES (71, 1000, '2026-07-01 10:00:00', 'Y', '2026-08-31', 100.00);
INSERT INTO c_invoicepayschedule VALUES (72, 1000, '2026-07-01 10:00:00', 'Y', '2026-09-30', 100.00);
INSERT INTO c_invoicepayschedule VALUES (73, 1001, '2026-07-01 10:00:00', 'N', '2026-09-30', 80.00); -- not valid: the invoice is one item
-- id, client, org, updated, receipt, status, documentno, partner, trx, acct, currency, rate type, override, rate, amount, allocated, prepayment, charge
INSERT INTO c_payment VALUES (2000, 11, 50, '2026-07-15 10:00:00', 'Y', 'CO', 'P-2000', 117, '2026-07-15', '2026-07-15', 100, 114, 'N', 0, 200.00, 'N', 'N', NULL); -- 150 and 30 allocated, 20 on account
INSERT INTO c_payment VALUES (2001, 11, 50, '2026-07-20 10:00:00', 'Y', 'CO', 'P-2001', 117, '2026-07-20', '2026-07-20', 100, 114, 'N', 0, 47.00, 'Y', 'N', 0);
INSERT INTO c_payment VALUES (2002, 11, 50, '2026-07-16 10:00:00', 'Y', 'CO', 'P-2002', 118, '2026-07-16', '2026-07-16', 100, 114, 'N', 0, 60.00, 'Y', 'N', NULL);  -- USD on an invoice in EUR
INSERT INTO c_payment VALUES (2003, 11, 50, '2026-07-17 10:00:00', 'Y', 'CO', 'P-2003', 117, '2026-07-17', '2026-07-17', 102, 114, 'N', 0, 10.00, 'N', 'Y', NULL);  -- a prepayment in EUR
INSERT INTO c_payment VALUES (2004, 11, 50, '2026-07-18 10:00:00', 'Y', 'RE', 'P-2004', 117, '2026-07-18', '2026-07-18', 100, 114, 'N', 0, 5.00, 'Y', 'N', NULL);   -- bounced and reversed
INSERT INTO c_payment VALUES (2005, 11, 50, '2026-07-18 10:00:00', 'Y', 'DR', 'P-2005', 117, '2026-07-18', '2026-07-18', 100, 114, 'N', 0, 6.00, 'N', 'N', NULL);   -- a draft
INSERT INTO c_payment VALUES (2006, 11, 50, '2026-07-18 10:00:00', 'Y', 'CO', 'P-2006', 117, '2026-07-18', '2026-07-18', 100, 114, 'N', 0, 7.00, 'N', 'N', 900);    -- on a charge: nothing of the customer's account
INSERT INTO c_payment VALUES (2007, 11, 50, '2026-07-18 10:00:00', 'N', 'CO', 'P-2007', 121, '2026-07-18', '2026-07-18', 100, 114, 'N', 0, 8.00, 'N', 'N', NULL);   -- paid out
-- id, org, active, updated, trx, acct, currency
INSERT INTO c_allocationhdr VALUES (3000, 50, 'Y', '2026-07-15 11:00:00', '2026-07-15', '2026-07-15', 100);
INSERT INTO c_allocationhdr VALUES (3001, 50, 'Y', '2026-07-20 11:00:00', '2026-07-20', '2026-07-20', 100);
INSERT INTO c_allocationhdr VALUES (3002, 50, 'Y', '2026-07-16 11:00:00', '2026-07-16', '2026-07-16', 100);
INSERT INTO c_allocationhdr VALUES (3003, 50, 'Y', '2026-07-21 11:00:00', '2026-07-21', '2026-07-21', 100);
INSERT INTO c_allocationhdr VALUES (3004, 50, 'N', '2026-07-19 11:00:00', '2026-07-19', '2026-07-19', 100); -- undone
-- id, header, updated, invoice, payment, amount, discount, write-off
INSERT INTO c_allocationline VALUES (4000, 3000, '2026-07-15 11:00:00', 1000, 2000, 150.00, 0, 0);     -- the first instalment and half of the second
INSERT INTO c_allocationline VALUES (4001, 3000, '2026-07-15 11:00:00', 1001, 2000, 30.00, 0, 0);
INSERT INTO c_allocationline VALUES (4002, 3001, '2026-07-20 11:00:00', 1002, 2001, 47.00, 2.50, 0.50);
INSERT INTO c_allocationline VALUES (4003, 3002, '2026-07-16 11:00:00', 1007, 2002, 60.00, 0, 0);      -- 60 USD are 48 EUR
INSERT INTO c_allocationline VALUES (4004, 3003, '2026-07-21 11:00:00', 1013, NULL, 10.00, 0, 0);
INSERT INTO c_allocationline VALUES (4005, 3003, '2026-07-21 11:00:00', 1004, NULL, -10.00, 0, 0);
INSERT INTO c_allocationline VALUES (4006, 3004, '2026-07-19 11:00:00', 1001, 2000, 20.00, 0, 0);
