-- The columns of SyteLine that the queries use. Several sites share the tables.
CREATE TABLE dbo.currparms_mst (site_ref nvarchar(8) NOT NULL, parm_key smallint NOT NULL, curr_code nvarchar(3), PRIMARY KEY (site_ref, parm_key));
CREATE TABLE dbo.currency_mst (
	site_ref nvarchar(8) NOT NULL, curr_code nvarchar(3) NOT NULL, places tinyint, rate_is_divisor tinyint, PRIMARY KEY (site_ref, curr_code)
);
CREATE TABLE dbo.customer_mst (
	site_ref nvarchar(8) NOT NULL, cust_num nvarchar(7) NOT NULL, cust_seq int NOT NULL, terms_code nvarchar(3), pay_type nchar(1),
	slsman nvarchar(8), cust_type nvarchar(6), [contact##1] nvarchar(30), [contact##2] nvarchar(30),
	[contact##3] nvarchar(30), [phone##1] nvarchar(25), [phone##2] nvarchar(25), [phone##3] nvarchar(25), RecordDate datetime NOT NULL,
	PRIMARY KEY (site_ref, cust_num, cust_seq)
);
CREATE TABLE dbo.custaddr_mst (
	site_ref nvarchar(8) NOT NULL, cust_num nvarchar(7) NOT NULL, cust_seq int NOT NULL, name nvarchar(60), corp_cust nvarchar(7),
	corp_cred tinyint, curr_code nvarchar(3), credit_limit decimal(23,8), [addr##1] nvarchar(50), [addr##2] nvarchar(50), zip nvarchar(10),
	city nvarchar(30), state nvarchar(5), country nvarchar(30), credit_hold tinyint, credit_hold_date datetime, bill_to_email nvarchar(60),
	external_email_addr nvarchar(60), RecordDate datetime NOT NULL, PRIMARY KEY (site_ref, cust_num, cust_seq)
);
CREATE TABLE dbo.artran_mst (
	site_ref nvarchar(8) NOT NULL, cust_num nvarchar(7) NOT NULL, inv_num nvarchar(12) NOT NULL, inv_seq bigint NOT NULL,
	check_seq smallint NOT NULL, [type] nchar(1) NOT NULL, apply_to_inv_num nvarchar(12), inv_date datetime, due_date datetime,
	recpt_date datetime, co_num nvarchar(10), exch_rate decimal(12,7), amount decimal(23,8), freight decimal(23,8),
	misc_charges decimal(23,8), sales_tax decimal(23,8), sales_tax_2 decimal(23,8), RecordDate datetime NOT NULL,
	PRIMARY KEY (site_ref, cust_num, inv_num, inv_seq, check_seq)
);
CREATE TABLE dbo.ar_terms_due_mst (
	site_ref nvarchar(8) NOT NULL, cust_num nvarchar(7) NOT NULL, inv_num nvarchar(12) NOT NULL, inv_seq bigint NOT NULL,
	due_date datetime NOT NULL, amount decimal(23,8), PRIMARY KEY (site_ref, cust_num, inv_num, inv_seq, due_date)
);
CREATE TABLE dbo.co_mst (
	site_ref nvarchar(8) NOT NULL, co_num nvarchar(10) NOT NULL, cust_num nvarchar(7), [type] nchar(1), stat nchar(1), cust_po nvarchar(22),
	credit_hold tinyint, credit_hold_date datetime, RecordDate datetime NOT NULL, PRIMARY KEY (site_ref, co_num)
);
CREATE TABLE dbo.coitem_mst (
	site_ref nvarchar(8) NOT NULL, co_num nvarchar(10) NOT NULL, co_line smallint NOT NULL, stat nchar(1), qty_ordered decimal(19,8),
	qty_invoiced decimal(19,8), price decimal(20,8), PRIMARY KEY (site_ref, co_num, co_line)
);
