-- brings: 5001/RI/00001/002, 7001/RU/00001/001
UPDATE f03b11 SET rpaap = 2500, rpupmj = 126182, rpupmt = 101500 WHERE rpdoc = 5001 AND rpsfx = '002';
UPDATE f03b11 SET rpaap = -4500, rpupmj = 126183, rpupmt = 8 WHERE rpdct = 'RU';
