package tds

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"holdfast/adapters/adaptertest/tsql"
)

// call carries out an RPC.
func (s *session) call(w *reply, r *body) error {
	name := ""
	if n := r.u16(); n == 0xFFFF {
		name = map[uint16]string{10: "sp_executesql"}[r.u16()]
	} else {
		name = strings.ToLower(r.text(int(n)))
		name = strings.Trim(name[strings.LastIndex(name, ".")+1:], "[]")
	}
	r.u16() // flags
	var params []param
	for len(r.b) > 0 && !r.short {
		p, err := r.readParam()
		if err != nil {
			return s.refuse(w, failureOf(err))
		}
		params = append(params, p)
	}
	if r.short {
		return errDropped
	}
	request := name
	for _, p := range params {
		request += "\n" + p.text
	}
	return s.faulty(w, request, func() error {
		failed, err := s.procedure(w, name, params)
		if err != nil {
			return err
		}
		if !failed {
			w.returnStatus(0)
		}
		w.done(tokenDoneProc, map[bool]uint16{true: doneError}[failed], 0, -1)
		return nil
	})
}

// procedure carries out sp_executesql, or another procedure by its name.
func (s *session) procedure(w *reply, name string, params []param) (failed bool, err error) {
	if name == "sp_executesql" && len(params) > 0 {
		variables := map[string]string{}
		for _, p := range params[min(2, len(params)):] {
			variables[p.name] = p.sql
		}
		return false, s.batch(w, params[0].text, variables, tokenDoneInProc)
	}
	args := make([]tsql.Argument, len(params))
	for i, p := range params {
		args[i] = tsql.Argument{Name: p.name, SQL: p.sql}
	}
	if err := s.execute(w, name, args, tokenDoneInProc); err != nil {
		if endedEarly(err) != nil || s.stopped.Load() {
			return true, endedEarly(err)
		}
		return true, s.report(w, err)
	}
	return false, nil
}

// execute runs a procedure: one of the server's own, or one that was created.
func (s *session) execute(w *reply, name string, args []tsql.Argument, token byte) error {
	switch name {
	case "sp_describe_first_result_set":
		return s.describe(w, args, token)
	case "sp_executesql":
		return s.executeText(w, args, token)
	}
	rows, err := s.ask(fmt.Sprintf(`SELECT parameters, body FROM "sys".written_procedures WHERE name = %s`, tsql.Literal(name)))
	if err != nil {
		return err
	}
	if len(rows) == 0 {
		return fail(2812, "Could not find stored procedure '%s'.", name)
	}
	variables, err := bound(rows[0][0], args)
	if err != nil {
		return err
	}
	counting := s.uncounted
	err = s.batch(w, rows[0][1], variables, tokenDoneInProc)
	s.uncounted = counting
	if token == tokenDone && err == nil {
		w.done(tokenDoneProc, doneMore, 0, -1)
	}
	return err
}

// bound gives the parameters of a procedure the values of a call.
func bound(declarations string, args []tsql.Argument) (map[string]string, error) {
	declared, err := tsql.Declarations(declarations)
	if err != nil {
		return nil, err
	}
	values := map[string]string{}
	for _, d := range declared {
		values[d.Name] = d.Default
	}
	for i, a := range args {
		name := a.Name
		if name == "" && i < len(declared) {
			name = declared[i].Name
		}
		if _, known := values[name]; !known {
			return nil, fail(8145, "%s is not a parameter of the procedure.", name)
		}
		values[name] = a.SQL
	}
	for name, value := range values {
		if value == "" {
			return nil, fail(201, "Procedure expects parameter '%s', which was not supplied.", name)
		}
	}
	return values, nil
}

// executeText runs EXEC sp_executesql.
func (s *session) executeText(w *reply, args []tsql.Argument, token byte) error {
	texts, err := s.texts(args, "@stmt", "@params")
	if err != nil {
		return err
	}
	variables := map[string]string{}
	if len(args) > 2 {
		if variables, err = bound(texts[1], args[2:]); err != nil {
			return err
		}
	}
	err = s.batch(w, texts[0], variables, tokenDoneInProc)
	if token == tokenDone && err == nil {
		w.done(tokenDoneProc, doneMore, 0, -1)
	}
	return err
}

// texts reads the arguments of those names, or else those in their places.
func (s *session) texts(args []tsql.Argument, names ...string) ([]string, error) {
	values := make([]string, len(names))
	for i, a := range args {
		for j, name := range names {
			if a.Name != name && (a.Name != "" || i != j) {
				continue
			}
			rows, err := s.ask("SELECT CAST(" + a.SQL + " AS text)")
			if err != nil {
				return nil, err
			}
			values[j] = rows[0][0]
		}
	}
	return values, nil
}

// ask reads rows of texts for the server itself.
func (s *session) ask(sql string) ([][]string, error) {
	results, err := s.pg.Exec(context.Background(), sql).ReadAll()
	if err != nil {
		return nil, err
	}
	var rows [][]string
	for _, row := range results[0].Rows {
		cells := make([]string, len(row))
		for i, c := range row {
			cells[i] = string(c)
		}
		rows = append(rows, cells)
	}
	return rows, nil
}

