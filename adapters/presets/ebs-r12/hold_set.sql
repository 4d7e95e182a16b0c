-- Oracle's own screens count the version up; so does this, or a person's edit
-- that is open meanwhile would be written over ours unseen.
UPDATE {{schema}}hz_customer_profiles
SET
	credit_hold = :value,
	object_version_number = COALESCE(object_version_number, 0) + 1,
	last_update_date = SYSDATE,
	last_updated_by = {{user_id}}
WHERE cust_account_id = TO_NUMBER(:customer) AND site_use_id IS NULL
	AND (credit_hold = :seen OR (credit_hold IS NULL AND :seen IS NULL))
	AND (object_version_number = TO_NUMBER(:version) OR (object_version_number IS NULL AND :version IS NULL))
