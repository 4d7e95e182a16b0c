-- What a cancelled invoice leaves in the books is settled against itself, and is
-- no document any more.
SELECT 'documents' AS entity, l.id
FROM account_invoice AS i
JOIN account_move_line AS l ON l.move IN (i.move, i.cancel_move)
WHERE i.company = :company AND i.type = 'out'
	AND (i.state = 'cancelled' OR i.cancel_move IS NOT NULL)
	AND COALESCE(i.write_date, i.create_date) >= :since --? since
