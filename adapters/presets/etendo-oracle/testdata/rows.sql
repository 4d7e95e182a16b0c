-- Two legal entities of one client; their organizations; one partner that both share.
INSERT INTO c_currency VALUES ('102', 'EUR', 2);
INSERT INTO c_currency VALUES ('100', 'USD', 2);
INSERT INTO c_currency VALUES ('113', 'JPY', 0);
INSERT INTO ad_client VALUES ('C1', '102');
INSERT INTO ad_orgtype VALUES ('0', 'N');
INSERT INTO ad_orgtype VALUES ('1', 'Y');
INSERT INTO ad_org VALUES ('0', '0', '0', NULL, NULL, '*', NULL, 'Y');
INSERT INTO ad_org VALUES ('LE1', 'C1', '1', 'LE1', '102', 'F&B Iberia', 'Bodegas Ibéricas S.A.', 'Y');
INSERT INTO ad_org VALUES ('SHOP', 'C1', '0', 'LE1', NULL, 'Tienda Norte', NULL, 'Y');
INSERT INTO ad_org VALUES ('LE2', 'C1', '1', 'LE2', '100', 'F&B US', NULL, 'Y');
INSERT INTO ad_org VALUES ('NEW', 'C1', '1', NULL, '102', 'Not ready', NULL, 'N');
INSERT INTO c_country VALUES ('106', 'ES');
INSERT INTO c_region VALUES ('R1', 'Navarra');
INSERT INTO c_location VALUES ('L1', 'C/ Señorío 1', 'Nave 4', '31001', 'Pamplona', NULL, 'R1', '106');
INSERT INTO c_location VALUES ('L2', 'Muelle 7', NULL, '31002', 'Pamplona', 'Navarra (old)', NULL, '106');
INSERT INTO c_bp_group VALUES ('G1', 'Retail');
INSERT INTO c_paymentterm VALUES ('T1', '30/60 days');
INSERT INTO fin_paymentmethod VALUES ('M1', 'Transfer');
-- c_bpartner_id, org, active, updated, updatedby, value, name, name2, customer, language, limit, currency, term, method, rep, parent, group, blocking
INSERT INTO c_bpartner VALUES ('REP', '0', 'Y', '2026-01-01 09:00:00', '100', 'REP', 'Ana Ruiz', NULL, 'N', 'es_ES', 0, NULL, NULL, NULL, NULL, NULL, 'G1', 'N', 'Y', 'Y', 'Y', 'N');
INSERT INTO c_bpartner VALUES ('HOLDING', 'LE1', 'Y', '2026-01-01 09:00:00', '100', 'H-01', 'Grupo Peña', 'Grupo Peña Holding S.L.', 'Y', 'es_ES', 0, '102', NULL, NULL, NULL, NULL, 'G1', 'N', 'Y', 'Y', 'Y', 'N'); -- no documents
INSERT INTO c_bpartner VALUES ('PENA', '0', 'Y', '2026-02-01 09:00:00', '100', 'C-01  ', 'Peña y Núñez', NULL, 'Y', 'es_ES', 50000, '102', 'T1', 'M1', 'REP', 'HOLDING', 'G1', 'N', 'Y', 'Y', 'Y', 'N'); -- shared, blanks behind its key
INSERT INTO c_bpartner VALUES ('TOKYO', 'SHOP', 'Y', '2026-02-02 09:00:00', '100', 'C-02', '東京商事', NULL, 'Y', 'ja_JP', 900000, '113', NULL, NULL, NULL, NULL, 'G1', 'Y', 'Y', 'Y', 'Y', 'Y'); -- blocked by a person, limit in JPY
INSERT INTO c_bpartner VALUES ('OLD', 'LE1', 'N', '2026-02-03 09:00:00', '100', 'C-03', 'Antigua S.L.', NULL, 'N', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'G1', 'N', 'Y', 'Y', 'Y', 'N'); -- inactive, no customer any more, still owes
INSERT INTO c_bpartner VALUES ('OTHER', 'LE2', 'Y', '2026-02-04 09:00:00', '100', 'C-04', 'Only of the other company', NULL, 'Y', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'G1', 'N', 'Y', 'Y', 'Y', 'N');
INSERT INTO c_bpartner_location VALUES ('BL1', 'PENA', 'L2', 'Y', 'N', '2026-01-01 09:00:00');
INSERT INTO c_bpartner_location VALUES ('BL2', 'PENA', 'L1', 'Y', 'Y', '2026-01-02 09:00:00');
INSERT INTO ad_user VALUES ('U1', 'PENA', 'BL2', 'Y', 'Y', 'Administración', 'Luis Gómez', 'facturas@pena.example', '+34 948 000001', NULL);
INSERT INTO ad_user VALUES ('U2', 'PENA', NULL, 'Y', 'N', 'Gerente', 'María Peña', NULL, NULL, '+34 600 000002');
INSERT INTO ad_user VALUES ('U3', 'PENA', NULL, 'N', 'Y', NULL, 'Left', 'left@pena.example', NULL, NULL);
INSERT INTO ad_user VALUES ('U4', NULL, NULL, 'Y', 'N', NULL, 'An ERP user', 'me@own.example', NULL, NULL);
INSERT INTO c_doctype VALUES ('ARI', 'ARI');
INSERT INTO c_doctype VALUES ('ARC', 'ARC');
INSERT INTO c_order VALUES ('O1', 'SO-77');
INSERT INTO c_order VALUES ('O2', 'SO-78');
-- id, org, updated, issotrx, processed, docstatus, documentno, doctype, order, partner, poreference, dateinvoiced, dateacct
INSERT INTO c_invoice VALUES ('I1', 'LE1', '2026-07-01 10:00:00', 'Y', 'Y', 'CO', 'F/1', 'ARI', 'O1', 'PENA', 'PO 9', '2026-07-01', '2026-07-01'); -- 30/60: first part paid, second half paid
INSERT INTO c_invoice VALUES ('I2', 'SHOP', '2026-07-10 10:00:00', 'Y', 'Y', 'CO', 'F/2', 'ARI', NULL, 'PENA', NULL, '2026-07-10', '2026-07-10'); -- in USD at a rate of its own
INSERT INTO c_invoice VALUES ('I3', 'LE1', '2026-06-01 10:00:00', 'Y', 'Y', 'CO', 'F/3', 'ARI', NULL, 'PENA', NULL, '2026-06-01', '2026-06-01'); -- paid, 0.50 written off
INSERT INTO c_invoice VALUES ('I4', 'LE1', '2026-08-01 10:00:00', 'Y', 'Y', 'CO', 'A/1', 'ARC', NULL, 'PENA', NULL, '2026-08-01', '2026-08-01'); -- credit memo, open
INSERT INTO c_invoice VALUES ('I5', 'LE1', '2026-08-02 10:00:00', 'Y', 'Y', 'CO', 'A/2', 'ARC', NULL, 'PENA', NULL, '2026-08-02', '2026-08-02'); -- credit memo, set off
INSERT INTO c_invoice VALUES ('I6', 'LE1', '2026-08-03 10:00:00', 'Y', 'Y', 'VO', 'F/6', 'ARI', NULL, 'PENA', NULL, '2026-08-03', '2026-08-03'); -- voided
INSERT INTO c_invoice VALUES ('I7', 'LE1', '2026-08-04 10:00:00', 'Y', 'N', 'DR', 'F/7', 'ARI', NULL, 'PENA', NULL, '2026-08-04', '2026-08-04'); -- a draft
INSERT INTO c_invoice VALUES ('I8', 'LE1', '2026-08-05 10:00:00', 'Y', 'Y', 'CO', 'F/8', 'ARI', NULL, 'TOKYO', NULL, '2026-08-05', '2026-08-05'); -- in JPY, by the table of rates
INSERT INTO c_invoice VALUES ('I9', 'LE1', '2026-08-06 10:00:00', 'Y', 'Y', 'CL', 'F/9', 'ARI', NULL, 'OLD', NULL, '2026-08-06', '2026-08-06');
INSERT INTO c_invoice VALUES ('I12', 'LE1', '2026-08-06 11:00:00', 'Y', 'Y', 'CO', 'F/12', 'ARI', NULL, 'PENA', NULL, '2026-08-06', '2026-08-06'); -- paid out of credit
INSERT INTO c_invoice VALUES ('I10', 'LE2', '2026-08-07 10:00:00', 'Y', 'Y', 'CO', 'US/1', 'ARI', NULL, 'PENA', NULL, '2026-08-07', '2026-08-07'); -- the other company's
INSERT INTO c_invoice VALUES ('I11', 'LE1', '2026-08-08 10:00:00', 'N', 'Y', 'CO', 'P/1', 'ARI', NULL, 'PENA', NULL, '2026-08-08', '2026-08-08'); -- a purchase
-- id, invoice, order, updated, duedate, currency, amount, outstanding
INSERT INTO fin_payment_schedule VALUES ('S1A', 'I1', NULL, '2026-07-31 12:00:00', '2026-07-31', '102', 605.00, 0);
INSERT INTO fin_payment_schedule VALUES ('S1B', 'I1', NULL, '2026-07-31 12:00:00', '2026-08-30', '102', 605.00, 302.50);
INSERT INTO fin_payment_schedule VALUES ('S2', 'I2', NULL, '2026-07-10 10:00:00', '2026-08-09', '100', 1100.00, 1100.00);
INSERT INTO fin_payment_schedule VALUES ('S3', 'I3', NULL, '2026-08-20 10:00:00', '2026-07-01', '102', 100.50, 0);
INSERT INTO fin_payment_schedule VALUES ('S4', 'I4', NULL, '2026-08-01 10:00:00', '2026-08-01', '102', -40.00, -40.00);
INSERT INTO fin_payment_schedule VALUES ('S5', 'I5', NULL, '2026-08-20 10:00:00', '2026-08-02', '102', -20.00, 0);
INSERT INTO fin_payment_schedule VALUES ('S6', 'I6', NULL, '2026-08-03 10:00:00', '2026-09-02', '102', 77.00, 0);
INSERT INTO fin_payment_schedule VALUES ('S7', 'I7', NULL, '2026-08-04 10:00:00', '2026-09-03', '102', 999.00, 999.00);
INSERT INTO fin_payment_schedule VALUES ('S8', 'I8', NULL, '2026-08-05 10:00:00', '2026-09-04', '113', 160000, 160000);
INSERT INTO fin_payment_schedule VALUES ('S9', 'I9', NULL, '2026-08-06 10:00:00', '2026-09-05', '102', 45.00, 45.00);
INSERT INTO fin_payment_schedule VALUES ('S13', 'I12', NULL, '2026-08-20 10:00:00', '2026-09-05', '102', 50.00, 0);
INSERT INTO fin_payment_schedule VALUES ('S10', 'I10', NULL, '2026-08-07 10:00:00', '2026-09-06', '100', 10.00, 10.00);
INSERT INTO fin_payment_schedule VALUES ('S11', 'I11', NULL, '2026-08-08 10:00:00', '2026-09-07', '102', 11.00, 11.00);
INSERT INTO fin_payment_schedule VALUES ('SO1', NULL, 'O2', '2026-08-09 10:00:00', '2026-09-08', '102', 500.00, 300.00);
-- id, org, updated, isreceipt, processed, status, partner, date, currency, amount, documentno, generated, used
INSERT INTO fin_payment VALUES ('P1', 'LE1', '2026-07-31 12:00:00', 'Y', 'Y', 'RPR', 'PENA', '2026-07-30', '102', 907.50, 'R/1', 0, 0);
INSERT INTO fin_payment VALUES ('P2', 'LE1', '2026-06-20 10:00:00', 'Y', 'Y', 'RPPC', 'PENA', '2026-06-19', '102', 230.00, 'R/2', 150.00, 50.00); -- 80 paid, 150 credit left over
INSERT INTO fin_payment VALUES ('P3', 'LE1', '2026-08-20 10:00:00', 'Y', 'Y', 'RDNC', 'PENA', '2026-08-20', '102', 0, 'R/3', 0, 50.00);           -- pays F/12 out of that credit
INSERT INTO fin_payment VALUES ('P4', 'LE1', '2026-08-09 10:00:00', 'Y', 'Y', 'RPR', 'PENA', '2026-08-09', '102', 200.00, 'R/4', 0, 0);             -- for an order
INSERT INTO fin_payment VALUES ('P5', 'LE1', '2026-08-10 10:00:00', 'Y', 'Y', 'RPAE', 'PENA', '2026-08-10', '102', 302.50, 'R/5', 0, 0);            -- awaits its execution
INSERT INTO fin_payment VALUES ('P6', 'LE1', '2026-08-11 10:00:00', 'Y', 'N', 'RPAP', 'PENA', '2026-08-11', '102', 302.50, 'R/6', 0, 0);            -- a draft
INSERT INTO fin_payment VALUES ('P7', 'LE1', '2026-08-12 10:00:00', 'Y', 'Y', 'RPVOID', 'PENA', '2026-08-12', '102', 60.00, 'R/7', 60.00, 0);       -- void
INSERT INTO fin_payment VALUES ('P8', 'LE1', '2026-08-13 10:00:00', 'Y', 'Y', 'RPR', 'TOKYO', '2026-08-13', '113', 16000, 'R/8', 16000, 0);         -- credit in JPY
INSERT INTO fin_payment VALUES ('P9', 'LE1', '2026-08-20 10:00:00', 'Y', 'Y', 'RPR', 'PENA', '2026-08-19', '102', 0, 'R/9', 0, 0);                  -- sets A/2 off against the rest of F/3
INSERT INTO fin_payment_detail VALUES ('D1', 'P1');
INSERT INTO fin_payment_detail VALUES ('D2', 'P2');
INSERT INTO fin_payment_detail VALUES ('D2C', 'P2');
INSERT INTO fin_payment_detail VALUES ('D3', 'P3');
INSERT INTO fin_payment_detail VALUES ('D4', 'P4');
INSERT INTO fin_payment_detail VALUES ('D5', 'P5');
INSERT INTO fin_payment_detail VALUES ('D7', 'P7');
INSERT INTO fin_payment_detail VALUES ('D8', 'P8');
INSERT INTO fin_payment_detail VALUES ('D9', 'P9');
-- id, detail, order schedule, invoice schedule, amount, write-off, canceled, updated
INSERT INTO fin_payment_scheduledetail VALUES ('X1A', 'D1', NULL, 'S1A', 605.00, 0, 'N', '2026-07-31 12:00:00');
INSERT INTO fin_payment_scheduledetail VALUES ('X1B', 'D1', NULL, 'S1B', 302.50, 0, 'N', '2026-07-31 12:00:00');
INSERT INTO fin_payment_scheduledetail VALUES ('X2', 'D2', NULL, 'S3', 80.00, 0.50, 'N', '2026-06-20 10:00:00');
INSERT INTO fin_payment_scheduledetail VALUES ('X2C', 'D2C', NULL, NULL, 150.00, 0, 'N', '2026-06-20 10:00:00');
INSERT INTO fin_payment_scheduledetail VALUES ('X3', 'D3', NULL, 'S13', 50.00, 0, 'N', '2026-08-20 10:00:00');
INSERT INTO fin_payment_scheduledetail VALUES ('X4', 'D4', 'SO1', NULL, 200.00, 0, 'N', '2026-08-09 10:00:00');
INSERT INTO fin_payment_scheduledetail VALUES ('X5', 'D5', NULL, 'S1B', 302.50, 0, 'N', '2026-08-10 10:00:00'); -- still open: it settles nothing before its execution
INSERT INTO fin_payment_scheduledetail VALUES ('X7', 'D7', NULL, NULL, 60.00, 0, 'N', '2026-08-12 10:00:00');
INSERT INTO fin_payment_scheduledetail VALUES ('X8', 'D8', NULL, NULL, 16000, 0, 'N', '2026-08-13 10:00:00');
INSERT INTO fin_payment_scheduledetail VALUES ('X9A', 'D9', NULL, 'S3', 20.00, 0, 'N', '2026-08-20 10:00:00');
INSERT INTO fin_payment_scheduledetail VALUES ('X9B', 'D9', NULL, 'S5', -20.00, 0, 'N', '2026-08-20 10:00:00');
INSERT INTO fin_payment_credit VALUES ('FC1', 'P3', 'P2', 50.00, '102', 'Y', '2026-08-20 10:00:00');
INSERT INTO c_conversion_rate VALUES ('CR1', '113', '102', '0', '0', 'Y', 'S', '2026-01-01', '2026-12-31', 0.005);
INSERT INTO c_conversion_rate VALUES ('CR2', '113', '102', 'C1', 'LE1', 'Y', 'S', '2026-01-01', '2026-12-31', 0.006); -- the legal entity's own goes before
INSERT INTO c_conversion_rate VALUES ('CR3', '100', '102', '0', '0', 'Y', 'S', '2026-01-01', NULL, 0.80);
INSERT INTO c_conversion_rate_document VALUES ('CD1', 'I2', NULL, NULL, NULL, '100', '102', 0.90);
