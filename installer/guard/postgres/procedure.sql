-- The frame of holdfast_set_hold: Holdfast calls it, and you fill in how your ERP wants a hold to be written.
-- It must change the hold only while it is as seen (and version) say, else leave it alone and return: Holdfast reads the
-- hold back in the same transaction and takes what it finds. An error that it raises is shown and undoes everything.
--   company, customer  the keys as companies.sql and customers.sql of the preset give them
--   value              what the hold is to be; NULL: as if there were none
--   seen, version      what Holdfast read before; NULL where there was none

CREATE FUNCTION holdfast_set_hold(company text, customer text, value text, seen text, version text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
	RAISE EXCEPTION 'holdfast_set_hold is not filled in yet';
END
$$;
REVOKE ALL ON FUNCTION holdfast_set_hold(text, text, text, text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION holdfast_set_hold(text, text, text, text, text) TO holdfast_hold;
