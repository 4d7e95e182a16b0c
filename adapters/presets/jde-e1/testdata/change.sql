-- brings: 5001/RI/00001/002, 7001/RU/00001/001, 5004/RI/00001/001, 6001/RM/00001/001, 5005/RI/00001/001
-- A receipt is laid on an item, which brings both; a due day is moved; a credit memo is used up; a payment is voided.
UPDATE f03b11 SET rpaap = 2500, rpupmj = 126182, rpupmt = 101500 WHERE rpdoc = 5001 AND rpsfx = '002';
UPDATE f03b11 SET rpaap = -4500, rpupmj = 126183, rpupmt = 8 WHERE rpdct = 'RU';
UPDATE f03b11 SET rpddj = 126358, rpupmj = 126183, rpupmt = 9 WHERE rpdoc = 5004;
UPDATE f03b11 SET rpaap = 0, rppst = 'P', rpjcl = 126183, rpupmj = 126183, rpupmt = 10 WHERE rpdoc = 6001;
UPDATE f03b11 SET rpaap = 5000, rppst = 'A', rpjcl = 0, rpupmj = 126183, rpupmt = 11 WHERE rpdoc = 5005;
