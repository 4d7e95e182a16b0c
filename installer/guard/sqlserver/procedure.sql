-- The frame of holdfast_set_hold: Holdfast calls it, and you fill in how your ERP wants a hold to be written.
-- It must change the hold only while it is as seen (and version) say, else leave it alone and return: Holdfast reads the
-- hold back in the same transaction and takes what it finds. An error that it raises is shown and undoes everything.
--   company, customer  the keys as companies.sql and customers.sql of the preset give them
--   value              what the hold is to be; NULL: as if there were none
--   seen, version      what Holdfast read before; NULL where there was none

CREATE PROCEDURE dbo.holdfast_set_hold
	@company nvarchar(100), @customer nvarchar(100), @value nvarchar(200), @seen nvarchar(200), @version nvarchar(200)
AS
BEGIN
	SET NOCOUNT ON;
	THROW 51002, N'holdfast_set_hold is not filled in yet', 1;
END
GO
GRANT EXECUTE ON dbo.holdfast_set_hold TO holdfast_hold;
GO
