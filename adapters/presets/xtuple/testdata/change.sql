-- brings: 1, 4
UPDATE aropen SET aropen_paid = 25 WHERE aropen_id = 1;
UPDATE incdt SET incdt_status = 'L' WHERE incdt_aropen_id = 4;
