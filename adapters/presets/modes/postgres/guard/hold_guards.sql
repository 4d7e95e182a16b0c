SELECT t.tgname AS name
FROM pg_trigger AS t
WHERE NOT t.tgisinternal AND t.tgenabled <> 'D' AND t.tgname LIKE 'holdfast\_guard%'
ORDER BY t.tgname
