package report

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
)

// WriteCSV writes head and rows, amounts as plain decimals.
func (t Table) WriteCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	line := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		line[i] = c.Key
	}
	if err := out.Write(line); err != nil {
		return err
	}
	for _, row := range t.Rows {
		for i := range t.Columns {
			line[i] = fmt.Sprint(t.plain(row, i))
		}
		if err := out.Write(line); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// WriteJSON writes one object: the fields of Meta, then rows, each an object
// whose keys stand in the order of the columns; amounts are decimal strings.
func (t Table) WriteJSON(w io.Writer) error {
	out := bufio.NewWriter(w)
	out.WriteString("{")
	for _, f := range t.Meta {
		fmt.Fprintf(out, "\n  %s: %s,", quoted(f.Key), quoted(f.Value))
	}
	out.WriteString("\n  \"rows\": [")
	for i, row := range t.Rows {
		if i > 0 {
			out.WriteString(",")
		}
		out.WriteString("\n    {")
		for j, c := range t.Columns {
			if j > 0 {
				out.WriteString(", ")
			}
			fmt.Fprintf(out, "%s: %s", quoted(c.Key), quoted(t.plain(row, j)))
		}
		out.WriteString("}")
	}
	if len(t.Rows) > 0 {
		out.WriteString("\n  ")
	}
	out.WriteString("]\n}\n")
	return out.Flush()
}

// quoted writes a string or number as JSON, leaving <, > and & as they are.
func quoted(v any) []byte {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		panic(err) // cells are strings and numbers only
	}
	return bytes.TrimRight(buf.Bytes(), "\n")
}
