package adaptertest

import (
	"fmt"
	"testing"
)

// Oracle takes one statement at a time; a block of PL/SQL is one, semicolons and
// all.
func TestOracleStatements(t *testing.T) {
	text := `-- what follows; is one
CREATE TABLE a (n NUMBER); INSERT INTO a VALUES ('it''s; one') ;
CREATE OR REPLACE TRIGGER tr AFTER UPDATE ON a FOR EACH ROW
BEGIN UPDATE a SET n = 1; END;
/
BEGIN NULL; END;
/
UPDATE a SET n = 'two
lines; -- of text'`
	want := []string{
		"CREATE TABLE a (n NUMBER)", "INSERT INTO a VALUES ('it''s; one')",
		"CREATE OR REPLACE TRIGGER tr AFTER UPDATE ON a FOR EACH ROW\nBEGIN UPDATE a SET n = 1; END;", "BEGIN NULL; END;",
		"UPDATE a SET n = 'two\nlines; -- of text'",
	}
	if got := oracleStatements(text); fmt.Sprintf("%q", got) != fmt.Sprintf("%q", want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}
