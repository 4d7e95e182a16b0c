-- Holdfast's guard for SQL Server 2012 and later. Read it, then run it in the ERP's database.
-- While a customer stands in holdfast_hold, a row of {{.Table}} for it is refused inside the ERP's own transaction.

CREATE TABLE dbo.holdfast_hold (
	company   nvarchar(100) NOT NULL,
	customer  nvarchar(100) NOT NULL,
	held      nvarchar(10)  NOT NULL,
	placed_at datetime2     NOT NULL,
	CONSTRAINT holdfast_hold_pk PRIMARY KEY (company, customer)
);
GO

-- One row. on_silence says what happens once Holdfast has not been heard of for silent_minutes:
-- keep goes on refusing, open lets shipments through.
CREATE TABLE dbo.holdfast_lease (
	only_row       int         NOT NULL CONSTRAINT holdfast_lease_pk PRIMARY KEY DEFAULT 1 CHECK (only_row = 1),
	seen_at        datetime2   NOT NULL,
	silent_minutes int         NOT NULL CHECK (silent_minutes > 0),
	on_silence     varchar(4)  NOT NULL CHECK (on_silence IN ('keep', 'open'))
);
INSERT INTO dbo.holdfast_lease (only_row, seen_at, silent_minutes, on_silence) VALUES (1, CURRENT_TIMESTAMP, {{.Minutes}}, '{{.Silence}}');
GO

CREATE TRIGGER holdfast_guard ON {{.Table}} AFTER INSERT, UPDATE AS
BEGIN
	SET NOCOUNT ON;
	DECLARE @customer nvarchar(100);
	SELECT TOP (1) @customer = h.customer
	FROM inserted AS i
	JOIN dbo.holdfast_hold AS h
		ON h.company = CAST({{.Company}} AS nvarchar(100)) AND h.customer = CAST({{.Customer}} AS nvarchar(100))
	CROSS JOIN dbo.holdfast_lease AS l
	WHERE ({{.When}})
		AND (l.on_silence = 'keep' OR DATEADD(minute, l.silent_minutes, l.seen_at) > CURRENT_TIMESTAMP);
	IF @customer IS NOT NULL
	BEGIN
		DECLARE @message nvarchar(400) = N'Credit hold: customer ' + @customer
			+ N' may not be shipped to. Placed by Holdfast; it is lifted by itself once the overdue invoices are paid.';
		THROW 51001, @message, 1;
	END
END
GO

-- The login that writes holds (hold_dsn) may do this and no more.
GRANT SELECT, INSERT, DELETE ON dbo.holdfast_hold TO holdfast_hold;
GRANT SELECT ON dbo.holdfast_lease TO holdfast_hold;
GRANT UPDATE ON dbo.holdfast_lease (seen_at) TO holdfast_hold;
-- The reading login (dsn) looks at the holds.
GRANT SELECT ON dbo.holdfast_hold TO holdfast_read;
GO
