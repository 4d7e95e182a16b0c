-- brings:    1001/        5001/1
INSERT INTO dbo.artran_mst VALUES (N'OHIO', N'   1001', N'        5001', 4800, 1, 'P', N'        5001', '20261110', NULL, '20261110', NULL, 1, 50, 0, 0, 0, 0, '20261110 12:00:00');
