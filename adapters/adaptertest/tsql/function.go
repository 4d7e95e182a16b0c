package tsql

import (
	"fmt"
	"strings"
)

// systemVariables are the @@variables that PostgreSQL can answer.
var systemVariables = map[string]string{
	"@@version":          `"sys".version()`,
	"@@spid":             "CAST(pg_backend_pid() AS int)",
	"@@dbts":             `"sys".dbts()`,
	"@@servername":       "'STANDIN'",
	"@@servicename":      "'MSSQLSERVER'",
	"@@language":         "'us_english'",
	"@@max_precision":    "38",
	"@@trancount":        "0",
	"@@rowcount":         "0",
	"@@error":            "0",
	"@@lock_timeout":     "-1",
	"@@microsoftversion": "268439583",
}

// functions maps a function and the number of its arguments to PostgreSQL; -1
// stands for any number. {1} is an argument, {*} are all.
var functions = map[string]map[int]string{
	"ISNULL":      {2: "COALESCE({1}, {2})"},
	"COALESCE":    {-1: "COALESCE({*})"},
	"NULLIF":      {2: "NULLIF({1}, {2})"},
	"CONCAT":      {-1: "concat({*})"},
	"CONCAT_WS":   {-1: "concat_ws({*})"},
	"LEN":         {1: `"sys".len("sys".to_text({1}))`},
	"DATALENGTH":  {1: `octet_length("sys".to_text({1}))`},
	"CHARINDEX":   {2: `"sys".charindex("sys".to_text({1}), "sys".to_text({2}), 1)`, 3: `"sys".charindex("sys".to_text({1}), "sys".to_text({2}), {3})`},
	"SUBSTRING":   {3: `substring("sys".to_text({1}), CAST({2} AS int), CAST({3} AS int))`},
	"LEFT":        {2: `left("sys".to_text({1}), CAST({2} AS int))`},
	"RIGHT":       {2: `right("sys".to_text({1}), CAST({2} AS int))`},
	"LTRIM":       {1: `ltrim("sys".to_text({1}))`},
	"RTRIM":       {1: `rtrim("sys".to_text({1}))`},
	"TRIM":        {1: `btrim("sys".to_text({1}))`},
	"UPPER":       {1: `upper("sys".to_text({1}) COLLATE "sys"."ci")`},
	"LOWER":       {1: `lower("sys".to_text({1}) COLLATE "sys"."ci")`},
	"REPLACE":     {3: `"sys".replace("sys".to_text({1}), "sys".to_text({2}), "sys".to_text({3}))`},
	"REPLICATE":   {2: `repeat("sys".to_text({1}), CAST({2} AS int))`},
	"SPACE":       {1: `repeat(' ', CAST({1} AS int))`},
	"REVERSE":     {1: `reverse("sys".to_text({1}))`},
	"STUFF":       {4: `overlay("sys".to_text({1}) placing "sys".to_text({4}) from {2} for {3})`},
	"STR":         {1: `"sys".str({1}, 10, 0)`, 2: `"sys".str({1}, {2}, 0)`, 3: `"sys".str({1}, {2}, {3})`},
	"CHAR":        {1: "chr({1})"},
	"NCHAR":       {1: "chr({1})"},
	"ASCII":       {1: "ascii({1})"},
	"UNICODE":     {1: "ascii({1})"},
	"PATINDEX":    {2: `"sys".patindex({1}, "sys".to_text({2}))`},
	"QUOTENAME":   {1: `"sys".quotename({1})`},
	"ISNUMERIC":   {1: `"sys".isnumeric("sys".to_text({1}))`},
	"ISDATE":      {1: `"sys".isdate("sys".to_text({1}))`},
	"GETDATE":     {0: `"sys".getdate()`},
	"GETUTCDATE":  {0: `"sys".getdate()`},
	"SYSDATETIME": {0: `"sys".sysdatetime()`},

	"SYSUTCDATETIME":    {0: `"sys".sysdatetime()`},
	"SYSDATETIMEOFFSET": {0: "statement_timestamp()"},
	"YEAR":              {1: `CAST(extract(year FROM "sys".to_datetime({1})) AS int)`},
	"MONTH":             {1: `CAST(extract(month FROM "sys".to_datetime({1})) AS int)`},
	"DAY":               {1: `CAST(extract(day FROM "sys".to_datetime({1})) AS int)`},
	"DATEFROMPARTS":     {3: "make_date(CAST({1} AS int), CAST({2} AS int), CAST({3} AS int))"},
	"EOMONTH":           {1: `"sys".eomonth("sys".to_date({1}), 0)`, 2: `"sys".eomonth("sys".to_date({1}), {2})`},
	"DATETIMEFROMPARTS": {7: "CAST(make_timestamp({1}, {2}, {3}, {4}, {5}, {6} + {7} / 1000.0) AS timestamp(3))"},
	"ABS":               {1: "abs({1})"},
	"SIGN":              {1: "sign({1})"},
	"FLOOR":             {1: "floor({1})"},
	"CEILING":           {1: "ceiling({1})"},
	"POWER":             {2: "power({1}, {2})"},
	"SQRT":              {1: "sqrt({1})"},
	"ROUND":             {2: `"sys".round({1}, CAST({2} AS int))`, 3: `"sys".round({1}, CAST({2} AS int), CAST({3} AS int))`},

	"NEWID":                 {0: "gen_random_uuid()"},
	"DB_NAME":               {0: `"sys".db_name()`},
	"DB_ID":                 {0: "5", 1: `"sys".db_id({1})`},
	"SUSER_SNAME":           {0: "'sa'"},
	"SUSER_NAME":            {0: "'sa'"},
	"ORIGINAL_LOGIN":        {0: "'sa'"},
	"USER_NAME":             {0: "'dbo'"},
	"SCHEMA_NAME":           {0: "'dbo'", 1: `"sys".schema_name({1})`},
	"SCHEMA_ID":             {0: `"sys".schema_id('dbo')`, 1: `"sys".schema_id({1})`},
	"HOST_NAME":             {0: "'STANDIN'"},
	"APP_NAME":              {0: "current_setting('application_name')"},
	"OBJECT_ID":             {1: `"sys".object_id({1})`, 2: `"sys".object_id({1}, {2})`},
	"OBJECT_NAME":           {1: `"sys".object_name({1})`},
	"OBJECT_SCHEMA_NAME":    {1: `"sys".object_schema_name({1})`},
	"COL_LENGTH":            {2: `"sys".col_length({1}, {2})`},
	"TYPE_NAME":             {1: `"sys".type_name({1})`},
	"SERVERPROPERTY":        {1: `"sys".serverproperty({1})`},
	"DATABASEPROPERTYEX":    {2: `"sys".databasepropertyex({1}, {2})`},
	"CONNECTIONPROPERTY":    {1: `"sys".connectionproperty({1})`},
	"HAS_PERMS_BY_NAME":     {3: `"sys".has_perms_by_name({1}, {2}, {3}, NULL, NULL)`, 5: `"sys".has_perms_by_name({1}, {2}, {3}, {4}, {5})`},
	"HAS_DBACCESS":          {1: `"sys".db_id({1}) / 5`},
	"IS_SRVROLEMEMBER":      {1: `"sys".is_member({1})`},
	"IS_ROLEMEMBER":         {1: `"sys".is_member({1})`},
	"IS_MEMBER":             {1: `"sys".is_member({1})`},
	"MIN_ACTIVE_ROWVERSION": {0: `"sys".min_active_rowversion()`},

	"CHANGE_TRACKING_CURRENT_VERSION":   {0: "CAST(NULL AS bigint)"},
	"CHANGE_TRACKING_MIN_VALID_VERSION": {1: "CAST(NULLIF({1}, {1}) AS bigint)"},
}

