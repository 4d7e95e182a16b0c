-- A company that sells in USD and EUR. A rate is what one dollar is worth.
INSERT INTO metric (metric_name, metric_value) VALUES ('remitto_name', 'Harbor Pumps'), ('DefaultTerms', '1');
INSERT INTO curr_symbol VALUES (1, true, 'USD'), (2, false, 'EUR'), (3, false, 'JPY');
INSERT INTO curr_rate (curr_id, curr_rate, curr_effective, curr_expires) VALUES (2, 0.8, '2000-01-01', '2100-01-01'), (2, 0.9, '1990-01-01', '1999-12-31');
INSERT INTO country (country_abbr, country_name) VALUES ('DE', 'Germany'), ('US', 'United States');
INSERT INTO custtype VALUES (1, 'WHOLESALE');
INSERT INTO terms VALUES (1, 'NET-30');
INSERT INTO salesrep VALUES (1, 'Sam Seller');
INSERT INTO addr VALUES (1, 'Hafen 1', 'Tor 4', 'Kiel', '', '24103', 'Germany'), (2, '10 Dock St', '', 'Mobile', 'AL', '36602', 'Narnia');
INSERT INTO cntct VALUES
	(1, 1, 'Eva', 'Weiß', true, '+49 431 555 0100', 'ap@weiss.example.net'), (2, NULL, 'Udo', 'Jäger', true, '', 'udo@weiss.example.net'),
	(3, 2, '東京', '商店', false, NULL, '');
INSERT INTO custinfo VALUES
	(1, 'WEISS', 'Weiß & Jäger', true, 1, 1, 1, 5000, 'G', 2, 2, 1, 2),
	(2, 'HELD', 'Held by a person', true, 1, 1, 1, 0, 'H', 1, 1, 3, 3),
	(3, 'WARNED', '', false, NULL, NULL, NULL, 100, 'W', 1, 1, NULL, NULL);
INSERT INTO aropen (aropen_id, aropen_doctype, aropen_docnumber, aropen_docdate, aropen_duedate, aropen_cust_id, aropen_ponumber, aropen_ordernumber,
	aropen_amount, aropen_paid, aropen_open, aropen_curr_id, aropen_curr_rate, aropen_closedate, aropen_distdate, aropen_notes) VALUES
	(1, 'I', '6001', '2026-07-01', '2026-07-31', 1, 'PO 77', '5001', 100, 0, true, 1, 1, NULL, '2026-07-01', ''),          -- open
	(2, 'I', '6002', '2026-07-02', '2026-08-01', 1, '', '', 100, 40, true, 2, 0.8, NULL, '2026-07-02', ''),                -- EUR, part-paid in dollars
	(3, 'I', '6003', '2026-07-03', '2026-08-02', 1, '', '', 50, 50, false, 1, 1, '2026-08-05', '2026-07-03', ''),          -- paid by cash and credit memo
	(4, 'D', '7001', '2026-07-04', '2026-08-03', 2, NULL, NULL, 12.5, 0, true, 1, 1, NULL, '2026-07-04', 'Bank charge'),   -- debit memo, in dispute
	(5, 'C', '8001', '2026-07-05', '2026-07-05', 1, '', '', 30, 10, true, 1, 1, NULL, '2026-07-05', 'Returned'),           -- credit memo, 10 of it used
	(6, 'C', '8002', '2026-07-06', '2026-07-06', 2, '', '', 20, 0, true, 1, 1, NULL, '2026-07-06', 'Unapplied from C-4711'), -- what a receipt left
	(7, 'R', '8003', '2026-07-07', '2026-07-07', 2, '', '', 80, 0, true, 2, 0.8, NULL, '2026-07-07', 'Unapplied from W-4712'), -- customer deposit in EUR
	(8, 'C', '8004', '2026-07-08', '2026-07-08', 2, '', '', 15, 15, false, 1, 1, '2026-07-20', '2026-07-08', ''),          -- paid out by cheque
	(9, 'I', '6004', '2026-07-09', '2026-08-08', 2, '', '', 60, 59.99, false, 1, 1, '2026-08-10', '2026-07-09', ''),       -- closed with a cent left
	(10, 'I', '6005', '2026-07-10', '2026-08-09', 3, '', '', 9000, 0, true, 3, 150, NULL, '2026-07-10', ''),               -- JPY
	(11, 'I', '6006', '2026-07-11', '2026-08-10', NULL, '', '', 1, 0, true, 1, 1, NULL, '2026-07-11', '');                 -- of nobody
INSERT INTO arapply (arapply_id, arapply_cust_id, arapply_source_doctype, arapply_source_aropen_id, arapply_target_doctype, arapply_target_aropen_id,
	arapply_applied, arapply_target_paid, arapply_postdate, arapply_distdate) VALUES
	(1, 1, 'K', -1, 'I', 2, 50, 40, '2026-08-01', '2026-08-01'),      -- USD 50 are EUR 40
	(2, 1, 'K', -1, 'I', 3, 40, 40, '2026-08-05', '2026-08-05'),
	(3, 1, 'C', 5, 'I', 3, 10, 10, '2026-08-04', '2026-08-04'),
	(4, 2, 'C', 8, 'K', -1, 15, 15, '2026-07-20', '2026-07-20'),      -- the cheque
	(5, 2, 'K', -1, 'I', 9, 59.99, NULL, '2026-08-10', '2026-08-10'),
	(6, 2, 'K', -1, 'Misc.', -1, 5, 5, '2026-08-10', '2026-08-10');   -- to no item
INSERT INTO incdt (incdt_aropen_id, incdt_status, incdt_summary) VALUES (4, 'N', 'Charge not agreed'), (1, 'L', 'Settled long ago'), (NULL, 'N', 'Pump is loud');
INSERT INTO cohead VALUES (1, 1, 'O', 'N', 1), (2, 1, 'O', 'S', 1), (3, 1, 'C', 'N', 1), (4, 1, 'O', NULL, 2);
INSERT INTO coitem (coitem_cohead_id, coitem_status, coitem_qtyord, coitem_qtyshipped, coitem_qtyreturned, coitem_qty_invuomratio, coitem_price, coitem_price_invuomratio) VALUES
	(1, 'O', 10, 4, 0, 1, 12.5, 1), (1, 'C', 5, 0, 0, 1, 99, 1), (2, 'O', 2, 0, NULL, 12, 24, 12), (3, 'C', 1, 1, 0, 1, 5, 1), (4, 'O', 1, 3, 0, 1, 5, 1);
