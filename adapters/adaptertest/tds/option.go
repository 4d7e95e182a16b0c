package tds

import (
	"strconv"
	"strings"

	"holdfast/adapters/adaptertest/tsql"
)

// own are the variables that the session itself knows.
func (s *session) own() map[string]string {
	return map[string]string{
		"@@trancount": strconv.Itoa(s.depth), "@@rowcount": strconv.FormatInt(max(s.rows, 0), 10), "@@lock_timeout": s.lockTimeout,
	}
}

// setOption carries out SET.
func (s *session) setOption(st tsql.Statement) error {
	switch st.Option {
	case "XACT_ABORT":
		s.abortAll = st.Value == "ON"
	case "NOCOUNT":
		s.uncounted = st.Value == "ON"
	case "ISOLATION":
		s.isolation = st.Value
	case "LOCK_TIMEOUT":
		n, err := strconv.Atoi(st.Value)
		if err != nil {
			return fail(102, "Incorrect syntax near '%s'.", st.Value)
		}
		s.lockTimeout = st.Value
		ms := map[bool]int{true: 0, false: max(n, 1)}[n < 0] // PostgreSQL's 0 waits for ever
		return s.exec("SET lock_timeout = " + strconv.Itoa(ms))
	case "USE":
		if !strings.EqualFold(st.Value, Database) {
			return fail(911, "Database '%s' does not exist. Make sure that the name is entered correctly.", st.Value)
		}
	default: // SHOWPLAN_XML and its like
		if st.Value == "ON" {
			return fail(262, "SHOWPLAN permission denied in database '%s'.", Database)
		}
	}
	return nil
}
