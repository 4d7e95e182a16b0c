-- Company 00001 sells in USD, EUR and JPY; 00002 is another. Days are CYYDDD: 126182 is 1 July 2026.
INSERT INTO f0010 VALUES ('00000', 'Default', ' ');
INSERT INTO f0010 VALUES ('00001', 'Harbor Pumps', 'USD');
INSERT INTO f0010 VALUES ('00002', 'Other company', 'EUR');
INSERT INTO f0013 VALUES ('USD', '2');
INSERT INTO f0013 VALUES ('EUR', '2');
INSERT INTO f0013 VALUES ('JPY', '0');
INSERT INTO f0013 VALUES ('KWD', '3');
-- 4242 pays for 4243; 4244 has a row of company 00001 beside that of 00000; 4245 is of 00002 only; 4246 a supplier.
INSERT INTO f0101 VALUES (4242, 'WEISS', 'Weiß & Jäger', 'G');
INSERT INTO f0101 VALUES (4243, 'WEISS-2', 'Weiß Filiale', '  ');
INSERT INTO f0101 VALUES (4244, ' ', '東京商店', 'J');
INSERT INTO f0101 VALUES (4245, ' ', 'Other', ' ');
INSERT INTO f0101 VALUES (4246, ' ', 'Supplier', ' ');
INSERT INTO f03012 VALUES (4242, '00000', 5000, 'EUR', 'N30', 0, 'CARLA', ' ', 'Y', '  ', 'SCOTT', 'P03013', 126170, 93005);
INSERT INTO f03012 VALUES (4243, '00000', 0, '   ', '   ', 4242, ' ', 'COLIN', 'N', '  ', 'SCOTT', 'P03013', 126170, 93005);
INSERT INTO f03012 VALUES (4244, '00000', 1, ' ', ' ', 0, ' ', ' ', ' ', '  ', 'SCOTT', 'P03013', 126170, 1);
INSERT INTO f03012 VALUES (4244, '00001', 2500, 'JPY', ' ', 0, ' ', ' ', ' ', 'A1', 'SCOTT', 'P03013', 126171, 235959);
INSERT INTO f03012 VALUES (4245, '00002', 0, ' ', ' ', 0, ' ', ' ', ' ', '  ', 'SCOTT', 'P03013', 126170, 93005);
-- Two addresses, one of them from a day to come.
INSERT INTO f0116 VALUES (4242, 120001, 'Alte Str. 1', ' ', 'Kiel', ' ', '24103', 'DE');
INSERT INTO f0116 VALUES (4242, 125001, 'Hafen 1', 'Tor 4', 'Kiel', 'SH', '24103', 'DE');
INSERT INTO f0116 VALUES (4242, 199001, 'Zukunft 1', ' ', 'Kiel', ' ', '24103', 'DE');
INSERT INTO f0116 VALUES (4244, 125001, '千代田 1', ' ', '東京', ' ', '100-0001', 'JPN');
INSERT INTO f0111 VALUES (4242, 0, 'Weiß & Jäger');
INSERT INTO f0111 VALUES (4242, 1, 'Eva Weiß');
INSERT INTO f0111 VALUES (4246, 0, 'Supplier');
INSERT INTO f01151 VALUES (4242, 0, 1, 'E', 'info@weiss.example.net');
INSERT INTO f01151 VALUES (4242, 1, 1, 'E', 'eva@weiss.example.net');
INSERT INTO f01151 VALUES (4242, 1, 2, 'I', 'https://weiss.example.net');
INSERT INTO f01151 VALUES (4246, 0, 1, 'E', 's@supplier.example.net');
INSERT INTO f0115 VALUES (4242, 0, 1, '    ', '0431', '555-0100');
INSERT INTO f0115 VALUES (4242, 1, 1, 'FAX ', '0431', '555-0101');
INSERT INTO f0115 VALUES (4242, 1, 2, 'CAR ', ' ', '0171 5550102');
-- Two pay items, the first part-paid; the branch's, with another payor.
INSERT INTO f03b11 VALUES (5001, 'RI', '00001', '001', 4242, 4242, '00001', 'D', 'A', 126182, 126182, 126212, 0, 10000, 6000, 'D', 'USD', 0, 0, ' ', 'PO 77', 77001, 126182, 93005);
INSERT INTO f03b11 VALUES (5001, 'RI', '00001', '002', 4242, 4242, '00001', 'D', 'H', 126182, 126182, 126243, 0, 10000, 10000, 'D', 'USD', 0, 0, ' ', 'PO 77', 77001, 126182, 93005);
INSERT INTO f03b11 VALUES (5002, 'RI', '00001', '001', 4243, 4242, '00001', 'D', 'A', 126182, 126182, 126212, 0, 2550, 2550, 'D', 'USD', 0, 0, ' ', ' ', 0, 126182, 93005);
-- In EUR at 1.1, part-paid; in JPY without decimals; paid with 1 discount and 2 written off; closed in its own currency with a cent left in the books.
INSERT INTO f03b11 VALUES (5003, 'RI', '00001', '001', 4242, 4242, '00001', 'D', 'A', 126182, 126182, 126212, 0, 11000, 6600, 'F', 'EUR', 10000, 6000, ' ', ' ', 0, 126182, 93005);
INSERT INTO f03b11 VALUES (5004, 'RI', '00001', '001', 4244, 4244, '00001', 'D', 'A', 126182, 126182, 126212, 0, 6030, 6030, 'F', 'JPY', 9000, 9000, ' ', ' ', 0, 126182, 1);
INSERT INTO f03b11 VALUES (5005, 'RI', '00001', '001', 4242, 4242, '00001', 'D', 'P', 126182, 126182, 126212, 126217, 5000, 0, 'D', 'USD', 0, 0, ' ', ' ', 0, 126182, 93005);
INSERT INTO f03b11 VALUES (5006, 'RI', '00001', '001', 4242, 4242, '00001', 'D', 'P', 126182, 126182, 126212, 126218, 1101, 1, 'F', 'EUR', 1001, 0, ' ', ' ', 0, 126182, 93005);
-- Credit memo, open; unapplied receipt; finance charge; chargeback; retention; no due day.
INSERT INTO f03b11 VALUES (6001, 'RM', '00001', '001', 4242, 4242, '00001', 'D', 'A', 126182, 126182, 126186, 0, -3000, -2000, 'D', 'USD', 0, 0, ' ', ' ', 0, 126182, 93005);
INSERT INTO f03b11 VALUES (7001, 'RU', '00001', '001', 4242, 4242, '00001', 'D', 'A', 126182, 126182, 126212, 0, -12000, -7000, 'D', 'USD', 0, 0, ' ', ' ', 0, 126182, 93005);
INSERT INTO f03b11 VALUES (8001, 'RF', '00001', '001', 4242, 4242, '00001', 'D', 'A', 126182, 126182, 126212, 0, 125, 125, 'D', 'USD', 0, 0, ' ', ' ', 0, 126182, 93005);
INSERT INTO f03b11 VALUES (8002, 'RB', '00001', '001', 4242, 4242, '00001', 'D', 'A', 126182, 126182, 126212, 0, 4000, 4000, 'D', 'USD', 0, 0, ' ', ' ', 0, 126182, 93005);
INSERT INTO f03b11 VALUES (5007, 'RI', '00001', '001', 4242, 4242, '00001', 'D', 'R', 126182, 126182, 126212, 0, 50000, 50000, 'D', 'USD', 0, 0, ' ', ' ', 0, 126182, 93005);
INSERT INTO f03b11 VALUES (5008, 'RR', '00001', '001', 4242, 4242, '00001', 'D', 'A', 126182, 126182, 0, 0, 700, 700, 'D', 'USD', 0, 0, ' ', ' ', 0, 126182, 93005);
-- Not posted; void; of the other company, with the same number.
INSERT INTO f03b11 VALUES (5009, 'RI', '00001', '001', 4242, 4242, '00001', ' ', 'A', 126182, 126182, 126212, 0, 100, 100, 'D', 'USD', 0, 0, ' ', ' ', 0, 126182, 93005);
INSERT INTO f03b11 VALUES (5010, 'RI', '00001', '001', 4242, 4242, '00001', 'D', 'P', 126182, 126182, 126212, 126190, 0, 0, 'D', 'USD', 0, 0, 'V', ' ', 0, 126182, 93005);
INSERT INTO f03b11 VALUES (5001, 'RI', '00002', '001', 4245, 4245, '00002', 'D', 'A', 126182, 126182, 126212, 0, 900, 900, 'D', 'EUR', 0, 0, ' ', ' ', 0, 126182, 93005);
-- Receipts: 40 on 5001; EUR 40; 47 with 1 discount and 2 written off on 5005; 10 of the credit memo used; what waits as RU; one voided.
INSERT INTO f03b14 VALUES (1, 1, 5001, 'RI', '00001', '001', 126213, 126213, 4000, 0, 0, 0, 0, 0, 0);
INSERT INTO f03b14 VALUES (1, 2, 5003, 'RI', '00001', '001', 126213, 126213, 4400, 4000, 0, 0, 0, 0, 0);
INSERT INTO f03b14 VALUES (2, 1, 5005, 'RI', '00001', '001', 126217, 126217, 4700, 0, 100, 0, 200, 0, 0);
INSERT INTO f03b14 VALUES (2, 2, 6001, 'RM', '00001', '001', 126217, 126217, -1000, 0, 0, 0, 0, 0, 0);
INSERT INTO f03b14 VALUES (3, 1, 7001, 'RU', '00001', '001', 126214, 126214, -12000, 0, 0, 0, 0, 0, 0);
INSERT INTO f03b14 VALUES (4, 1, 5002, 'RI', '00001', '001', 126215, 126215, 2550, 0, 0, 0, 0, 0, 126220);
