package adapters

import "database/sql"

// Tables reads a catalogue's rows: schema, table, estimated rows, column, type
// and whether it is part of the key, in the order of the tables.
func Tables(rows *sql.Rows, err error) ([]Table, error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []Table
	for rows.Next() {
		var t Table
		var c TableColumn
		if err := rows.Scan(&t.Schema, &t.Name, &t.Rows, &c.Name, &c.Type, &c.Key); err != nil {
			return nil, err
		}
		if n := len(list); n == 0 || list[n-1].Schema != t.Schema || list[n-1].Name != t.Name {
			list = append(list, t)
		}
		last := &list[len(list)-1]
		last.Columns = append(last.Columns, c)
	}
	return list, rows.Err()
}