// aggregates maps T-SQL's aggregate and window functions to PostgreSQL's.
var aggregates = map[string]string{
	"SUM": "sum", "COUNT": "count", "COUNT_BIG": "count", "MIN": "min", "MAX": "max", "AVG": "avg", "STRING_AGG": "string_agg",
	"STDEV": "stddev_samp", "VAR": "var_samp",
	"ROW_NUMBER": "row_number", "RANK": "rank", "DENSE_RANK": "dense_rank", "NTILE": "ntile", "LAG": "lag", "LEAD": "lead",
	"FIRST_VALUE": "first_value", "LAST_VALUE": "last_value",
}

// function reads a built-in function.
func (p *parser) function(t token) string {
	name := t.upper()
	p.next()
	switch name {
	case "CAST", "TRY_CAST":
		return p.cast(name == "TRY_CAST")
	case "CONVERT", "TRY_CONVERT":
		return p.convert(name == "TRY_CONVERT")
	case "IIF":
		return p.iif()
	case "DATEADD", "DATEDIFF", "DATEPART", "DATENAME":
		return p.dated(t)
	}
	if own, ok := aggregates[name]; ok {
		return p.aggregate(t, own)
	}
	forms, ok := functions[name]
	if !ok {
		panic(&Error{notAFunction, t.line, fmt.Sprintf("'%s' is not a recognized built-in function name%s.", t.text, since2022(name))})
	}
	args := p.arguments()
	form, ok := forms[len(args)]
	if !ok {
		form, ok = forms[-1]
	}
	if !ok {
		panic(&Error{174, t.line, fmt.Sprintf("The %s function does not take %d arguments.", strings.ToLower(name), len(args))})
	}
	return fill(form, args)
}

// since2022 says of some functions why they are refused.
func since2022(name string) string {
	if name == "GREATEST" || name == "LEAST" || name == "DATETRUNC" {
		return " (SQL Server knows it from 2022 on)"
	}
	return " (or not known to this stand-in)"
}

func (p *parser) arguments() []string {
	var args []string
	p.need("(")
	if p.take(")") {
		return nil
	}
	for {
		args = append(args, p.value())
		if !p.take(",") {
			break
		}
	}
	p.need(")")
	return args
}

