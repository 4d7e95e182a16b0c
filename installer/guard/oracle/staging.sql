-- Holdfast's table of requests. Holdfast writes no column of the ERP: it asks here, and a job of your own does
-- it through the ERP's own interface. Read it, then run it in the ERP's database.
--
-- What the job does, every minute or so, for each row whose done_at is empty, oldest first:
--   1. look at the customer's hold in the ERP; if it is not as "seen" says (empty: no value), somebody changed it: do nothing;
--   2. make it "wanted" (empty: take the value away) through the ERP's own interface;
--   3. set done_at to now, and outcome to 'done' or to a sentence that says why not. It stands in the hold journal.
-- Holdfast looks at the ERP's own flag to see whether it is so, and reads outcome once.

CREATE TABLE holdfast_request (
	id       NUMBER(18) GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	company  VARCHAR2(100) NOT NULL,
	customer VARCHAR2(100) NOT NULL,
	wanted   VARCHAR2(200),
	seen     VARCHAR2(200),
	asked_at TIMESTAMP WITH TIME ZONE NOT NULL,
	done_at  TIMESTAMP WITH TIME ZONE,
	outcome  VARCHAR2(400),
	told_at  TIMESTAMP WITH TIME ZONE
);
CREATE INDEX holdfast_request_waiting ON holdfast_request (company, customer, done_at);

GRANT SELECT, INSERT, UPDATE (told_at) ON holdfast_request TO holdfast_hold;
