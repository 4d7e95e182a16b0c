-- Takes Holdfast's guard and its table of requests out of the ERP. Run holdfast hold release --ours first.
IF OBJECT_ID('dbo.holdfast_guard', 'TR') IS NOT NULL DROP TRIGGER dbo.holdfast_guard;
IF OBJECT_ID('dbo.holdfast_lease', 'U') IS NOT NULL DROP TABLE dbo.holdfast_lease;
IF OBJECT_ID('dbo.holdfast_hold', 'U') IS NOT NULL DROP TABLE dbo.holdfast_hold;
IF OBJECT_ID('dbo.holdfast_request', 'U') IS NOT NULL DROP TABLE dbo.holdfast_request;
GO
