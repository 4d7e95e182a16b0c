-- The frame of holdfast_set_hold: Holdfast calls it, and you fill in how your ERP wants a hold to be written.
-- It must change the hold only while it is as seen (and version) say, else leave it alone and return: Holdfast reads the
-- hold back in the same transaction and takes what it finds. An error that it raises is shown and undoes everything.
--   company, customer  the keys as companies.sql and customers.sql of the preset give them
--   value              what the hold is to be; NULL: as if there were none
--   seen, version      what Holdfast read before; NULL where there was none

CREATE OR REPLACE PROCEDURE holdfast_set_hold(
	company IN VARCHAR2, customer IN VARCHAR2, value IN VARCHAR2, seen IN VARCHAR2, version IN VARCHAR2)
AS
BEGIN
	RAISE_APPLICATION_ERROR(-20902, 'holdfast_set_hold is not filled in yet');
END;
/
GRANT EXECUTE ON holdfast_set_hold TO holdfast_hold;
