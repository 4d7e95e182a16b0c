-- brings:    1001/        5001/1,    1001/        5002/1
-- gone: documents/   1001/        5001/4800/1, documents/   1001/        5002/4712/0, documents/   1001/0/4712/0, documents/   1001/0/4800/0
-- A payment is posted; money on account is applied, after which it is no document.
INSERT INTO dbo.artran_mst VALUES (N'OHIO', N'   1001', N'        5001', 4800, 1, 'P', N'        5001', '20261110', NULL, '20261110', NULL, 1, 50, 0, 0, 0, 0, '20261110 12:00:00');
UPDATE dbo.artran_mst SET inv_num = N'        5002', apply_to_inv_num = N'        5002', RecordDate = '20261110 12:01:00' WHERE site_ref = N'OHIO' AND inv_num = N'0' AND inv_seq = 4712;
