-- Two companies in one database; the company is 1, its currency EUR.
INSERT INTO res_currency VALUES (1, 'EUR', 2), (2, 'USD', 2), (25, 'JPY', 0);
INSERT INTO res_country VALUES (20, 'BE');
INSERT INTO res_country_state VALUES (7, 'Vlaanderen');
INSERT INTO res_company VALUES (1, 'Houtbedrijf Noord', 1, 1), (2, 'US Lumber', 2, 2);
INSERT INTO res_users VALUES (6, 3);
-- id, ref, name, parent, commercial, company, rank, active, type, function, email, phone, mobile, lang, tz, street, street2, zip, city, state, country, user, sale_warn, msg, picking_warn, msg, write_date, write_uid
INSERT INTO res_partner VALUES
	(1, NULL, 'Houtbedrijf Noord', NULL, 1, NULL, 0, true, 'contact', NULL, NULL, NULL, NULL, 'nl_BE', 'Europe/Brussels', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'no-message', NULL, 'no-message', NULL, '2026-01-01 08:00', 2),
	(2, NULL, 'US Lumber', NULL, 2, NULL, 0, true, 'contact', NULL, NULL, NULL, NULL, 'en_US', 'America/New_York', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'no-message', NULL, 'no-message', NULL, '2026-01-01 08:00', 2),
	(3, NULL, 'Els Peeters', NULL, 3, NULL, 0, true, 'contact', NULL, 'els@own.example', NULL, NULL, 'nl_BE', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'no-message', NULL, 'no-message', NULL, '2026-01-01 08:00', 2), -- the seller
	(10, 'K-10  ', 'Ébéniste Müller', NULL, 10, NULL, 3, true, 'contact', NULL, 'info@muller.example', '+32 2 000 01', NULL, 'fr_BE', 'Europe/Brussels', 'Rue Haute 1', 'bte 2', '1000', 'Bruxelles', 7, 20, 6, 'no-message', NULL, 'no-message', NULL, '2026-01-02 08:00', 2),
	(11, NULL, 'Comptabilité', 10, 10, NULL, 0, true, 'invoice', NULL, 'factures@muller.example', NULL, NULL, 'fr_BE', NULL, 'Rue Haute 1', NULL, '1000', 'Bruxelles', NULL, 20, NULL, 'no-message', NULL, 'no-message', NULL, '2026-01-02 08:00', 2), -- where its invoices go
	(12, NULL, 'Quai', 10, 10, NULL, 0, true, 'delivery', NULL, 'quai@muller.example', NULL, NULL, 'fr_BE', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'no-message', NULL, 'no-message', NULL, '2026-01-02 08:00', 2),
	(13, NULL, 'Jean', 10, 10, NULL, 0, true, 'contact', 'Gérant', NULL, NULL, '+32 470 000', 'fr_BE', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'no-message', NULL, 'no-message', NULL, '2026-01-02 08:00', 2),
	(20, 'K-20', '東京木材', 10, 20, NULL, 1, true, 'contact', NULL, NULL, NULL, NULL, 'ja_JP', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'block', 'Ask Els', NULL, NULL, '2026-01-03 08:00', 2), -- a company of its own below another; blocked by a person
	(30, 'K-30', 'Nieuw BV', NULL, 30, 1, 1, true, 'contact', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-01-04 08:00', 2),               -- of this company, no documents
	(40, NULL, 'Oud BV', NULL, 40, NULL, 1, false, 'contact', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'no-message', NULL, 'no-message', NULL, '2026-01-05 08:00', 2), -- archived, still owes
	(50, NULL, 'Only of company 2', NULL, 50, NULL, 1, true, 'contact', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'no-message', NULL, 'no-message', NULL, '2026-01-06 08:00', 2);
INSERT INTO account_payment_term VALUES (3, '{"en_US": "30 Days", "nl_BE": "30 dagen"}');
INSERT INTO ir_property VALUES
	(1, 'credit_limit', NULL, 1, 100, NULL),                                             -- the company's default: nobody's own
	(2, 'credit_limit', 'res.partner,10', 1, 7500.1, NULL),
	(3, 'credit_limit', 'res.partner,10', 2, 1, NULL),                                   -- in the other company
	(4, 'credit_limit', 'res.partner,40', 1, 0, NULL),
	(5, 'property_payment_term_id', 'res.partner,10', NULL, NULL, 'account.payment.term,3');
INSERT INTO account_account VALUES (100, 'asset_receivable'), (200, 'income'), (300, 'liability_payable');
-- id, company, name, ref, type, state, posted before, date, invoice_date, due, origin, reversed entry, payment, statement line, write_date
INSERT INTO account_move VALUES
	(1000, 1, 'INV/2026/01000', 'PO 7', 'out_invoice', 'posted', true, '2026-07-01', '2026-07-01', '2026-08-30', 'S00077', NULL, NULL, NULL, '2026-07-20 10:00'), -- 30/60: first half paid, second part-paid
	(1001, 1, 'INV/2026/01001', NULL, 'out_invoice', 'posted', true, '2026-07-02', '2026-07-02', '2026-08-01', NULL, NULL, NULL, NULL, '2026-07-02 10:00'),       -- in USD
	(1002, 1, 'INV/2026/01002', NULL, 'out_invoice', 'posted', true, '2026-07-03', '2026-07-03', '2026-08-02', NULL, NULL, NULL, NULL, '2026-07-21 10:00'),       -- paid by a credit note and a bank line
	(1003, 1, 'RINV/2026/00003', NULL, 'out_refund', 'posted', true, '2026-07-04', '2026-07-04', '2026-07-04', NULL, 1000, NULL, NULL, '2026-07-04 10:00'),       -- credit note of the first, open
	(1004, 1, 'RINV/2026/00004', NULL, 'out_refund', 'posted', true, '2026-07-05', '2026-07-05', '2026-07-05', NULL, NULL, NULL, NULL, '2026-07-21 10:00'),       -- credit note, used
	(1005, 1, 'INV/2026/01005', NULL, 'out_invoice', 'cancel', true, '2026-07-06', '2026-07-06', '2026-08-05', NULL, NULL, NULL, NULL, '2026-07-06 10:00'),       -- cancelled after it was posted
	(1006, 1, NULL, NULL, 'out_invoice', 'draft', false, '2026-07-07', '2026-07-07', '2026-08-06', NULL, NULL, NULL, NULL, '2026-07-07 10:00'),                   -- a draft
	(1007, 1, 'INV/2026/01007', NULL, 'out_invoice', 'posted', true, '2026-07-08', '2026-07-08', '2026-08-07', NULL, NULL, NULL, NULL, '2026-07-08 10:00'),       -- in JPY, no follow-up
	(1008, 1, 'INV/2026/01008', NULL, 'out_invoice', 'posted', true, '2026-07-09', '2026-07-09', NULL, NULL, NULL, NULL, NULL, '2026-07-09 10:00'),               -- without a due day: due at once
	(1009, 2, 'INV/2026/02001', NULL, 'out_invoice', 'posted', true, '2026-07-10', '2026-07-10', '2026-08-09', NULL, NULL, NULL, NULL, '2026-07-10 10:00'),       -- the other company's
	(1010, 1, 'BILL/2026/00001', NULL, 'in_invoice', 'posted', true, '2026-07-11', '2026-07-11', '2026-08-10', NULL, NULL, NULL, NULL, '2026-07-11 10:00'),       -- a purchase
	(1011, 1, 'MISC/2026/00001', NULL, 'entry', 'posted', true, '2026-01-01', NULL, NULL, NULL, NULL, NULL, NULL, '2026-01-10 10:00'),                            -- brought forward
	(1020, 1, 'PBNK1/2026/00020', NULL, 'entry', 'posted', true, '2026-07-20', NULL, NULL, NULL, NULL, 20, NULL, '2026-07-20 10:00'),                            -- a payment, 100 of it on account
	(1021, 1, 'BNK1/2026/00021', NULL, 'entry', 'posted', true, '2026-07-21', NULL, NULL, NULL, NULL, NULL, 21, '2026-07-21 10:00'),                              -- a bank line
	(1022, 1, 'PBNK1/2026/00022', NULL, 'entry', 'posted', true, '2026-07-22', NULL, NULL, NULL, NULL, 22, NULL, '2026-07-22 10:00'),                            -- money paid back to the customer
	(1023, 1, 'EXCH/2026/00001', NULL, 'entry', 'posted', true, '2026-07-22', NULL, NULL, NULL, NULL, NULL, NULL, '2026-07-22 10:00');                           -- a difference of rates
-- id, move, account, partner, company, currency, amount, balance, residual (company), residual (own), reconciled, blocked, maturity, write_date
INSERT INTO account_move_line VALUES
	(1, 1000, 100, 11, 1, 1, 500.00, 500.00, 0, 0, true, false, '2026-07-31', '2026-07-20 10:00'),
	(2, 1000, 100, 11, 1, 1, 500.00, 500.00, 300.00, 300.00, false, false, '2026-08-30', '2026-07-20 10:00'),
	(3, 1000, 200, 11, 1, 1, -1000.00, -1000.00, 0, 0, false, false, NULL, '2026-07-01 10:00'),
	(4, 1001, 100, 10, 1, 2, 1100.00, 1000.00, 1000.00, 1100.00, false, false, '2026-08-01', '2026-07-02 10:00'),
	(5, 1002, 100, 10, 1, 1, 80.00, 80.00, 0, 0, true, false, '2026-08-02', '2026-07-21 10:00'),
	(6, 1003, 100, 10, 1, 1, -40.00, -40.00, -40.00, -40.00, false, false, NULL, '2026-07-04 10:00'),
	(7, 1004, 100, 10, 1, 1, -30.00, -30.00, 0, 0, true, false, NULL, '2026-07-21 10:00'),
	(8, 1005, 100, 10, 1, 1, 77.00, 77.00, 77.00, 77.00, false, false, '2026-08-05', '2026-07-06 10:00'),
	(9, 1006, 100, 10, 1, 1, 999.00, 999.00, 999.00, 999.00, false, false, '2026-08-06', '2026-07-07 10:00'),
	(10, 1007, 100, 20, 1, 25, 20000, 120.00, 120.00, 20000, false, true, '2026-08-07', '2026-07-08 10:00'),
	(11, 1008, 100, 40, 1, 1, 12.00, 12.00, 12.00, 12.00, false, NULL, NULL, '2026-07-09 10:00'),
	(12, 1009, 100, 50, 2, 2, 5.00, 5.00, 5.00, 5.00, false, false, '2026-08-09', '2026-07-10 10:00'),
	(13, 1010, 300, 10, 1, 1, -6.00, -6.00, -6.00, -6.00, false, false, '2026-08-10', '2026-07-11 10:00'),
	(14, 1011, 100, 40, 1, 1, 33.00, 33.00, 33.00, 33.00, false, false, '2026-01-31', '2026-01-10 10:00'),
	(15, 1011, 100, NULL, 1, 1, -33.00, -33.00, -33.00, -33.00, false, false, NULL, '2026-01-10 10:00'), -- nobody's
	(20, 1020, 100, 10, 1, 1, -800.00, -800.00, -100.00, -100.00, false, false, '2026-07-20', '2026-07-20 10:00'),
	(21, 1021, 100, 10, 1, 1, -50.00, -50.00, 0, 0, true, false, '2026-07-21', '2026-07-21 10:00'),
	(22, 1022, 100, 10, 1, 1, 15.00, 15.00, 15.00, 15.00, false, false, '2026-07-22', '2026-07-22 10:00'),
	(23, 1023, 100, 10, 1, 2, 0, 9.00, 9.00, 0, false, false, '2026-07-22', '2026-07-22 10:00');
-- id, company, debit, credit, amount in the debit's currency, date, write_date
INSERT INTO account_partial_reconcile VALUES
	(1, 1, 1, 20, 500.00, '2026-07-20', '2026-07-20 10:00'),
	(2, 1, 2, 20, 200.00, '2026-07-20', '2026-07-20 10:00'),
	(3, 1, 5, 7, 30.00, '2026-07-05', '2026-07-21 10:00'),
	(4, 1, 5, 21, 50.00, '2026-07-21', '2026-07-21 10:00');