// description are the columns of sp_describe_first_result_set, as documented.
var description = []column{
	{"is_hidden", "bit", 0, 0}, {"column_ordinal", "int", 0, 0}, {"name", "nvarchar", 128, 0}, {"is_nullable", "bit", 0, 0},
	{"system_type_id", "int", 0, 0}, {"system_type_name", "nvarchar", 256, 0}, {"max_length", "smallint", 0, 0}, {"precision", "tinyint", 0, 0},
	{"scale", "tinyint", 0, 0}, {"collation_name", "nvarchar", 128, 0}, {"user_type_id", "int", 0, 0}, {"user_type_database", "nvarchar", 128, 0},
	{"user_type_schema", "nvarchar", 128, 0}, {"user_type_name", "nvarchar", 128, 0}, {"assembly_qualified_type_name", "nvarchar", 4000, 0},
	{"xml_collection_id", "int", 0, 0}, {"xml_collection_database", "nvarchar", 128, 0}, {"xml_collection_schema", "nvarchar", 128, 0},
	{"xml_collection_name", "nvarchar", 128, 0}, {"is_xml_document", "bit", 0, 0}, {"is_case_sensitive", "bit", 0, 0},
	{"is_fixed_length_clr_type", "bit", 0, 0}, {"source_server", "nvarchar", 128, 0}, {"source_database", "nvarchar", 128, 0},
	{"source_schema", "nvarchar", 128, 0}, {"source_table", "nvarchar", 128, 0}, {"source_column", "nvarchar", 128, 0},
	{"is_identity_column", "bit", 0, 0}, {"is_part_of_unique_key", "bit", 0, 0}, {"is_updateable", "bit", 0, 0}, {"is_computed_column", "bit", 0, 0},
	{"is_sparse_column_set", "bit", 0, 0}, {"ordinal_in_order_by_list", "smallint", 0, 0}, {"order_by_list_length", "smallint", 0, 0},
	{"order_by_is_descending", "smallint", 0, 0}, {"tds_type_id", "int", 0, 0}, {"tds_length", "int", 0, 0}, {"tds_collation_id", "int", 0, 0},
	{"tds_collation_sort_id", "tinyint", 0, 0},
}

// describe carries out sp_describe_first_result_set: it lets PostgreSQL look at
// the first query of a batch, and writes its columns. No row is read.
func (s *session) describe(w *reply, args []tsql.Argument, token byte) error {
	columns, err := s.described(args)
	if err != nil {
		w.failure(failureOf(err))
		return fail(11501, "The batch could not be analyzed because of compile errors.")
	}
	w.metadata(description)
	for i, c := range columns {
		cells := map[string]string{
			"is_hidden": "0", "column_ordinal": strconv.Itoa(i + 1), "name": c.name, "is_nullable": "1", "system_type_id": "0",
			"system_type_name": c.word(), "max_length": strconv.Itoa(max(-1, min(c.length, 8000))), "precision": "0",
			"scale": strconv.Itoa(c.scale), "is_xml_document": "0", "is_case_sensitive": "0", "is_fixed_length_clr_type": "0",
			"is_identity_column": "0", "is_updateable": "0", "is_computed_column": "0", "is_sparse_column_set": "0", "tds_type_id": "0", "tds_length": "0",
		}
		b := []byte{tokenRow}
		for _, d := range description {
			var cell []byte
			if text, ok := cells[d.name]; ok && (d.name != "name" || text != "") {
				cell = []byte(text)
			}
			if b, err = d.appendValue(b, cell); err != nil {
				return err
			}
		}
		w.Write(b)
	}
	w.done(tokenDoneInProc, doneMore, commandSelect, int64(len(columns)))
	if token == tokenDone {
		w.done(tokenDoneProc, doneMore, 0, -1)
	}
	return nil
}

// described finds the columns of the first query of a batch.
func (s *session) described(args []tsql.Argument) ([]column, error) {
	texts, err := s.texts(args, "@tsql", "@params")
	if err != nil {
		return nil, err
	}
	declared, err := tsql.Declarations(texts[1])
	if err != nil {
		return nil, err
	}
	variables := s.own()
	for _, d := range declared {
		variables[d.Name] = d.Type.Null()
	}
	list, err := tsql.Parse(texts[0], variables)
	if err != nil {
		return nil, err
	}
	for _, st := range list {
		if st.Kind != tsql.Query {
			continue
		}
		var columns []column
		err := s.guarded(func() error {
			prepared, err := s.pg.Prepare(context.Background(), "", st.SQL, nil)
			if err != nil {
				return err
			}
			if columns, err = s.columns(prepared.Fields, st.Columns); err != nil {
				return err
			}
			_, err = s.pg.Exec(context.Background(), "EXPLAIN "+st.SQL).ReadAll() // looks at the rights
			return err
		})
		return columns, err
	}
	return nil, nil
}
