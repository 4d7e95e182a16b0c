-- The columns of E-Business Suite R12 that the preset reads, and no others.
CREATE TABLE ar_system_parameters_all (org_id NUMBER(15), set_of_books_id NUMBER(15) NOT NULL);
CREATE TABLE hr_all_organization_units (organization_id NUMBER(15) NOT NULL, name VARCHAR2(240) NOT NULL);
CREATE TABLE gl_ledgers (ledger_id NUMBER(15) NOT NULL, currency_code VARCHAR2(15) NOT NULL);
CREATE TABLE hz_parties (party_id NUMBER(15) NOT NULL, party_name VARCHAR2(360) NOT NULL);
CREATE TABLE hz_cust_accounts (
	cust_account_id NUMBER(15) NOT NULL, party_id NUMBER(15) NOT NULL, account_number VARCHAR2(30) NOT NULL,
	account_name VARCHAR2(240), status VARCHAR2(1)
);
CREATE TABLE hz_customer_profiles (
	cust_account_profile_id NUMBER(15) NOT NULL, cust_account_id NUMBER(15) NOT NULL, site_use_id NUMBER(15), collector_id NUMBER(15),
	credit_hold VARCHAR2(1), standard_terms NUMBER(15), dunning_letters VARCHAR2(1), object_version_number NUMBER,
	last_update_date DATE NOT NULL, last_updated_by NUMBER(15) NOT NULL
);
CREATE TABLE hz_cust_profile_amts (cust_account_profile_id NUMBER(15) NOT NULL, currency_code VARCHAR2(15) NOT NULL, overall_credit_limit NUMBER);
CREATE TABLE ar_collectors (collector_id NUMBER(15) NOT NULL, name VARCHAR2(30) NOT NULL);
CREATE TABLE ra_terms_tl (term_id NUMBER(15) NOT NULL, language VARCHAR2(4) NOT NULL, name VARCHAR2(15) NOT NULL);
CREATE TABLE hz_cust_acct_sites_all (
	cust_acct_site_id NUMBER(15) NOT NULL, cust_account_id NUMBER(15) NOT NULL, party_site_id NUMBER(15) NOT NULL, org_id NUMBER(15)
);
CREATE TABLE hz_cust_site_uses_all (
	site_use_id NUMBER(15) NOT NULL, cust_acct_site_id NUMBER(15) NOT NULL, site_use_code VARCHAR2(30) NOT NULL, primary_flag VARCHAR2(1), status VARCHAR2(1)
);
CREATE TABLE hz_party_sites (party_site_id NUMBER(15) NOT NULL, location_id NUMBER(15) NOT NULL);
CREATE TABLE hz_locations (
	location_id NUMBER(15) NOT NULL, address1 VARCHAR2(240), address2 VARCHAR2(240), city VARCHAR2(60), state VARCHAR2(60),
	postal_code VARCHAR2(60), country VARCHAR2(60)
);
CREATE TABLE hz_cust_account_roles (
	cust_account_role_id NUMBER(15) NOT NULL, party_id NUMBER(15) NOT NULL, cust_account_id NUMBER(15) NOT NULL, role_type VARCHAR2(30), status VARCHAR2(1)
);
CREATE TABLE hz_role_responsibility (cust_account_role_id NUMBER(15) NOT NULL, responsibility_type VARCHAR2(30) NOT NULL);
CREATE TABLE hz_relationships (
	relationship_id NUMBER(15) NOT NULL, party_id NUMBER(15), subject_id NUMBER(15) NOT NULL, subject_type VARCHAR2(30), subject_table_name VARCHAR2(30)
);
CREATE TABLE hz_contact_points (
	contact_point_id NUMBER(15) NOT NULL, contact_point_type VARCHAR2(30) NOT NULL, status VARCHAR2(30), owner_table_name VARCHAR2(30) NOT NULL,
	owner_table_id NUMBER(15) NOT NULL, email_address VARCHAR2(2000), phone_area_code VARCHAR2(10), phone_country_code VARCHAR2(10),
	phone_number VARCHAR2(40), phone_line_type VARCHAR2(30)
);
CREATE TABLE ra_customer_trx_all (
	customer_trx_id NUMBER(15) NOT NULL, purchase_order VARCHAR2(50), ct_reference VARCHAR2(150), complete_flag VARCHAR2(1) NOT NULL, last_update_date DATE NOT NULL
);
CREATE TABLE ar_cash_receipts_all (cash_receipt_id NUMBER(15) NOT NULL, status VARCHAR2(30), last_update_date DATE NOT NULL);
CREATE TABLE ar_payment_schedules_all (
	payment_schedule_id NUMBER(15) NOT NULL, org_id NUMBER(15), customer_id NUMBER(15), class VARCHAR2(20) NOT NULL, status VARCHAR2(30) NOT NULL,
	trx_number VARCHAR2(30), trx_date DATE, gl_date DATE, due_date DATE NOT NULL, terms_sequence_number NUMBER(15),
	invoice_currency_code VARCHAR2(15) NOT NULL, exchange_rate NUMBER, amount_due_original NUMBER NOT NULL, amount_due_remaining NUMBER NOT NULL,
	acctd_amount_due_remaining NUMBER NOT NULL, amount_in_dispute NUMBER, actual_date_closed DATE, customer_trx_id NUMBER(15),
	cash_receipt_id NUMBER(15), cons_inv_id NUMBER(15), receipt_confirmed_flag VARCHAR2(1), last_update_date DATE NOT NULL
);
CREATE TABLE ar_receivable_applications_all (
	receivable_application_id NUMBER(15) NOT NULL, org_id NUMBER(15), payment_schedule_id NUMBER(15), applied_payment_schedule_id NUMBER(15),
	amount_applied NUMBER NOT NULL, earned_discount_taken NUMBER, unearned_discount_taken NUMBER, apply_date DATE NOT NULL,
	gl_date DATE NOT NULL, status VARCHAR2(30) NOT NULL, display VARCHAR2(1) NOT NULL, last_update_date DATE NOT NULL
);
CREATE TABLE ar_adjustments_all (
	adjustment_id NUMBER(15) NOT NULL, org_id NUMBER(15), payment_schedule_id NUMBER(15), amount NUMBER NOT NULL, apply_date DATE NOT NULL,
	gl_date DATE NOT NULL, status VARCHAR2(30) NOT NULL, last_update_date DATE NOT NULL
);
