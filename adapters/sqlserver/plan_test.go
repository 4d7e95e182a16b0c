package sqlserver

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	mssql "github.com/microsoft/go-mssqldb"

	"holdfast/adapters"
	"holdfast/engine/fault"
)

// sample is written after the published schema of showplans: a nested loop over
// a table read whole, an index seek and a view's index that is scanned.
const sample = `<?xml version="1.0" encoding="utf-16"?>
<ShowPlanXML xmlns="http://schemas.microsoft.com/sqlserver/2004/07/showplan" Version="1.539" Build="15.0.4000.0">
 <BatchSequence><Batch><Statements>
  <StmtSimple StatementType="ASSIGN" StatementText="DECLARE @p1 varchar(1) = '1'"/>
  <StmtSimple StatementType="SELECT" StatementText="SELECT ...">
   <QueryPlan>
    <RelOp NodeId="0" PhysicalOp="Nested Loops" LogicalOp="Inner Join" EstimateRows="42">
     <OutputList><ColumnReference Database="[erp]" Schema="[dbo]" Table="[OINV]" Column="DocEntry"/></OutputList>
     <NestedLoops Optimized="0">
      <RelOp NodeId="1" PhysicalOp="Clustered Index Scan" LogicalOp="Clustered Index Scan" EstimateRows="42" EstimatedRowsRead="1.25e+006" TableCardinality="1250000">
       <OutputList/>
       <IndexScan Ordered="0"><DefinedValues/><Object Database="[erp]" Schema="[dbo]" Table="[OINV]" Index="[OINV_PRIMARY]"/>
        <Predicate><ScalarOperator><Subquery Operation="EXISTS">
         <RelOp NodeId="2" PhysicalOp="Table Scan" LogicalOp="Table Scan" EstimateRows="3" TableCardinality="17">
          <OutputList/><TableScan><Object Database="[erp]" Schema="[dbo]" Table="[Odd ]]name]"/></TableScan>
         </RelOp></Subquery></ScalarOperator></Predicate>
       </IndexScan>
      </RelOp>
      <RelOp NodeId="3" PhysicalOp="Index Seek" LogicalOp="Index Seek" EstimateRows="1" TableCardinality="900">
       <OutputList/><IndexScan Ordered="1"><Object Database="[erp]" Schema="[dbo]" Table="[OCRD]" Index="[OCRD_PRIMARY]"/></IndexScan>
      </RelOp>
      <RelOp NodeId="4" PhysicalOp="Clustered Index Scan" LogicalOp="Clustered Index Scan" EstimateRows="1" EstimatedRowsRead="5">
       <OutputList/><IndexScan><Object Schema="[dbo]" Table="[OINV]"/></IndexScan>
      </RelOp>
     </NestedLoops>
    </RelOp>
   </QueryPlan>
  </StmtSimple>
 </Statements></Batch></BatchSequence>
</ShowPlanXML>`

func TestParsePlan(t *testing.T) {
	plan, err := parsePlan(sample)
	want := []adapters.Scan{{Table: "dbo.OINV", Rows: 1_250_000}, {Table: "dbo.Odd ]name", Rows: 17}}
	if err != nil || !slices.Equal(plan.Scans, want) {
		t.Errorf("scans %+v, want %+v; %v", plan.Scans, want, err)
	}
	const text = "Nested Loops, 42 rows\n  Clustered Index Scan dbo.OINV, 42 rows\n    Table Scan dbo.Odd ]name, 3 rows\n" +
		"  Index Seek dbo.OCRD, 1 rows\n  Clustered Index Scan dbo.OINV, 1 rows\n"
	if plan.Text != text {
		t.Errorf("text:\n%swant:\n%s", plan.Text, text)
	}
}

func TestParsePlanRefusesWhatIsNone(t *testing.T) {
	for _, document := range []string{"", "no plan", "<ShowPlanXML><RelOp>", "<ShowPlanXML/>"} {
		if plan, err := parsePlan(document); err == nil {
			t.Errorf("%q: %+v", document, plan)
		}
	}
}

func TestVariables(t *testing.T) {
	d := Driver{}
	got, err := variables([]any{d.Bind("O'Neill"), d.Bind("Jäger"), d.Bind(time.Date(2026, 11, 21, 10, 30, 0, 0, time.UTC)),
		int64(7), nil, true})
	const want = "DECLARE @p1 varchar(7) = 'O''Neill';\nDECLARE @p2 nvarchar(5) = N'Jäger';\n" +
		"DECLARE @p3 datetime = '20261121 10:30:00.000';\n" +
		"DECLARE @p4 bigint = 7;\nDECLARE @p5 nvarchar(1) = NULL;\nDECLARE @p6 bit = 1;\n"
	if err != nil || got != want {
		t.Errorf("%v\n%s", err, got)
	}
}

// A login that may not see plans is told what it lacks.
func TestPlanDenied(t *testing.T) {
	err := unplanned(mssql.Error{Number: 262, Message: "SHOWPLAN permission denied in database 'erp'."})
	if !fault.Is(err, fault.Denied) || !strings.Contains(err.Error(), "GRANT SHOWPLAN") {
		t.Error(err)
	}
	if other := errors.New("other"); unplanned(other) != other {
		t.Error("another error is taken for a refusal")
	}
}
