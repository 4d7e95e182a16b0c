-- The columns of SQL-Ledger 3.2 that the preset reads, and no others.
CREATE TABLE defaults (
	fldname text,
	fldvalue text
);
CREATE TABLE curr (
	rn int2,
	curr char(3) PRIMARY KEY,
	prec int2
);
CREATE TABLE customer (
	id int PRIMARY KEY,
	name varchar(64),
	contact varchar(64),
	phone varchar(20),
	email text,
	terms int2 DEFAULT 0,
	customernumber varchar(32),
	business_id int,
	creditlimit float DEFAULT 0,
	employee_id int,
	language_code varchar(6),
	curr char(3),
	enddate date,
	paymentmethod_id int
);
CREATE TABLE contact (
	id int PRIMARY KEY,
	trans_id int NOT NULL,
	firstname varchar(32),
	lastname varchar(32),
	phone varchar(20),
	mobile varchar(20),
	email text,
	typeofcontact varchar(20)
);
CREATE TABLE address (
	id int PRIMARY KEY,
	trans_id int,
	address1 varchar(32),
	address2 varchar(32),
	city varchar(32),
	state varchar(32),
	zipcode varchar(10),
	country varchar(32)
);
CREATE TABLE employee (
	id int,
	name varchar(64)
);
CREATE TABLE business (
	id int,
	description text
);
CREATE TABLE paymentmethod (
	id int PRIMARY KEY,
	description text
);
CREATE TABLE exchangerate (
	curr char(3),
	transdate date,
	exchangerate float
);
CREATE TABLE chart (
	id int,
	link text
);
CREATE TABLE ar (
	id int,
	invnumber text,
	transdate date DEFAULT current_date,
	customer_id int,
	amount float,
	paid float,
	datepaid date,
	duedate date,
	curr char(3),
	ordnumber text,
	ponumber text,
	approved bool DEFAULT true,
	onhold bool DEFAULT false,
	exchangerate float
);
CREATE TABLE acc_trans (
	trans_id int,
	chart_id int,
	amount float,
	transdate date DEFAULT current_date,
	source text,
	approved bool DEFAULT true,
	fx_transaction bool DEFAULT false,
	id int,
	vr_id int
);
