-- Two operating units of one ledger group: 204 in USD, 458 in GBP. A seeded row is below zero.
INSERT INTO ar_system_parameters_all VALUES (204, 1);
INSERT INTO ar_system_parameters_all VALUES (458, 2);
INSERT INTO ar_system_parameters_all VALUES (-3113, 1);
INSERT INTO hr_all_organization_units VALUES (204, 'Vision Operations');
INSERT INTO hr_all_organization_units VALUES (458, 'Vision Services (UK)');
INSERT INTO hr_all_organization_units VALUES (-3113, 'Seeded');
INSERT INTO gl_ledgers VALUES (1, 'USD');
INSERT INTO gl_ledgers VALUES (2, 'GBP');
-- Parties 1 and 2 are customers; 3 is a person, 4 the relationship between them.
INSERT INTO hz_parties VALUES (1, 'Weiß & Jäger GmbH');
INSERT INTO hz_parties VALUES (2, '東京商店');
INSERT INTO hz_parties VALUES (3, 'Eva Weiß');
INSERT INTO hz_parties VALUES (4, 'Eva Weiß-Weiß & Jäger GmbH');
-- Two accounts of one party; one on hold by a person; one that only the other unit knows.
INSERT INTO hz_cust_accounts VALUES (1001, 1, '1608', 'Weiß trade', 'A');
INSERT INTO hz_cust_accounts VALUES (1002, 1, '1609', NULL, 'A');
INSERT INTO hz_cust_accounts VALUES (1003, 2, '1610', NULL, 'I');
INSERT INTO hz_cust_accounts VALUES (1004, 2, '1611', NULL, 'A');
-- The account profile has no site use; a site has one of its own, with its own hold.
INSERT INTO hz_customer_profiles VALUES (1, 1001, NULL, 7, 'N', 4, 'Y', 3, TO_DATE('2026-07-01 10:00:00', 'YYYY-MM-DD HH24:MI:SS'), 1);
INSERT INTO hz_customer_profiles VALUES (2, 1001, 501, 7, 'Y', 4, 'Y', 1, TO_DATE('2026-07-01 10:00:00', 'YYYY-MM-DD HH24:MI:SS'), 1);
INSERT INTO hz_customer_profiles VALUES (3, 1002, NULL, NULL, 'Y', NULL, 'N', 1, TO_DATE('2026-07-01 10:00:00', 'YYYY-MM-DD HH24:MI:SS'), 1);
INSERT INTO hz_customer_profiles VALUES (4, 1003, NULL, NULL, NULL, NULL, NULL, NULL, TO_DATE('2026-07-01 10:00:00', 'YYYY-MM-DD HH24:MI:SS'), 1);
INSERT INTO hz_cust_profile_amts VALUES (1, 'USD', 5000);
INSERT INTO hz_cust_profile_amts VALUES (1, 'EUR', 4000);
INSERT INTO hz_cust_profile_amts VALUES (2, 'USD', 10);
INSERT INTO ar_collectors VALUES (7, 'Carla Collector');
INSERT INTO ra_terms_tl VALUES (4, 'US', '30 NET');
INSERT INTO ra_terms_tl VALUES (4, 'D', '30 Tage');
INSERT INTO hz_cust_acct_sites_all VALUES (301, 1001, 201, 204);
INSERT INTO hz_cust_acct_sites_all VALUES (302, 1001, 202, 204);
INSERT INTO hz_cust_acct_sites_all VALUES (303, 1002, 201, 204);
INSERT INTO hz_cust_acct_sites_all VALUES (304, 1003, 203, 458);
INSERT INTO hz_cust_acct_sites_all VALUES (305, 1004, 203, 458);
INSERT INTO hz_cust_site_uses_all VALUES (500, 302, 'BILL_TO', 'N', 'A');
INSERT INTO hz_cust_site_uses_all VALUES (501, 301, 'BILL_TO', 'Y', 'A');
INSERT INTO hz_cust_site_uses_all VALUES (502, 301, 'SHIP_TO', 'Y', 'A');
INSERT INTO hz_cust_site_uses_all VALUES (503, 303, 'BILL_TO', 'Y', 'I');
INSERT INTO hz_party_sites VALUES (201, 101);
INSERT INTO hz_party_sites VALUES (202, 102);
INSERT INTO hz_party_sites VALUES (203, 103);
INSERT INTO hz_locations VALUES (101, 'Hafen 1', 'Tor 4', 'Kiel', NULL, '24103', 'DE');
INSERT INTO hz_locations VALUES (102, 'Lager 9', NULL, 'Kiel', NULL, '24104', 'DE');
INSERT INTO hz_locations VALUES (103, '千代田 1', NULL, '東京', NULL, '100-0001', 'JP');
INSERT INTO hz_cust_account_roles VALUES (401, 4, 1001, 'CONTACT', 'A');
INSERT INTO hz_cust_account_roles VALUES (402, 4, 1002, 'CONTACT', 'I');
INSERT INTO hz_role_responsibility VALUES (401, 'BILL_TO');
INSERT INTO hz_role_responsibility VALUES (401, 'DUN');
-- Each relationship has a row in either direction.
INSERT INTO hz_relationships VALUES (601, 4, 3, 'PERSON', 'HZ_PARTIES');
INSERT INTO hz_relationships VALUES (601, 4, 1, 'ORGANIZATION', 'HZ_PARTIES');
INSERT INTO hz_contact_points VALUES (701, 'EMAIL', 'A', 'HZ_PARTIES', 1, 'info@weiss.example.net', NULL, NULL, NULL, NULL);
INSERT INTO hz_contact_points VALUES (702, 'EMAIL', 'A', 'HZ_PARTIES', 4, 'eva@weiss.example.net', NULL, NULL, NULL, NULL);
INSERT INTO hz_contact_points VALUES (703, 'PHONE', 'A', 'HZ_PARTIES', 4, NULL, '171', '49', '5550100', 'MOBILE');
INSERT INTO hz_contact_points VALUES (704, 'PHONE', 'A', 'HZ_PARTIES', 1, NULL, '431', NULL, '5550101', 'GEN');
INSERT INTO hz_contact_points VALUES (705, 'PHONE', 'A', 'HZ_PARTIES', 1, NULL, '431', NULL, '5550102', 'FAX');
INSERT INTO hz_contact_points VALUES (706, 'EMAIL', 'I', 'HZ_PARTIES', 1, 'old@weiss.example.net', NULL, NULL, NULL, NULL);
INSERT INTO hz_contact_points VALUES (707, 'EMAIL', 'A', 'HZ_PARTY_SITES', 201, 'site@weiss.example.net', NULL, NULL, NULL, NULL);
INSERT INTO ra_customer_trx_all VALUES (801, 'PO 77', 'SO 5001', 'Y', TO_DATE('2026-07-01 10:00:00', 'YYYY-MM-DD HH24:MI:SS'));
INSERT INTO ra_customer_trx_all VALUES (802, NULL, NULL, 'Y', TO_DATE('2026-07-01 10:00:00', 'YYYY-MM-DD HH24:MI:SS'));
INSERT INTO ra_customer_trx_all VALUES (803, NULL, NULL, 'Y', TO_DATE('2026-07-01 10:00:00', 'YYYY-MM-DD HH24:MI:SS'));
INSERT INTO ra_customer_trx_all VALUES (804, NULL, NULL, 'N', TO_DATE('2026-07-01 10:00:00', 'YYYY-MM-DD HH24:MI:SS'));
INSERT INTO ra_customer_trx_all VALUES (805, NULL, NULL, 'Y', TO_DATE('2026-07-01 10:00:00', 'YYYY-MM-DD HH24:MI:SS'));
INSERT INTO ar_cash_receipts_all VALUES (901, 'APP', TO_DATE('2026-07-01 10:00:00', 'YYYY-MM-DD HH24:MI:SS'));
INSERT INTO ar_cash_receipts_all VALUES (902, 'UNAPP', TO_DATE('2026-07-01 10:00:00', 'YYYY-MM-DD HH24:MI:SS'));
INSERT INTO ar_cash_receipts_all VALUES (903, 'REV', TO_DATE('2026-07-01 10:00:00', 'YYYY-MM-DD HH24:MI:SS'));
INSERT INTO ar_cash_receipts_all VALUES (904, 'UNID', TO_DATE('2026-07-01 10:00:00', 'YYYY-MM-DD HH24:MI:SS'));
-- Split terms: the first instalment part-paid, with a dispute on the second.
INSERT INTO ar_payment_schedules_all VALUES (1, 204, 1001, 'INV', 'OP', 'I-801', DATE '2026-07-01', DATE '2026-07-01', DATE '2026-07-31', 1, 'USD', NULL, 100, 60, 60, NULL, DATE '4712-12-31', 801, NULL, 12, NULL, TO_DATE('2026-07-01 10:00:00', 'YYYY-MM-DD HH24:MI:SS'));
INSERT INTO ar_payment_schedules_all VALUES (2, 204, 1001, 'INV', 'OP', 'I-801', DATE '2026-07-01', DATE '2026-07-01', DATE '2026-08-31', 2, 'USD', NULL, 100, 100, 100, 25.5, DATE '4712-12-31', 801, NULL, 12, NULL, TO_DATE('2026-07-01 10:00:00', 'YYYY-MM-DD HH24:MI:SS'));
-- In EUR, booked at 1.1; paid; a credit memo; a receipt with 30 on account; a receipt that bounced.
INSERT INTO ar_payment_schedules_all VALUES (3, 204, 1001, 'INV', 'OP', 'I-802', DATE '2026-07-02', DATE '2026-07-02', DATE '2026-08-01', 1, 'EUR', 1.1, 100, 100, 110, NULL, DATE '4712-12-31', 802, NULL, NULL, NULL, TO_DATE('2026-07-01 10:00:00', 'YYYY-MM-DD HH24:MI:SS'));
INSERT INTO ar_payment_schedules_all VALUES (4, 204, 1001, 'INV', 'CL', 'I-803', DATE '2026-07-03', DATE '2026-07-03', DATE '2026-08-02', 1, 'USD', NULL, 50, 0, 0, NULL, DATE '2026-08-05', 803, NULL, NULL, NULL, TO_DATE('2026-07-01 10:00:00', 'YYYY-MM-DD HH24:MI:SS'));
INSERT INTO ar_payment_schedules_all VALUES (5, 204, 1001, 'CM', 'OP', 'CM-805', DATE '2026-07-05', DATE '2026-07-05', DATE '2026-07-05', 1, 'USD', NULL, -30, -20, -20, NULL, DATE '4712-12-31', 805, NULL, NULL, NULL, TO_DATE('2026-07-01 10:00:00', 'YYYY-MM-DD HH24:MI:SS'));
INSERT INTO ar_payment_schedules_all VALUES (6, 204, 1001, 'PMT', 'OP', 'R-901', DATE '2026-08-05', DATE '2026-08-05', DATE '2026-08-05', 1, 'USD', NULL, -109, -30, -30, NULL, DATE '4712-12-31', NULL, 901, NULL, 'Y', TO_DATE('2026-07-01 10:00:00', 'YYYY-MM-DD HH24:MI:SS'));
INSERT INTO ar_payment_schedules_all VALUES (7, 204, 1002, 'PMT', 'CL', 'R-903', DATE '2026-08-06', DATE '2026-08-06', DATE '2026-08-06', 1, 'USD', NULL, -70, 0, 0, NULL, DATE '2026-08-20', NULL, 903, NULL, NULL, TO_DATE('2026-07-01 10:00:00', 'YYYY-MM-DD HH24:MI:SS'));
-- A debit memo, a chargeback and a deposit; not complete; not confirmed; of nobody; seeded; of the other unit.
INSERT INTO ar_payment_schedules_all VALUES (8, 204, 1002, 'DM', 'OP', 'DM-8', DATE '2026-07-08', DATE '2026-07-08', DATE '2026-07-08', 1, 'USD', NULL, 12.5, 10, 10, 0, DATE '4712-12-31', NULL, NULL, NULL, NULL, TO_DATE('2026-07-01 10:00:00', 'YYYY-MM-DD HH24:MI:SS'));
INSERT INTO ar_payment_schedules_all VALUES (9, 204, 1002, 'CB', 'OP', 'CB-9', DATE '2026-07-09', DATE '2026-07-09', DATE '2026-08-08', 1, 'JPY', 0.0067, 9000, 9000, 60.3, NULL, DATE '4712-12-31', NULL, NULL, NULL, NULL, TO_DATE('2026-07-01 10:00:00', 'YYYY-MM-DD HH24:MI:SS'));
INSERT INTO ar_payment_schedules_all VALUES (10, 204, 1002, 'DEP', 'OP', 'DEP-10', DATE '2026-07-10', DATE '2026-07-10', DATE '2026-08-09', 1, 'USD', NULL, 500, 500, 500, NULL, DATE '4712-12-31', NULL, NULL, NULL, NULL, TO_DATE('2026-07-01 10:00:00', 'YYYY-MM-DD HH24:MI:SS'));
INSERT INTO ar_payment_schedules_all VALUES (11, 204, 1001, 'INV', 'OP', 'I-804', DATE '2026-07-11', DATE '2026-07-11', DATE '2026-08-10', 1, 'USD', NULL, 1, 1, 1, NULL, DATE '4712-12-31', 804, NULL, NULL, NULL, TO_DATE('2026-07-01 10:00:00', 'YYYY-MM-DD HH24:MI:SS'));
INSERT INTO ar_payment_schedules_all VALUES (12, 204, 1001, 'PMT', 'OP', 'R-902', DATE '2026-07-12', DATE '2026-07-12', DATE '2026-07-12', 1, 'USD', NULL, -2, -2, -2, NULL, DATE '4712-12-31', NULL, 902, NULL, 'N', TO_DATE('2026-07-01 10:00:00', 'YYYY-MM-DD HH24:MI:SS'));
INSERT INTO ar_payment_schedules_all VALUES (13, 204, NULL, 'PMT', 'OP', 'R-904', DATE '2026-07-13', DATE '2026-07-13', DATE '2026-07-13', 1, 'USD', NULL, -3, -3, -3, NULL, DATE '4712-12-31', NULL, 904, NULL, NULL, TO_DATE('2026-07-01 10:00:00', 'YYYY-MM-DD HH24:MI:SS'));
INSERT INTO ar_payment_schedules_all VALUES (-1, 204, 1001, 'INV', 'OP', 'SEED', DATE '2026-07-13', DATE '2026-07-13', DATE '2026-07-13', 1, 'USD', NULL, 0, 0, 0, NULL, DATE '4712-12-31', NULL, NULL, NULL, NULL, TO_DATE('2026-07-01 10:00:00', 'YYYY-MM-DD HH24:MI:SS'));
INSERT INTO ar_payment_schedules_all VALUES (14, 458, 1003, 'INV', 'OP', 'UK-1', DATE '2026-07-14', DATE '2026-07-14', DATE '2026-08-13', 1, 'GBP', NULL, 9, 9, 9, NULL, DATE '4712-12-31', NULL, NULL, NULL, NULL, TO_DATE('2026-07-01 10:00:00', 'YYYY-MM-DD HH24:MI:SS'));
-- Receipt 6: 40 on the first instalment, 40 on invoice 4 with 1 discount; its counter-rows; credit memo 10 on invoice 4; one taken back.
INSERT INTO ar_receivable_applications_all VALUES (1, 204, 6, 1, 40, 0, 0, DATE '2026-08-05', DATE '2026-08-05', 'APP', 'Y', TO_DATE('2026-07-01 10:00:00', 'YYYY-MM-DD HH24:MI:SS'));
INSERT INTO ar_receivable_applications_all VALUES (2, 204, 6, NULL, -40, NULL, NULL, DATE '2026-08-05', DATE '2026-08-05', 'UNAPP', 'N', TO_DATE('2026-07-01 10:00:00', 'YYYY-MM-DD HH24:MI:SS'));
INSERT INTO ar_receivable_applications_all VALUES (3, 204, 6, 4, 39, 1, NULL, DATE '2026-08-05', DATE '2026-08-05', 'APP', 'Y', TO_DATE('2026-07-01 10:00:00', 'YYYY-MM-DD HH24:MI:SS'));
INSERT INTO ar_receivable_applications_all VALUES (4, 204, 5, 4, 10, NULL, NULL, DATE '2026-08-04', DATE '2026-08-04', 'APP', 'Y', TO_DATE('2026-07-01 10:00:00', 'YYYY-MM-DD HH24:MI:SS'));
INSERT INTO ar_receivable_applications_all VALUES (5, 204, 7, 8, 12.5, NULL, NULL, DATE '2026-08-06', DATE '2026-08-06', 'APP', 'N', TO_DATE('2026-07-01 10:00:00', 'YYYY-MM-DD HH24:MI:SS'));
INSERT INTO ar_receivable_applications_all VALUES (6, 204, 7, 8, -12.5, NULL, NULL, DATE '2026-08-20', DATE '2026-08-20', 'APP', 'N', TO_DATE('2026-07-01 10:00:00', 'YYYY-MM-DD HH24:MI:SS'));
INSERT INTO ar_receivable_applications_all VALUES (7, 204, 6, -1, 30, NULL, NULL, DATE '2026-08-05', DATE '2026-08-05', 'ACC', 'Y', TO_DATE('2026-07-01 10:00:00', 'YYYY-MM-DD HH24:MI:SS'));
INSERT INTO ar_adjustments_all VALUES (1, 204, 4, 0, DATE '2026-08-05', DATE '2026-08-05', 'R', TO_DATE('2026-07-01 10:00:00', 'YYYY-MM-DD HH24:MI:SS'));
INSERT INTO ar_adjustments_all VALUES (2, 204, 3, -0.5, DATE '2026-08-05', DATE '2026-08-05', 'W', TO_DATE('2026-07-01 10:00:00', 'YYYY-MM-DD HH24:MI:SS'));
INSERT INTO ar_adjustments_all VALUES (3, 204, 8, -2.5, DATE '2026-08-07', DATE '2026-08-07', 'A', TO_DATE('2026-07-01 10:00:00', 'YYYY-MM-DD HH24:MI:SS'));