// fill puts arguments into a form.
func fill(form string, args []string) string {
	pairs := []string{"{*}", strings.Join(args, ", ")}
	for i, a := range args {
		pairs = append(pairs, fmt.Sprintf("{%d}", i+1), a)
	}
	return strings.NewReplacer(pairs...).Replace(form)
}

func (p *parser) iif() string {
	p.need("(")
	sql := "CASE WHEN " + p.predicate()
	p.need(",")
	sql += " THEN " + p.value()
	p.need(",")
	sql += " ELSE " + p.value() + " END"
	p.need(")")
	return sql
}

// parts are the names of the parts of a date.
var parts = map[string]string{
	"YEAR": "year", "YY": "year", "YYYY": "year", "QUARTER": "quarter", "QQ": "quarter", "Q": "quarter", "MONTH": "month", "MM": "month",
	"M": "month", "DAY": "day", "DD": "day", "D": "day", "WEEK": "week", "WK": "week", "WW": "week", "HOUR": "hour", "HH": "hour",
	"MINUTE": "minute", "MI": "minute", "N": "minute", "SECOND": "second", "SS": "second", "S": "second",
	"MILLISECOND": "millisecond", "MS": "millisecond", "WEEKDAY": "weekday", "DW": "weekday", "DAYOFYEAR": "dayofyear", "DY": "dayofyear",
}

// dated reads a function whose first argument is a part of a date.
func (p *parser) dated(t token) string {
	p.need("(")
	name := p.next()
	part, ok := parts[name.upper()]
	if !ok || name.kind != word {
		panic(&Error{155, name.line, fmt.Sprintf("'%s' is not a recognized %s option.", name.text, strings.ToLower(t.text))})
	}
	p.need(",")
	sql := fmt.Sprintf(`"sys".%s('%s'::text, `, strings.ToLower(t.text), part)
	if t.is("DATEADD") {
		sql += `"sys".to_bigint(` + p.value() + ")::int"
		p.need(",")
		sql += ", " + p.value()
	} else {
		sql += p.list(func() string { return `"sys".to_datetime(` + p.value() + ")" })
	}
	p.need(")")
	return sql + ")"
}

// aggregate reads an aggregate or window function with its window.
func (p *parser) aggregate(t token, own string) string {
	before := p.subquery
	p.subquery = false
	p.need("(")
	inside := ""
	if p.take("*") {
		inside = "*"
	} else if !p.is(")") {
		if p.take("DISTINCT") {
			inside = "DISTINCT "
		}
		inside += p.list(func() string { return p.aggregated(own) })
	}
	p.need(")")
	if p.take("WITHIN", "GROUP") {
		p.need("(", "ORDER", "BY")
		inside += " ORDER BY " + p.list(p.sortKey)
		p.need(")")
	}
	sql := own + "(" + inside + ")"
	windowed := p.is("OVER")
	if p.subquery && !windowed {
		panic(&Error{aggregateInside, t.line, "Cannot perform an aggregate function on an expression containing an aggregate or a subquery."})
	}
	p.subquery = p.subquery || before
	if windowed {
		sql += p.over()
	} else if strings.Contains(" row_number rank dense_rank ntile lag lead first_value last_value ", " "+own+" ") {
		panic(&Error{10753, t.line, fmt.Sprintf("The function '%s' must have an OVER clause.", t.text)})
	}
	return sql
}

// aggregated reads one argument of an aggregate; those of STRING_AGG are made
// texts.
func (p *parser) aggregated(own string) string {
	if own == "string_agg" {
		return `"sys".to_text(` + p.value() + ")"
	}
	return p.value()
}

// over reads a window.
func (p *parser) over() string {
	p.need("OVER", "(")
	sql := " OVER ("
	if p.take("PARTITION", "BY") {
		sql += "PARTITION BY " + p.list(p.value) + " "
	}
	if p.take("ORDER", "BY") {
		sql += "ORDER BY " + p.list(p.sortKey)
	}
	for _, unit := range []string{"ROWS", "RANGE"} {
		if p.take(unit) {
			sql += " " + unit + " " + p.frame()
		}
	}
	p.need(")")
	return sql + ")"
}

// frame reads the frame of a window.
func (p *parser) frame() string {
	if p.take("BETWEEN") {
		from := p.bound()
		p.need("AND")
		return "BETWEEN " + from + " AND " + p.bound()
	}
	return p.bound()
}

func (p *parser) bound() string {
	switch {
	case p.take("UNBOUNDED", "PRECEDING"):
		return "UNBOUNDED PRECEDING"
	case p.take("UNBOUNDED", "FOLLOWING"):
		return "UNBOUNDED FOLLOWING"
	case p.take("CURRENT", "ROW"):
		return "CURRENT ROW"
	}
	n := p.integer()
	if p.take("PRECEDING") {
		return n + " PRECEDING"
	}
	p.need("FOLLOWING")
	return n + " FOLLOWING"
}
