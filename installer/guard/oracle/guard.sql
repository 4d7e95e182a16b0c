-- Holdfast's guard for Oracle. Read it, then run it as the owner of the ERP's tables.
-- While a customer stands in HOLDFAST_HOLD, a row of {{.Table}} for it is refused inside the ERP's own transaction.

CREATE TABLE holdfast_hold (
	company   VARCHAR2(100) NOT NULL,
	customer  VARCHAR2(100) NOT NULL,
	held      VARCHAR2(10)  NOT NULL,
	placed_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT holdfast_hold_pk PRIMARY KEY (company, customer)
);

-- One row. ON_SILENCE says what happens once Holdfast has not been heard of for SILENT_MINUTES:
-- keep goes on refusing, open lets shipments through.
CREATE TABLE holdfast_lease (
	only_row       NUMBER(1)   DEFAULT 1 NOT NULL,
	seen_at        TIMESTAMP WITH TIME ZONE NOT NULL,
	silent_minutes NUMBER(9)   NOT NULL,
	on_silence     VARCHAR2(4) NOT NULL,
	CONSTRAINT holdfast_lease_pk PRIMARY KEY (only_row),
	CONSTRAINT holdfast_lease_one CHECK (only_row = 1),
	CONSTRAINT holdfast_lease_silence CHECK (on_silence IN ('keep', 'open'))
);
INSERT INTO holdfast_lease (seen_at, silent_minutes, on_silence) VALUES (CURRENT_TIMESTAMP, {{.Minutes}}, '{{.Silence}}');
COMMIT;

CREATE OR REPLACE TRIGGER holdfast_guard BEFORE INSERT OR UPDATE ON {{.Table}} FOR EACH ROW
DECLARE
	held VARCHAR2(100);
BEGIN
	SELECT MAX(h.customer) INTO held
	FROM holdfast_hold h CROSS JOIN holdfast_lease l
	WHERE ({{.When}})
		AND h.company = {{.Company}} AND h.customer = {{.Customer}}
		AND (l.on_silence = 'keep' OR l.seen_at + NUMTODSINTERVAL(l.silent_minutes, 'MINUTE') > CURRENT_TIMESTAMP);
	IF held IS NOT NULL THEN
		RAISE_APPLICATION_ERROR(-20901, 'Credit hold: customer ' || held
			|| ' may not be shipped to. Placed by Holdfast; it is lifted by itself once the overdue invoices are paid.');
	END IF;
END;
/

-- The login that writes holds (hold_dsn) may do this and no more.
GRANT SELECT, INSERT, DELETE ON holdfast_hold TO holdfast_hold;
GRANT SELECT, UPDATE (seen_at) ON holdfast_lease TO holdfast_hold;
-- The reading login (dsn) looks at the holds.
GRANT SELECT ON holdfast_hold TO holdfast_read;
