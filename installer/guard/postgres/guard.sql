-- Holdfast's guard for PostgreSQL. Read it, then run it as the owner of the ERP's tables, in the ERP's database.
-- While a customer stands in holdfast_hold, a row of {{.Table}} for it is refused inside the ERP's own transaction.

CREATE TABLE holdfast_hold (
	company   varchar(100) NOT NULL,
	customer  varchar(100) NOT NULL,
	held      varchar(10)  NOT NULL,
	placed_at timestamptz  NOT NULL,
	PRIMARY KEY (company, customer)
);

-- One row. on_silence says what happens once Holdfast has not been heard of for silent_minutes:
-- keep goes on refusing, open lets shipments through.
CREATE TABLE holdfast_lease (
	only_row       integer     PRIMARY KEY DEFAULT 1 CHECK (only_row = 1),
	seen_at        timestamptz NOT NULL,
	silent_minutes integer     NOT NULL CHECK (silent_minutes > 0),
	on_silence     varchar(4)  NOT NULL CHECK (on_silence IN ('keep', 'open'))
);
INSERT INTO holdfast_lease (seen_at, silent_minutes, on_silence) VALUES (CURRENT_TIMESTAMP, {{.Minutes}}, '{{.Silence}}');

-- The trigger asks with the rights of this function's owner: whoever ships needs none of their own.
CREATE FUNCTION holdfast_held(a_company text, a_customer text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
	SELECT EXISTS (
		SELECT 1 FROM holdfast_hold AS h CROSS JOIN holdfast_lease AS l
		WHERE h.company = a_company AND h.customer = a_customer
			AND (l.on_silence = 'keep' OR l.seen_at + l.silent_minutes * interval '1 minute' > CURRENT_TIMESTAMP))
$$;

CREATE FUNCTION holdfast_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF ({{.When}}) AND holdfast_held(CAST({{.Company}} AS text), CAST({{.Customer}} AS text)) THEN
		RAISE EXCEPTION 'Credit hold: customer % may not be shipped to', CAST({{.Customer}} AS text)
			USING ERRCODE = 'HF001', HINT = 'Placed by Holdfast. It is lifted by itself once the overdue invoices are paid; ask accounts receivable.';
	END IF;
	RETURN NEW;
END
$$;

CREATE TRIGGER holdfast_guard BEFORE INSERT OR UPDATE ON {{.Table}} FOR EACH ROW EXECUTE FUNCTION holdfast_guard();

-- The login that writes holds (hold_dsn) may do this and no more.
GRANT SELECT, INSERT, DELETE ON holdfast_hold TO holdfast_hold;
GRANT SELECT, UPDATE (seen_at) ON holdfast_lease TO holdfast_hold;
-- The reading login (dsn) looks at the holds.
GRANT SELECT ON holdfast_hold TO holdfast_read;
