-- The customer card has one address; people stand in Contact, which a business
-- relation with Link to Table 1 (Customer) ties to the customer.
SELECT
	c.[No_] AS customer_id,
	CONCAT(c.[No_], N'|card') AS id,
	'invoice' AS role,
	c.[Contact] AS name,
	c.[E-Mail] AS email,
	c.[Phone No_] AS phone,
	N'' AS mobile,
	c.[Language Code] AS language
FROM [{{co}}$Customer{{app}}] AS c
WHERE (c.[E-Mail] <> N'' OR c.[Phone No_] <> N'')
	AND c.[timestamp] > CONVERT(binary(8), CAST(:since_no AS bigint)) --? since_no
	AND c.[No_] IN (:customers) --? customers
UNION ALL
SELECT
	r.[No_],
	CONCAT(r.[No_], N'|', k.[No_]),
	NULL,
	k.[Name],
	k.[E-Mail],
	k.[Phone No_],
	k.[Mobile Phone No_],
	k.[Language Code]
FROM [{{co}}$Contact Business Relation{{app}}] AS r
JOIN [{{co}}$Contact{{app}}] AS k ON k.[Company No_] = r.[Contact No_] AND k.[Type] = 1
WHERE r.[Link to Table] = 1
	AND (k.[E-Mail] <> N'' OR k.[Phone No_] <> N'' OR k.[Mobile Phone No_] <> N'')
	AND ( --? since_no
		r.[timestamp] > CONVERT(binary(8), CAST(:since_no AS bigint)) --? since_no
		OR k.[timestamp] > CONVERT(binary(8), CAST(:since_no AS bigint)) --? since_no
	) --? since_no
	AND r.[No_] IN (:customers) --? customers
