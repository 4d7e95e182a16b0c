-- Holdfast's table of requests. Holdfast writes no column of the ERP: it asks here, and a job of your own does
-- it through the ERP's own interface. Read it, then run it in the ERP's database.
--
-- What the job does, every minute or so, for each row whose done_at is empty, oldest first:
--   1. look at the customer's hold in the ERP; if it is not as "seen" says (empty: no value), somebody changed it: do nothing;
--   2. make it "wanted" (empty: take the value away) through the ERP's own interface;
--   3. set done_at to now, and outcome to 'done' or to a sentence that says why not. It stands in the hold journal.
-- Holdfast looks at the ERP's own flag to see whether it is so, and reads outcome once.

CREATE TABLE dbo.holdfast_request (
	id       bigint IDENTITY(1,1) NOT NULL CONSTRAINT holdfast_request_pk PRIMARY KEY,
	company  nvarchar(100) NOT NULL,
	customer nvarchar(100) NOT NULL,
	wanted   nvarchar(200) NULL,
	seen     nvarchar(200) NULL,
	asked_at datetime2 NOT NULL,
	done_at  datetime2 NULL,
	outcome  nvarchar(400) NULL,
	told_at  datetime2 NULL
);
CREATE INDEX holdfast_request_waiting ON dbo.holdfast_request (company, customer, done_at);
GO

GRANT SELECT, INSERT ON dbo.holdfast_request TO holdfast_hold;
GRANT UPDATE ON dbo.holdfast_request (told_at) TO holdfast_hold;
GO
